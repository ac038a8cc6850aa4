import { type AuditResult, type Finding, type Pass, ruleIds } from '../../../audit/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import {
  aboutOf,
  conventionOf,
  countsOf,
  findingText,
  proofText,
  saysOf,
  shortText,
  told,
  wouldOf,
} from '../../table/audit/words.ts';
import type { TableModel, Text } from '../../table/contract.ts';
import { counted, tableOf, words } from '../../table/parts.ts';
import type { Block, Document } from '../contract.ts';

/** A line of what was pasted that no reading has. */
export interface UnreadLine {
  readonly line: number;
  readonly text: string;
}

interface AuditStyle {
  readonly version: string;
  /** Of the sentences in the document of data. */
  readonly language: Language;
  readonly unread: readonly UnreadLine[];
}

/** What `kaya audit` says: every finding with its arithmetic, the weightiest first, then what holds and what that proves. */
export function auditDocument(result: AuditResult, style: AuditStyle): Document {
  const shown: readonly Block[] = [
    { kind: 'heading', text: told('title') },
    { kind: 'text', text: summaryText(result) },
    ...(result.findings.length === 0 ? [] : [{ kind: 'text', text: told('intro') } as const]),
    ...unreadBlocks(style.unread),
    ...findingBlocks(result),
    ...passBlocks(result.passes),
  ];
  return {
    title: told('title'),
    blocks: [
      { kind: 'forms', screen: shown, page: shown, records: [{ kind: 'table', table: findingRecords(result) }] },
    ],
    data: { kaya: style.version, ...auditData(result, style.language), unread: style.unread },
  };
}

function summaryText(result: AuditResult): Text {
  const counts = countsOf(result);
  if (counts.a + counts.b + counts.c > 0) return told('summary', counts);
  return counts.passes === 0 ? told('nothing') : told('none', { passes: counts.passes });
}

function unreadBlocks(unread: readonly UnreadLine[]): readonly Block[] {
  if (unread.length === 0) return [];
  const items = unread.map(({ line, text }) => told('unread_line', { line: String(line), text }));
  return [{ kind: 'list', title: told('unread'), items }];
}

function findingBlocks({ findings }: AuditResult, textOf: (one: Finding) => Text = findingText): readonly Block[] {
  return (['A', 'B', 'C'] as const).flatMap((severity): readonly Block[] => {
    const own = findings.filter((one) => one.severity === severity);
    if (own.length === 0) return [];
    return [{ kind: 'list', title: told(`severity_${severity}`), items: own.map((one) => textOf(one)) }];
  });
}

/** Rules with the checks that hold, and what some of them prove. */
function passBlocks(passes: readonly Pass[]): readonly Block[] {
  if (passes.length === 0) return [];
  const proofs = passes.filter(({ code }) => code !== null);
  return [
    { kind: 'table', table: passTable(passes) },
    ...(proofs.length === 0 ? [] : [{ kind: 'list', title: told('proofs'), items: proofs.map(proofText) } as const]),
  ];
}

function passTable(passes: readonly Pass[]): TableModel {
  const rules = ruleIds.filter((id) => passes.some(({ rule }) => rule === id));
  return tableOf('passes', told('passes'), {
    stub: told('rule'),
    columns: [
      { id: 'about', label: told('about') },
      { id: 'checks', label: told('checks') },
    ],
    rows: rules.map((id) => ({
      id,
      label: words(id),
      cells: [words(aboutOf(id)), counted(passes.filter(({ rule }) => rule === id).length)],
    })),
  });
}

function findingRecords({ findings }: AuditResult): TableModel {
  const columns = ['severity', 'table', 'column', 'term', 'quote', 'message', 'convention', 'expected'] as const;
  return tableOf('findings', told('title'), {
    stub: told('rule'),
    columns: columns.map((id) => ({ id, label: told(id) })),
    rows: findings.map((one, i) => ({
      id: `${i + 1}`,
      label: words(one.rule),
      cells: [
        words(one.severity),
        words(one.place.table ?? ''),
        words(one.place.column ?? ''),
        words(one.place.term ?? ''),
        words(one.place.quote ?? ''),
        words(saysOf(one)),
        words(conventionOf(one.rule)),
        words(wouldOf(one)),
      ],
    })),
  });
}

/** The document of data: sentences in one language, numbers and names beside them. */
export function auditData({ findings, passes }: AuditResult, language: Language) {
  const text = (one: Text): string => formatText(one, language);
  return {
    findings: findings.map((one) => ({
      ...{ rule: one.rule, severity: one.severity, place: one.place, code: one.code },
      ...{ message: text(saysOf(one)), found: one.found, expected: text(wouldOf(one)) },
      ...{ convention: text(conventionOf(one.rule)), values: one.values },
    })),
    passes: ruleIds.flatMap((rule) => {
      const own = passes.filter((pass) => pass.rule === rule);
      if (own.length === 0) return [];
      const proofs = own
        .filter(({ code }) => code !== null)
        .map((pass) => ({
          ...{ code: pass.code, place: pass.place, values: pass.values },
          message: text(saysOf({ code: pass.code ?? '', values: pass.values })),
        }));
      return [{ rule, checked: own.length, about: text(aboutOf(rule)), proofs }];
    }),
  };
}

/** The section of a report: counts, then every finding folded. */
export function auditBlocks(result: AuditResult): readonly Block[] {
  return [
    { kind: 'text', text: told('section_intro') },
    { kind: 'text', text: summaryText(result) },
    {
      kind: 'fold',
      heading: told('section_every', { count: result.findings.length }),
      blocks: findingBlocks(result, shortText),
    },
  ];
}
