import { renderCoverage } from '../../document/figure/svg-coverage.ts';
import { escapeMarkup } from '../../document/table/escape.ts';
import { formatCount } from '../../format/format-number.ts';
import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import type { TextKey } from '../../format/text-key.ts';
import { inEach, say } from '../bilingual.ts';
import type {
  Coverage,
  DataAccount,
  EmptyMeasure,
  ModelRows,
  RowReason,
  SampleFlow,
  SourceAccount,
} from '../data-account.ts';
import { fillTable, ledgerSummary, slipProposals } from './cleaning.ts';
import { count, dataTable, type SymbolOf } from './data-table.ts';

/** Sources, coverage, cleaning, filling, proposals, and the way of the sample down to each model's rows. */
export function dataSection(account: DataAccount, symbolOf: SymbolOf, isSynthetic: boolean): string {
  return [
    `<p>${say({ key: 'data.intro' })}</p>`,
    ...(isSynthetic ? [`<p class="notes"><span class="synthetic">${say({ key: 'synthetic.note' })}</span></p>`] : []),
    sourceTable(account.sources),
    ...(account.counts_electricity_and_coal ? [`<p class="warned">${say({ key: 'data.double_counting' })}</p>`] : []),
    ...account.empty.map(emptyMeasure),
    coverageFigure(account.coverage, symbolOf),
    fillTable(account.fills, symbolOf),
    ledgerSummary(account.ledger),
    slipProposals(account.slips),
    sampleFlow(account.flow),
    modelTable(account.models),
  ].join('\n');
}

/** A measure without a value, and the raw series that it lacks. */
function emptyMeasure({ variable, formula, missing_series }: EmptyMeasure): string {
  const series = missing_series.join(', ');
  const key = series === '' ? 'data.empty_measure_alone' : 'data.empty_measure';
  return `<p class="warned">${say({ key, values: { variable, formula, series } })}</p>`;
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

function sourceTable(sources: readonly SourceAccount[]): string {
  const rows = sources.map(({ kind, files, rows_read, rows_used, left_out }) => [
    say({ key: `source.${kind}` }),
    count(files.length),
    formatsOf(files),
    count(rows_read),
    count(rows_used),
    left_out
      .map(({ reason, rows: out }) =>
        say({ key: 'data.left', values: { count: out, reason: { key: reasonKeys[reason] } } }),
      )
      .map((item) => `<span class="item">${item}</span>`)
      .join(' '),
  ]);
  const heads = ['kind', 'files', 'formats', 'read', 'used', 'left_out'] as const;
  return dataTable({
    caption: { key: 'data.sources' },
    heads: heads.map((name) => ({ key: `data.${name}` })),
    numbers: [1, 3, 4],
    rows,
  });
}

/** Each format with its encoding and, when there are several, how many files have it. */
function formatsOf(files: SourceAccount['files']): string {
  const counts = new Map<string, number>();
  for (const { format, encoding } of files) {
    const name = encoding === null ? format : `${format} ${encoding}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].map(([name, n]) =>
    counts.size === 1 ? name : `${name} × ${formatCount(n, publishedStyle)}`,
  );
  return names.map((name) => `<span class="item">${escapeMarkup(name)}</span>`).join(' ');
}

function coverageFigure(coverage: Coverage, symbolOf: SymbolOf): string {
  const { years, cities, variables } = coverage;
  const rows = variables.map(({ variable, ...counts }) => ({ label: symbolOf(variable), ...counts }));
  const figure = inEach('div', (language) => {
    const caption = formatText({ key: 'data.coverage_caption', values: { cities } }, language);
    const title = formatText({ key: 'data.coverage' }, language);
    return `<div class="scroll" tabindex="0">${renderCoverage({ years, rows }, language)}</div><figcaption><strong>${escapeMarkup(title)}</strong> ${escapeMarkup(caption)}</figcaption>`;
  });
  const table = dataTable({
    caption: { key: 'data.coverage_numbers' },
    heads: [{ key: 'data.variable' }, ...years.map(String)],
    numbers: years.map((_, i) => i + 1),
    rows: variables.map(({ variable, observed, filled, missing }) => [
      say(symbolOf(variable)),
      ...years.map((_, i) => [observed[i], filled[i], missing[i]].map(count).join('/')),
    ]),
    isWide: true,
  });
  return [
    '<figure class="exhibit coverage" id="coverage">',
    figure,
    `<details><summary>${say({ key: 'data.coverage_table' })}</summary>\n${table}\n</details>`,
    '</figure>',
  ].join('\n');
}

function sampleFlow({ gazetteer, universe, cities, rows }: SampleFlow): string {
  const steps = { gazetteer, universe, cities, rows };
  const items = (Object.keys(steps) as (keyof SampleFlow)[]).map(
    (name) => `<li><b>${count(steps[name])}</b> <span>${say({ key: `data.flow_${name}` })}</span></li>`,
  );
  return `<h3>${say({ key: 'data.flow' })}</h3>\n<ol class="flow">${items.join('')}</ol>`;
}

/** How many rows each column of the regression tables is left with, and where the others went. */
export function modelTable(models: readonly ModelRows[]): string {
  if (models.length === 0) return '';
  const heads = ['columns', 'rows', 'where', 'missing_rows', 'other_rows', 'singleton', 'nobs'] as const;
  return dataTable({
    caption: { key: 'data.models' },
    heads: heads.map((name) => ({ key: `data.${name}` })),
    numbers: [1, 2, 3, 4, 5, 6],
    rows: models.map(({ table, columns: [first, last], rows, where, missing, other, singleton, nobs }) => [
      say({
        key: first === last ? 'data.model_column' : 'data.model_columns',
        values: { table, first: String(first), last: String(last) },
      }),
      ...[rows, where, missing, other, singleton, nobs].map(count),
    ]),
  });
}
