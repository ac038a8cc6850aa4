import type { LedgerLine } from '../../data/clean/ledger.ts';
import type { Precision } from '../../domain/china/registry/hand-coding.ts';
import type { KeywordReport } from '../../domain/china/registry/keyword-report.ts';
import type { LeftOut, RegistryAccount } from '../../domain/china/registry/scan-contract.ts';
import { keysOf } from '../../error/known-keys.ts';
import type { TextKey } from '../format/text-key.ts';
import type { Cell, TableModel, Text } from './contract.ts';

/** A row of counted firms; null where the counts are not by it. */
export interface CountRow {
  readonly city: number | null;
  readonly name: string | null;
  readonly province: string | null;
  readonly year: number | null;
  readonly firms: number;
  /** The measure, such as ln(1+n); null where it does not exist. */
  readonly log: number | null;
}

/** What a scan prints, as data. */
export interface RegistryDocument {
  readonly by: readonly string[];
  /** Such as ln(1+n). */
  readonly form: string;
  readonly rows: readonly CountRow[];
  /** Null when nothing was scanned. */
  readonly account: RegistryAccount | null;
  readonly ledger: readonly LedgerLine[];
  readonly hasExportDate: boolean;
  readonly report: KeywordReport | null;
  readonly precision: { readonly rows: readonly Precision[]; readonly open: number } | null;
  readonly headline: HeadlineDocument | null;
}

export interface HeadlineDocument {
  readonly model: string;
  readonly term: string;
  readonly rows: readonly {
    readonly word: string | null;
    readonly firms: number;
    readonly estimate: number | null;
    readonly se: number | null;
    readonly p: number | null;
    readonly ci95: readonly [number, number] | null;
  }[];
}

const verbatim = (text: string): Cell => ({ kind: 'verbatim', text, align: 'start' });
const count = (value: number | null): Cell => ({ kind: 'count', value });
const base = (id: string): Pick<TableModel, 'id' | 'number' | 'isSynthetic'> => ({
  id,
  number: '',
  isSynthetic: false,
});
const column = (id: string, key: TextKey): TableModel['columns'][number] => ({ id, label: { key } });

export function countTable({ rows, by, form }: RegistryDocument): TableModel {
  const isByCity = by.includes('city');
  const isByYear = by.includes('year');
  return {
    ...base('registry_counts'),
    title: { key: 'registry.counts', values: { by: by.join(', ') } },
    stub: { key: isByCity ? 'registry.city' : 'registry.year' },
    columns: [
      ...(isByCity ? [column('name', 'registry.city_name'), column('province', 'registry.province')] : []),
      ...(isByCity && isByYear ? [column('year', 'registry.year')] : []),
      column('firms', 'registry.firms'),
      { id: 'log', label: form },
    ],
    rows: rows.map((row, i) => {
      const first = isByCity ? row.city : row.year;
      return {
        id: `${i + 1}`,
        label: first === null ? { kind: 'word', key: 'registry.none' } : verbatim(String(first)),
        cells: [
          ...(isByCity ? [verbatim(row.name ?? ''), verbatim(row.province ?? '')] : []),
          ...(isByCity && isByYear ? [row.year === null ? noneCell : verbatim(String(row.year))] : []),
          count(row.firms),
          { kind: 'number', value: row.log, decimals: 4 },
        ],
      };
    }),
    notes: [],
  };
}

const noneCell: Cell = { kind: 'word', key: 'registry.none' };

const leftOutKeys: Readonly<Record<LeftOut, TextKey>> = {
  'struck-off': 'registry.struck_off',
  branch: 'registry.branch',
  individual: 'registry.individual',
  'no-date': 'registry.no_date',
  'bad-date': 'registry.bad_date',
  early: 'registry.early',
  late: 'registry.late',
  unplaced: 'registry.unplaced',
};

/** Where the rows went, step by step. Steps that took nothing are left out. */
export function accountTable(account: RegistryAccount, hasExportDate: boolean): TableModel {
  const always: readonly TextKey[] = ['registry.rows', 'registry.hit_rows', 'registry.distinct', 'registry.counted'];
  const steps: (readonly [TextKey, number])[] = [
    ['registry.rows', account.rows],
    ['registry.broken', account.broken],
    ['registry.trapped', account.trapped],
    ['registry.denied', account.denied],
    ['registry.hit_rows', account.hitRows],
    ['registry.duplicates', account.duplicates],
    ['registry.distinct', account.firms],
    ...keysOf(leftOutKeys).map((reason) => [leftOutKeys[reason], account.leftOut[reason]] as const),
    ['registry.counted', account.counted],
    ['registry.code_missing', account.codes.missing],
    ['registry.code_malformed', account.codes.malformed],
    ['registry.code_check', account.codes.checkDigit],
    ['registry.closed_without_date', account.closedWithoutDate],
  ];
  return {
    ...base('registry_account'),
    title: { key: 'registry.account' },
    stub: { key: 'registry.step' },
    columns: [column('count', 'registry.count')],
    rows: steps
      .filter(([key, value]) => value > 0 || always.includes(key))
      .map(([key, value]) => ({ id: key, label: { kind: 'label', label: { key } }, cells: [count(value)] })),
    notes: hasExportDate ? [] : [{ key: 'registry.no_export_date' }],
  };
}

export function keywordTable(report: KeywordReport): TableModel {
  const share = (firms: number): number | null => (report.counted === 0 ? null : firms / report.counted);
  return {
    ...base('registry_keywords'),
    title: { key: 'registry.keywords' },
    stub: { key: 'registry.keyword' },
    columns: [
      column('risk', 'registry.risk'),
      column('firms', 'registry.firms'),
      column('share', 'registry.share'),
      column('only', 'registry.only'),
      column('only_share', 'registry.share'),
    ],
    rows: report.keywords.map(({ word, risk, firms, only }) => ({
      id: word,
      label: verbatim(word),
      cells: [
        verbatim(risk ?? ''),
        count(firms),
        { kind: 'number', value: share(firms), decimals: 4 },
        count(only),
        { kind: 'number', value: share(only), decimals: 4 },
      ],
    })),
    notes: [{ key: 'registry.weak', values: { count: report.weakOnly, all: report.counted } }],
  };
}

/** Keywords down, founding years across. */
export function keywordYearTable(report: KeywordReport): TableModel {
  const years = [...new Set(report.keywords.flatMap(({ byYear }) => byYear.map(({ year }) => year)))].sort();
  return {
    ...base('registry_keyword_years'),
    title: { key: 'registry.keywords_year' },
    stub: { key: 'registry.keyword' },
    columns: years.map((year) => ({ id: `y${year}`, label: String(year) })),
    rows: report.keywords.map(({ word, byYear }) => ({
      id: word,
      label: verbatim(word),
      cells: years.map((year) => count(byYear.find((one) => one.year === year)?.firms ?? 0)),
    })),
    notes: [],
  };
}

export function ledgerTable(ledger: readonly LedgerLine[]): TableModel {
  return {
    ...base('registry_ledger'),
    title: { key: 'registry.ledger' },
    stub: { key: 'registry.place' },
    columns: [column('rule', 'registry.rule'), column('before', 'registry.before')],
    rows: ledger.map(({ file, row, rule, before }, i) => ({
      id: `${i + 1}`,
      label: verbatim(`${file}:${row}`),
      cells: [verbatim(rule), verbatim(before.length > shown ? `${before.slice(0, shown)}…` : before)],
    })),
    notes: [],
  };
}

/** Characters of a cell that a table shows. */
const shown = 40;

export function precisionTable({ rows, open }: NonNullable<RegistryDocument['precision']>): TableModel {
  const all: Text = { key: 'registry.all' };
  return {
    ...base('registry_precision'),
    title: { key: 'registry.precision' },
    stub: { key: 'registry.keyword' },
    columns: [
      column('coded', 'registry.coded'),
      column('correct', 'registry.correct'),
      column('precision', 'registry.share_correct'),
      column('ci95', 'registry.interval'),
    ],
    rows: rows.map(({ word, coded, correct, precision, ci95 }) => ({
      id: word ?? 'all',
      label: word === null ? { kind: 'label', label: all } : verbatim(word),
      cells: [
        count(coded),
        count(correct),
        { kind: 'number', value: precision, decimals: 3 },
        { kind: 'interval', low: ci95?.[0] ?? null, high: ci95?.[1] ?? null },
      ],
    })),
    notes: [{ key: 'registry.precision_note', values: { open } }],
  };
}

export function headlineTable({ model, term, rows }: HeadlineDocument): TableModel {
  const full = rows[0]?.estimate ?? null;
  const change = (estimate: number | null): number | null =>
    estimate === null || full === null ? null : estimate - full;
  return {
    ...base('registry_headline'),
    title: { key: 'registry.headline', values: { term } },
    stub: { key: 'registry.keyword' },
    columns: [
      column('firms', 'registry.lost'),
      { id: 'estimate', label: { key: 'coef.estimate' } },
      { id: 'se', label: { key: 'coef.se' } },
      { id: 'ci95', label: { key: 'registry.interval' } },
      column('change', 'registry.change'),
    ],
    rows: rows.map(({ word, firms, estimate, se, p, ci95 }) => ({
      id: word ?? 'all',
      label: word === null ? { kind: 'label', label: { key: 'registry.full' } } : verbatim(word),
      cells: [
        count(firms),
        { kind: 'estimate', value: estimate, p },
        { kind: 'number', value: se, decimals: 4 },
        { kind: 'interval', low: ci95?.[0] ?? null, high: ci95?.[1] ?? null },
        { kind: 'number', value: change(estimate), decimals: 4 },
      ],
    })),
    notes: [{ key: 'registry.headline_note', values: { model } }],
  };
}
