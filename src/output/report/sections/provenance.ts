import type { Block } from '../../document/contract.ts';
import { code, counted, tableOf, words } from '../../table/parts.ts';
import type { Provenance, ReportModel } from '../outline.ts';

/** Versions, seed and hashes: what is needed to make the same file again. */
export function provenanceBlocks({ entries, inputs }: Provenance): readonly Block[] {
  const table = tableOf('inputs', '', {
    stub: { key: 'provenance.file' },
    columns: [
      { id: 'bytes', label: { key: 'provenance.bytes' } },
      { id: 'sha256', label: 'SHA-256' },
    ],
    rows: inputs.map(({ path, bytes, sha256 }) => ({
      id: path,
      label: code(path),
      cells: [bytes === null ? words('') : counted(bytes), code(sha256)],
    })),
  });
  return [
    {
      kind: 'facts',
      title: '',
      lines: [],
      facts: entries.map(({ label, value }) => ({
        label,
        value: typeof value === 'string' ? code(value) : words(value),
      })),
      below: '',
    },
    ...(inputs.length === 0
      ? []
      : [
          {
            kind: 'fold',
            heading: { key: 'provenance.inputs', values: { count: inputs.length } },
            blocks: [{ kind: 'table', table }],
          } as const,
        ]),
  ];
}

/** The citation in words and for BibTeX. */
export function citationBlocks({ text, bibtex }: ReportModel['citation']): readonly Block[] {
  return [{ kind: 'text', text }, ...(bibtex === null ? [] : [{ kind: 'code', text: bibtex } as const])];
}
