import { at } from '../../../error/at.ts';
import type { Block } from '../../document/contract.ts';
import type { PanelNouns } from '../../document/results/panel-account.ts';
import { lackingWords } from '../../format/lacking-words.ts';
import { passedWords } from '../../format/own-table-words.ts';
import type { TextKey } from '../../format/text-key.ts';
import type { PhraseValue, TableModel, Text } from '../../table/contract.ts';
import { counted, joinedBy, tableOf, words } from '../../table/parts.ts';
import type {
  Coverage,
  DataAccount,
  ModelRows,
  RawTablesAccount,
  RowReason,
  SampleFlow,
  SourceAccount,
} from '../data-account.ts';
import { sourceWords } from '../source-words.ts';
import { fillBlock, ledgerBlocks, type SymbolOf, slipBlocks } from './cleaning.ts';

/** Sources, coverage, cleaning, filling, proposals, and the way of the sample down to each model's rows. */
export function dataBlocks(account: DataAccount, symbolOf: SymbolOf, isSynthetic: boolean): readonly Block[] {
  return [
    { kind: 'text', text: { key: 'data.intro' } },
    ...(isSynthetic ? [{ kind: 'note', about: { key: 'synthetic.note' } } as const] : []),
    { kind: 'table', table: sourceTable(account.sources, reasonKeys), look: 'prose' },
    ...(account.counts_electricity_and_coal ? [{ kind: 'note', about: { key: 'data.double_counting' } } as const] : []),
    ...(account.passed ?? []).map((one): Block => ({ kind: 'note', about: passedWords(one) })),
    ...account.empty.flatMap(lackingWords).map((about): Block => ({ kind: 'note', about })),
    ...(account.without_rows ?? []).map(
      ({ what, reason }): Block => ({ kind: 'note', about: { key: 'lacking.rows_of', values: { what, reason } } }),
    ),
    ...coverageBlocks(account.coverage, symbolOf, {
      caption: { key: 'data.coverage_caption', values: { cities: account.coverage.cities } },
      numbers: { key: 'data.coverage_numbers' },
    }),
    flowBlock(account.flow),
    ...modelRowsBlocks(account.models),
    fillBlock(account.fills, symbolOf),
    ...ledgerBlocks(account.ledger),
    ...slipBlocks(account.slips),
  ];
}

/** Sources, coverage, cleaning and proposals of raw tables of any unit. */
export function rawTablesBlocks(account: RawTablesAccount, nouns: PanelNouns): readonly Block[] {
  const { coverage } = account;
  return [
    { kind: 'text', text: { key: 'data.intro_units' } },
    { kind: 'table', table: sourceTable(account.sources, unitReasonKeys), look: 'prose' },
    // By their ids: labels of series are sentences, longer than the figure has room for.
    ...coverageBlocks(coverage, (series) => series, {
      caption: { key: 'data.coverage_caption_units', values: { units: nouns.units(coverage.units) } },
      numbers: { key: 'data.coverage_numbers_units', values: { units: nouns.unitHead } },
    }),
    ...ledgerBlocks(account.ledger, 'unit'),
    ...slipBlocks(account.slips),
  ];
}

const reasonKeys: Readonly<Record<RowReason, TextKey>> = {
  'header-rows': 'data.left_header',
  'footnote-row': 'data.left_note',
  'province-row': 'data.left_province',
  'county-row': 'data.left_county',
  keyword: 'data.left_keyword',
  broken: 'data.left_broken',
  trapped: 'data.left_trapped',
  denied: 'data.left_denied',
  duplicate: 'data.left_duplicate',
  'struck-off': 'data.left_struck_off',
  branch: 'data.left_branch',
  individual: 'data.left_individual',
  'no-date': 'data.left_no_date',
  'bad-date': 'data.left_bad_date',
  early: 'data.left_early',
  late: 'data.left_late',
  unplaced: 'data.left_unplaced',
};

/** The same where units are not cities. */
const unitReasonKeys: typeof reasonKeys = {
  ...reasonKeys,
  'province-row': 'data.left_no_unit',
  'county-row': 'data.left_part',
};

function sourceTable(sources: readonly SourceAccount[], keys: typeof reasonKeys): TableModel {
  const heads = ['files', 'formats', 'read', 'used', 'left_out'] as const;
  return tableOf(
    'sources',
    { key: 'data.sources' },
    {
      stub: { key: 'data.kind' },
      columns: heads.map((id) => ({ id, label: { key: `data.${id}` } })),
      rows: sources.map(({ kind, files, rows_read, rows_used, left_out }) => {
        const left = left_out.map(({ reason, rows }): Text => {
          return { key: 'data.left', values: { count: rows, reason: { key: keys[reason] } } };
        });
        return {
          id: kind,
          label: words(sourceWords(kind)),
          cells: [
            counted(files.length),
            words(formatsOf(files)),
            counted(rows_read),
            counted(rows_used),
            words(joinedBy(left, 'list.semicolon')),
          ],
        };
      }),
    },
  );
}

/** Each format with its encoding and, when there are several, how many files have it. */
function formatsOf(files: SourceAccount['files']): Text {
  const counts = new Map<string, number>();
  for (const { format, encoding } of files) {
    const name = encoding === null ? format : `${format} ${encoding}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].map(([name, count]): Text => {
    return counts.size === 1 ? name : { key: 'data.format_of', values: { name, count } };
  });
  return joinedBy(names, 'list.semicolon');
}

/** The map of cells, its numbers folded below it. */
function coverageBlocks(
  { years, variables }: Omit<Coverage, 'cities'>,
  symbolOf: SymbolOf,
  said: { readonly caption: Text; readonly numbers: Text },
): readonly Block[] {
  const table = tableOf('coverage-numbers', said.numbers, {
    stub: { key: 'data.variable' },
    columns: years.map((year) => ({ id: String(year), label: String(year) })),
    rows: variables.map(({ variable, observed, filled, missing }) => ({
      id: variable,
      label: words(symbolOf(variable)),
      cells: years.map((_, i) => ({
        kind: 'label',
        label: {
          key: 'data.coverage_counts',
          values: { observed: at(observed, i), filled: at(filled, i), missing: at(missing, i) },
        },
        align: 'end',
      })),
    })),
  });
  return [
    {
      kind: 'figure',
      figure: {
        kind: 'coverage',
        id: 'coverage',
        number: '',
        title: { key: 'data.coverage' },
        years,
        rows: variables.map(({ variable, ...counts }) => ({ label: symbolOf(variable), ...counts })),
        notes: [said.caption],
        isSynthetic: false,
      },
    },
    { kind: 'fold', heading: { key: 'data.coverage_table' }, blocks: [{ kind: 'table', table, look: 'wide' }] },
  ];
}

function flowBlock({ gazetteer, universe, cities, rows }: SampleFlow): Block {
  const steps = { gazetteer, universe, cities, rows };
  return {
    kind: 'list',
    title: { key: 'data.flow' },
    // The keys are those of the type: `steps` is made above.
    items: (Object.keys(steps) as (keyof SampleFlow)[]).map((name) => {
      const what: PhraseValue = { key: `data.flow_${name}` };
      return { key: 'data.flow_step', values: { count: steps[name], what } };
    }),
    areSteps: true,
  };
}

/** How many rows each column of the regression tables is left with, and where the others went: a ledger, folded as the others are. */
export function modelRowsBlocks(models: readonly ModelRows[]): readonly Block[] {
  if (models.length === 0) return [];
  const heads = ['rows', 'where', 'missing_rows', 'other_rows', 'singleton', 'nobs'] as const;
  const table = tableOf(
    'model-rows',
    { key: 'data.models' },
    {
      stub: { key: 'data.columns' },
      columns: heads.map((id) => ({ id, label: { key: `data.${id}` } })),
      rows: models.map(({ table: of, columns: [first, last], rows, where, missing, other, singleton, nobs }) => ({
        id: `${of}.${first}`,
        label: words({
          key: first === last ? 'data.model_column' : 'data.model_columns',
          values: { table: of, first: String(first), last: String(last) },
        }),
        cells: [rows, where, missing, other, singleton, nobs].map(counted),
      })),
    },
  );
  const heading: Text = { key: 'data.models' };
  return [{ kind: 'fold', heading, blocks: [{ kind: 'table', table, look: 'prose' }] }];
}
