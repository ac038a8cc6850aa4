import { mendText, type PlaceKind } from '../../document/cell-explanation.ts';
import type { Block } from '../../document/contract.ts';
import type { LedgerLineDocument } from '../../document/results/cell-document.ts';
import type { Language } from '../../format/text-key.ts';
import type { Text } from '../../table/contract.ts';
import { code, counted, joinedBy, tableOf, words } from '../../table/parts.ts';
import type { FillAccount, LedgerAccount, SlipAccount } from '../data-account.ts';

/** How the page calls a variable. */
export type SymbolOf = (variable: string) => Text;

/** Longest text of a raw cell that is shown whole. */
const longest = 48;

/** Every rule of the ledger that raw cells fell under, with a count and one cell. */
export function ledgerBlocks({ file, lines, rules }: LedgerAccount, about: PlaceKind = 'city'): readonly Block[] {
  if (rules.length === 0) return [{ kind: 'text', text: { key: 'data.ledger_empty' } }];
  const table = tableOf(
    'ledger',
    { key: 'data.ledger' },
    {
      stub: { key: 'data.rule' },
      columns: (['lines', 'example'] as const).map((id) => ({ id, label: { key: `data.${id}` } })),
      rows: rules.map(({ rule, count, example }) => ({
        id: rule,
        label: words(ruleWords(example, about)),
        cells: [counted(count), words(exampleOf(example))],
      })),
      notes: [{ key: about === 'unit' ? 'data.ledger_where_units' : 'data.ledger_where', values: { lines, file } }],
    },
  );
  return [
    {
      kind: 'fold',
      heading: { key: 'data.ledger_fold', values: { rules: rules.length, lines } },
      blocks: [{ kind: 'table', table, look: 'prose' }],
    },
  ];
}

/** What a rule did, without what it gave in one cell. */
function ruleWords(example: LedgerLineDocument, about: PlaceKind): Text {
  const wordsIn = (language: Language): string =>
    mendText({ ...example, after: '…' }, language, about).replace(/(?:: |：)…$/u, '');
  return { en: wordsIn('en'), zh: wordsIn('zh') };
}

/** file [sheet]:row:column, the cell as written and what was taken for it. */
function exampleOf({ file, sheet, row, column, before, after }: LedgerLineDocument): Text {
  const place = [`${file}${sheet === null ? '' : ` [${sheet}]`}`, row, column]
    .filter((part) => part !== null)
    .join(':');
  const written = shortened(before);
  if (before === after) return { key: 'data.example_of', values: { place, change: written } };
  const taken: Text = after === null ? { key: 'data.nothing' } : shortened(after);
  return {
    key: 'data.example_of',
    values: { place, change: { key: 'data.example_change', values: { before: written, after: taken } } },
  };
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest).join('')}…`;
}

/** Cells of each variable by where they come from, with the rule that fills them. */
export function fillBlock(fills: readonly FillAccount[], symbolOf: SymbolOf): Block {
  const counts = ['cells', 'observed', 'interpolated', 'extrapolated', 'missing'] as const;
  const table = tableOf(
    'fills',
    { key: 'data.fills' },
    {
      stub: { key: 'data.variable' },
      columns: [...counts, 'fill_rule' as const].map((id) => ({ id, label: { key: `data.${id}` } })),
      rows: fills.map((fill) => ({
        id: fill.variable,
        label: words(symbolOf(fill.variable)),
        cells: [...counts.map((name) => counted(fill[name])), words(fillWords(fill.rule))],
      })),
    },
  );
  return { kind: 'table', table, look: 'prose' };
}

function fillWords({ method, ends, maxGap, scale }: FillAccount['rule']): Text {
  if (method === 'keep') return { key: 'data.fill_keep' };
  return joinedBy(
    [
      { key: scale === 'log' ? 'data.fill_log' : 'data.fill_linear' },
      { key: `data.ends_${ends}` },
      ...(maxGap === null ? [] : [{ key: 'data.fill_gap', values: { years: maxGap } } as const]),
    ],
    'list.semicolon',
  );
}

/** Values that look like a slip of unit, none of them changed, with what would change them. */
export function slipBlocks(slips: readonly SlipAccount[]): readonly Block[] {
  if (slips.length === 0) return [{ kind: 'text', text: { key: 'data.slips_none' } }];
  const table = tableOf(
    'slips',
    { key: 'data.slips' },
    {
      stub: { key: 'data.indicator' },
      columns: (['where_found', 'years', 'factor', 'cells'] as const).map((id) => ({
        id,
        label: { key: `data.${id}` },
      })),
      rows: slips.map(({ indicator, file, city, city_name, years: [first, last], power, cells }, i) => ({
        id: `${i + 1}`,
        label: code(indicator),
        cells: [
          words(
            joinedBy(
              [
                city === null
                  ? { key: 'data.whole_column' }
                  : { key: 'list.space', values: { first: city_name ?? String(city), second: `(${city})` } },
                ...(file === null ? [] : [file]),
              ],
              'list.space',
            ),
          ),
          words(first === last ? String(first) : `${first}–${last}`),
          { kind: 'verbatim', text: powerOfTen(power), align: 'end' },
          counted(cells),
        ],
      })),
    },
  );
  const rules = slips.flatMap(({ rule }) => rule ?? []);
  const yaml = ['data:', '  rules:', ...rules].join('\n');
  return [
    { kind: 'text', text: { key: 'data.slips_intro', values: { count: slips.length } } },
    {
      kind: 'fold',
      heading: { key: rules.length === 0 ? 'data.slips_list' : 'data.slips_show' },
      blocks: [
        { kind: 'table', table, look: 'prose' },
        ...(rules.length === 0
          ? []
          : ([
              { kind: 'text', text: { key: 'data.slips_paste' } },
              { kind: 'code', text: yaml },
            ] as const)),
      ],
    },
  ];
}

const raised: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

function powerOfTen(power: number): string {
  return `10${[...String(power)].map((digit) => raised[digit] ?? digit).join('')}`;
}
