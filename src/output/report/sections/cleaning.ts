import type { LedgerLine } from '../../../data/clean/ledger.ts';
import { mendText } from '../../document/cell-explanation.ts';
import { escapeMarkup } from '../../document/table/escape.ts';
import type { Language } from '../../format/text-key.ts';
import { inEach, say } from '../bilingual.ts';
import type { FillAccount, LedgerAccount, SlipAccount } from '../data-account.ts';
import { count, dataTable, type SymbolOf } from './data-table.ts';

/** Longest text of a raw cell that is shown whole. */
const longest = 48;

/** Every rule of the ledger that raw cells fell under, with a count and one cell. */
export function ledgerSummary({ file, lines, rules }: LedgerAccount): string {
  if (rules.length === 0) return `<p>${say({ key: 'data.ledger_empty' })}</p>`;
  const table = dataTable({
    caption: { key: 'data.ledger' },
    heads: (['rule', 'lines', 'example'] as const).map((name) => ({ key: `data.${name}` })),
    numbers: [1],
    rows: rules.map(({ count: n, example }) => [
      inEach('span', (language) => escapeMarkup(ruleWords(example, language))),
      count(n),
      exampleOf(example),
    ]),
  });
  return `${table}\n<p class="notes">${say({ key: 'data.ledger_where', values: { lines, file } })}</p>`;
}

/** What a rule did, without what it gave in one cell. */
function ruleWords(example: LedgerLine, language: Language): string {
  return mendText({ ...example, after: '…' }, language).replace(/(?:: |：)…$/u, '');
}

/** file [sheet]:row:column, the cell as written and what was taken for it. */
function exampleOf({ file, sheet, row, column, before, after }: LedgerLine): string {
  const place = [`${file}${sheet === null ? '' : ` [${sheet}]`}`, row, column]
    .filter((part) => part !== null)
    .join(':');
  const shown = [
    ...(before === '' ? [] : [`<q>${escapeMarkup(shortened(before))}</q>`]),
    ...(before === after
      ? []
      : ['→', after === null ? say({ key: 'data.nothing' }) : `<q>${escapeMarkup(shortened(after))}</q>`]),
  ];
  return `<code>${escapeMarkup(place)}</code> <span class="item">${shown.join(' ')}</span>`;
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest).join('')}…`;
}

/** Cells of each variable by where they come from, with the rule that fills them. */
export function fillTable(fills: readonly FillAccount[], symbolOf: SymbolOf): string {
  const heads = ['variable', 'cells', 'observed', 'interpolated', 'extrapolated', 'missing', 'fill_rule'] as const;
  return dataTable({
    caption: { key: 'data.fills' },
    heads: heads.map((name) => ({ key: `data.${name}` })),
    numbers: [1, 2, 3, 4, 5],
    rows: fills.map(({ variable, cells, observed, interpolated, extrapolated, missing, rule }) => [
      say(symbolOf(variable)),
      ...[cells, observed, interpolated, extrapolated, missing].map(count),
      fillWords(rule),
    ]),
  });
}

function fillWords({ method, ends, maxGap, scale }: FillAccount['rule']): string {
  if (method === 'keep') return say({ key: 'data.fill_keep' });
  return [
    say({ key: scale === 'log' ? 'data.fill_log' : 'data.fill_linear' }),
    say({ key: `data.ends_${ends}` }),
    ...(maxGap === null ? [] : [say({ key: 'data.fill_gap', values: { years: maxGap } })]),
  ].join(' ');
}

/** Values that look like a slip of unit, none of them changed, with what would change them. */
export function slipProposals(slips: readonly SlipAccount[]): string {
  if (slips.length === 0) return `<p>${say({ key: 'data.slips_none' })}</p>`;
  const table = dataTable({
    caption: { key: 'data.slips' },
    heads: (['indicator', 'where_found', 'years', 'factor', 'cells'] as const).map((name) => ({ key: `data.${name}` })),
    numbers: [4],
    rows: slips.map(({ indicator, file, city, city_name, years: [first, last], power, cells }) => [
      `<code>${escapeMarkup(indicator)}</code>`,
      [
        city === null ? say({ key: 'data.whole_column' }) : `${say(city_name ?? String(city))} (${city})`,
        ...(file === null ? [] : [`<code>${escapeMarkup(file)}</code>`]),
      ].join(' '),
      first === last ? String(first) : `${first}–${last}`,
      `10<sup>${String(power).replace('-', '−')}</sup>`,
      count(cells),
    ]),
  });
  const yaml = ['data:', '  rules:', ...slips.map(({ rule }) => rule)].join('\n');
  return [
    `<p>${say({ key: 'data.slips_intro', values: { count: slips.length } })}</p>`,
    '<details class="slips">',
    `<summary>${say({ key: 'data.slips_show' })}</summary>`,
    table,
    `<p class="notes">${say({ key: 'data.slips_paste' })}</p>`,
    `<pre tabindex="0"><code>${escapeMarkup(yaml)}</code></pre>`,
    '</details>',
  ].join('\n');
}
