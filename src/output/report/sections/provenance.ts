import { escapeMarkup } from '../../document/table/escape.ts';
import { formatCount } from '../../format/format-number.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { say } from '../bilingual.ts';
import type { Provenance, ReportModel } from '../outline.ts';

/** Versions, seed and hashes: what is needed to make the same file again. */
export function provenanceSection(provenance: Provenance): string {
  const entries = provenance.entries.map(
    (entry) => `<div><dt>${say(entry.label)}</dt><dd>${escapeMarkup(entry.value)}</dd></div>`,
  );
  return [
    '<dl class="facts">',
    ...entries,
    '</dl>',
    ...(provenance.inputs.length === 0 ? [] : inputTable(provenance.inputs)),
    `<p class="embedded">${say({ key: 'provenance.embedded' })} <button type="button" id="download-results" hidden>${say({ key: 'provenance.download' })}</button></p>`,
  ].join('\n');
}

function inputTable(inputs: Provenance['inputs']): string[] {
  const rows = inputs.map((input) => {
    const bytes = input.bytes === null ? '' : formatCount(input.bytes, publishedStyle);
    return `<tr><th scope="row"><code>${escapeMarkup(input.path)}</code></th><td class="num">${bytes}</td><td><code>${escapeMarkup(input.sha256)}</code></td></tr>`;
  });
  return [
    '<details>',
    `<summary>${say({ key: 'provenance.inputs', values: { count: inputs.length } })}</summary>`,
    '<div class="scroll" tabindex="0">',
    '<table class="kaya-table inputs">',
    `<thead><tr><th scope="col">${say({ key: 'provenance.file' })}</th><th scope="col" class="num">${say({ key: 'provenance.bytes' })}</th><th scope="col">SHA-256</th></tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table>',
    '</div>',
    '</details>',
  ];
}

/** The citation in words and for BibTeX. */
export function citationSection(citation: ReportModel['citation']): string {
  const bibtex = citation.bibtex === null ? '' : `\n<pre><code>${escapeMarkup(citation.bibtex)}</code></pre>`;
  return `<p>${say(citation.text)}</p>${bibtex}`;
}
