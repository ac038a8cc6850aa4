import { normalTwoSided } from '../../math/distribution.ts';
import { finding, holds, proves } from '../checks.ts';
import { type ClaimTarget, quotedNumber, targetOf } from '../claims.ts';
import { allColumns, cellOf, nameKey, type PlacedColumn } from '../columns.ts';
import type {
  Check,
  Claim,
  Coefficient,
  Interval,
  Place,
  Printed,
  Rule,
  SaidValues,
  Severity,
  TableSet,
} from '../contract.ts';
import { errorOf, meets, minus, plus, readPrinted, root, rounded, shown, size, square } from '../interval.ts';

// Rules about sentences of the text.

function placeOfClaim(claim: Claim, target: ClaimTarget): Place {
  const [first] = target.cells;
  return {
    table:
      first?.placed.table.id ??
      target.table?.id ??
      target.rows[0]?.table ??
      target.thresholds[0]?.table ??
      target.number,
    column: first?.placed.column.id ?? (target.columns.length === 1 ? (target.columns[0]?.column.id ?? null) : null),
    term: first?.cell.term ?? target.rows[0]?.variable ?? null,
    quote: claim.quote,
  };
}

interface Wrong {
  readonly code: string;
  readonly severity: Severity;
  readonly values: SaidValues;
  readonly found?: readonly string[];
}

/** R15: what the text quotes is there, and is what the table prints: number, level, sign, table, column, sample. */
export const claimRule: Rule = (set) =>
  set.claims.flatMap((claim): Check[] => {
    const target = targetOf(claim, set);
    const place = placeOfClaim(claim, target);
    if (!target.isThere) {
      const values = { ref: claim.ref ?? '' };
      return [finding({ rule: 'R15', code: 'r15.no_cell', severity: 'B', place, found: [claim.ref ?? ''], values })];
    }
    const asked = [
      numberFault(claim, target),
      statisticFault(claim, target),
      sampleFault(claim, set),
      levelFault(claim, target, set),
      signFault(claim, target),
      mentionFault(claim, target, set),
      instrumentFault(claim, set),
    ];
    const made = asked.flatMap((one) => (one === null ? [] : [one]));
    const wrong = made.flatMap((one) => (one === 'holds' ? [] : [one]));
    if (wrong.length === 0) return made.length === 0 ? [] : [holds('R15', place)];
    return wrong.map(({ found = [], ...parts }) => finding({ rule: 'R15', place, found, ...parts }));
  });

/** A fault, `holds`, or null where nothing was asked. */
type Asked = Wrong | 'holds' | null;

function numberFault(claim: Claim, { cells, tests, thresholds, rest }: ClaimTarget): Asked {
  if (typeof claim.value !== 'number' || claim.kind === 'interpretation') return null;
  const quoted = quotedNumber(claim.value, claim.quote);
  if (quoted === null) return null;
  const [cell, test, threshold] = [cells[0]?.cell, tests[0], thresholds[0]];
  const replicates = rest === 'bs' && threshold?.replicates != null ? readPrinted(`${threshold.replicates}`) : null;
  const printed: Printed | null =
    (cells.length === 1 ? cell?.estimate : undefined) ??
    test?.value ??
    replicates ??
    (thresholds.length === 1 && rest === '' ? threshold?.threshold : undefined) ??
    null;
  if (printed === null) return null;
  if (meets(quoted, printed)) return 'holds';
  const values = { quoted: quoted.text, printed: printed.text };
  return { code: 'r15.value', severity: 'A', values, found: [quoted.text, printed.text] };
}

function statisticFault(claim: Claim, { rows }: ClaimTarget): Asked {
  const [row] = rows;
  if (row === undefined || typeof claim.value !== 'object' || claim.value === null) return null;
  const said = Object.entries(claim.value).flatMap(([name, value]) => {
    const printed = row.cells[name.toLowerCase()];
    const quoted = typeof value === 'number' ? quotedNumber(value, claim.quote) : null;
    return printed === undefined || quoted === null ? [] : [{ printed, quoted }];
  });
  if (said.length === 0) return null;
  const wrong = said.find(({ printed, quoted }) => !meets(printed, quoted));
  if (wrong === undefined) return 'holds';
  const values = { quoted: wrong.quoted.text, printed: wrong.printed.text };
  return { code: 'r15.value', severity: 'B', values, found: [wrong.quoted.text, wrong.printed.text] };
}

/** Units and first and last period of the text against the largest number of rows. */
function sampleFault(claim: Claim, set: TableSet): Asked {
  if (claim.kind !== 'sample' || typeof claim.value !== 'object' || claim.value === null) return null;
  const entries = Object.entries(claim.value).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  const first = entries.find(([name]) => /first|from|start/i.test(name))?.[1];
  const last = entries.find(([name]) => /last|to$|end/i.test(name))?.[1];
  const units = entries.find(([name]) => !/first|last|from|to$|start|end|year|obs|rows/i.test(name))?.[1];
  const rows = Math.max(
    0,
    ...allColumns(set).flatMap(({ column }) => (column.n === null ? [] : [column.n.value])),
    ...set.descriptives.flatMap(({ cells }) => (cells.obs === undefined ? [] : [cells.obs.value])),
  );
  if (first === undefined || last === undefined || units === undefined || rows === 0) return null;
  const periods = last - first + 1;
  if (units * periods === rows) return 'holds';
  const values = { units, periods, product: units * periods, n: rows, is: rounded(rows / periods, 6) };
  return { code: 'r15.sample', severity: 'B', values, found: [`${units}`, `${rows}`] };
}

const levelForm = /significan\w*(?:\s+\w+){0,3}?\s+at\s+(?:the\s+)?(\d+(?:\.\d+)?)\s*%/i;
const notForm = /\b(not|in)\s*(statistically\s+)?significant/i;

/** Level and stars. */
function levelFault({ quote }: Claim, { cells, thresholds, rest }: ClaimTarget, { levels }: TableSet): Asked {
  const printed = [
    ...cells.map(({ cell }) => ({ name: cell.term, stars: cell.stars, text: cellText(cell) })),
    ...(cells.length > 0 || rest !== ''
      ? []
      : thresholds.flatMap(({ variable, stars, f }) =>
          stars === null ? [] : [{ name: variable, stars, text: f.text }],
        )),
  ];
  if (printed.length === 0) return null;
  if (notForm.test(quote)) {
    const starred = printed.find(({ stars }) => stars > 0);
    if (starred === undefined) return 'holds';
    const values = { printed: starred.text, name: starred.name };
    return { code: 'r15.not_significant', severity: 'A', values, found: [starred.text] };
  }
  const level = levelForm.exec(quote)?.[1];
  if (level === undefined) return null;
  const wanted = levels.findIndex((one) => Math.abs(one - Number(level) / 100) < 1e-9) + 1;
  if (wanted === 0) return null;
  const off = printed.find(({ stars }) => stars < wanted) ?? printed.find(({ stars }) => stars > wanted);
  if (off === undefined) return 'holds';
  const values = { level, printed: off.text, name: off.name, stars: off.stars, wanted };
  const isLess = off.stars < wanted;
  return { code: isLess ? 'r15.level' : 'r15.stricter', severity: isLess ? 'A' : 'C', values, found: [off.text] };
}

const cellText = ({ estimate, stars }: Coefficient): string =>
  `${estimate.text.replace(/\*+$/, '')}${'*'.repeat(stars)}`;

function signFault({ quote, kind, value }: Claim, { cells }: ClaimTarget): Asked {
  if (cells.length === 0) return null;
  const word = /significantly\s+(positive|negative)|remain\w*\s+(?:significantly\s+)?(positive|negative)/i.exec(quote);
  const said = word?.[1] ?? word?.[2] ?? (kind === 'direction' ? directionOf(value) : undefined);
  if (said === undefined) return null;
  const isPositive = said.toLowerCase() === 'positive';
  const off = cells.find(({ cell }) => cell.estimate.value !== 0 && cell.estimate.value > 0 !== isPositive);
  const weak = /significantly/i.test(word?.[0] ?? '') ? cells.find(({ cell }) => cell.stars === 0) : undefined;
  const wrong = off ?? weak;
  if (wrong === undefined) return 'holds';
  const values = { printed: cellText(wrong.cell), column: wrong.placed.column.id };
  return { code: 'r15.sign', severity: 'A', values, found: [cellText(wrong.cell)] };
}

function directionOf(value: unknown): string | undefined {
  return value === '+' ? 'positive' : value === '-' || value === '−' ? 'negative' : undefined;
}

/** Tables, columns and equations that the sentence names, against those of the place that it speaks of. */
function mentionFault(claim: Claim, { number, columns, table }: ClaimTarget, set: TableSet): Asked {
  const { quote, kind, value, ref } = claim;
  if (kind === 'reference' && ref === null && typeof value === 'string') {
    const wanted = value.toLowerCase();
    const known = set.words.some((word) => word.toLowerCase().includes(wanted));
    return known ? 'holds' : { code: 'r15.named', severity: 'C', values: { name: value }, found: [value] };
  }
  if (number === null) return null;
  const tables = [...quote.matchAll(/\btables?\s+(\d+)/gi)].map(([, one = '']) => one);
  const [column] = [...quote.matchAll(/\bcolumn\s*\((\d+)\)/gi)].map(([, one = '']) => one);
  const equations = [...quote.matchAll(/\bequations?\s*\(?(\d+)\)?/gi)].map(([, one = '']) => one);
  if (tables.length === 0 && column === undefined && equations.length === 0) return null;
  const isOneColumn = table !== null && columns.length === 1;
  const own = isOneColumn ? columns[0] : undefined;
  const position = own === undefined ? null : own.table.columns.indexOf(own.column) + 1;
  const equation = /eq\w*\.?\s*\(?(\d+)\)?/i.exec(own?.column.model ?? '')?.[1];
  const isOff =
    (tables.length > 0 && !tables.includes(number)) ||
    (column !== undefined && position !== null && column !== String(position)) ||
    (equations.length > 0 && equation !== undefined && !equations.includes(equation));
  if (!isOff) return 'holds';
  const named = [
    ...tables.map((one) => `T${one}`),
    ...(column === undefined ? [] : [`(${column})`]),
    ...equations.map((one) => `eq. ${one}`),
  ].join(' ');
  const is = [
    `T${number}`,
    ...(position === null || column === undefined ? [] : [`(${position})`]),
    ...(equation === undefined || equations.length === 0 ? [] : [`eq. ${equation}`]),
  ].join(' ');
  return { code: 'r15.reference', severity: 'C', values: { named, is }, found: [named, is] };
}

/** `the number of x (N)` in any sentence: the words before a name of the tables. */
function namesIn(set: TableSet, variable: string): readonly string[] {
  const key = nameKey(variable);
  const own = set.variables[key]?.name;
  const written = set.claims.flatMap(({ quote }) =>
    [...quote.matchAll(/((?:[\p{L}-]+\s+){1,2})\(([^)]+)\)/gu)].flatMap(([, words = '', name = '']) =>
      nameKey(name) === key ? [words.trim().toLowerCase()] : [],
    ),
  );
  return own == null ? written : [own.toLowerCase(), ...written];
}

/** An instrument is one for a regressor, never for the outcome. */
function instrumentFault({ quote }: Claim, set: TableSet): Asked {
  const named = /\binstrument\w*(?:\s+variable)?\s+(?:for|of)\s+([^.;]+)/i.exec(quote)?.[1]?.trim().toLowerCase();
  if (named === undefined) return null;
  const outcomes = set.regressions.flatMap(({ columns }) =>
    columns.flatMap(({ outcome, cells }) => {
      const isRegressor = set.regressions.some((one) =>
        one.columns.some((column) => outcome !== null && cellOf(column, outcome) !== null),
      );
      return outcome === null || isRegressor || cells.length === 0 ? [] : [outcome];
    }),
  );
  const outcome = [...new Set(outcomes)].find(
    (name) => nameKey(named) === nameKey(name) || namesIn(set, name).some((words) => named.endsWith(words)),
  );
  if (outcome === undefined) return null;
  return { code: 'r15.instrument', severity: 'C', values: { named, outcome }, found: [named] };
}

/** R16: a comparison of two estimates of separate samples needs their difference against its error. */
export const comparisonRule: Rule = (set) =>
  set.claims.flatMap((claim): Check[] => {
    const target = targetOf(claim, set);
    const place = placeOfClaim(claim, target);
    return comparedCells(claim, target).flatMap((pair): Check[] => {
      const { first, second, sign } = pair;
      const [a, b] = [first.cell.estimate, second.cell.estimate];
      const names = { a: a.text, b: b.text, first: first.placed.column.label, second: second.placed.column.label };
      const difference = minus(a, b);
      const isOther = sign === '>' ? difference.high < 0 : difference.low > 0;
      const found = [cellText(first.cell), cellText(second.cell)];
      if (isOther)
        return [finding({ rule: 'R16', code: 'r16.order', severity: 'A', place, found, values: { ...names, sign } })];
      const errors = [errorOf(first.cell), errorOf(second.cell)];
      const [one, two] = errors;
      if (one == null || two == null) return [];
      const error = root(plus(square(one), square(two)));
      const gap = size(difference);
      const z = { low: gap.low / error.high, high: gap.high / error.low };
      const p: Interval = { low: normalTwoSided(z.high), high: normalTwoSided(z.low) };
      const middle = (z.low + z.high) / 2;
      const values = { ...names, z: rounded(middle, 3), p: rounded(normalTwoSided(middle), 2), range: shown(p) };
      const loosest = set.levels[0] ?? 0.1;
      if (p.low > loosest)
        return [finding({ rule: 'R16', code: 'r16.difference', severity: 'A', place, found, values })];
      return [proves('R16', 'r16.holds', place, values)];
    });
  });

type PlacedCell = ClaimTarget['cells'][number];
interface Compared {
  readonly first: PlacedCell;
  readonly second: PlacedCell;
  readonly sign: '>' | '<';
}

const most = /\b(most|largest|strongest|greatest|highest|biggest)\b/i;
const lessThan = /\b(lower|smaller|weaker|less)\s+than\b(.*)/i;
const moreThan = /\b(higher|larger|stronger|greater|more)\s+than\b(.*)/i;

function comparedCells({ value, quote }: Claim, target: ClaimTarget): readonly Compared[] {
  const [own] = target.cells;
  if (own === undefined) return [];
  // Regimes of one model are no separate samples.
  const row = rowOf(own);
  const written = typeof value === 'string' ? /([-−]?\d*\.?\d+)\s*([<>])\s*([-−]?\d*\.?\d+)/u.exec(value) : null;
  if (written !== null) {
    const [, a = '', sign, b = ''] = written;
    const at = (text: string): PlacedCell | undefined =>
      [...target.cells, ...row].find(({ cell }) => cell.estimate.value === readPrinted(text)?.value);
    const [first, second] = [at(a), at(b)];
    return first === undefined || second === undefined || first.placed.column === second.placed.column
      ? []
      : [{ first, second, sign: sign === '<' ? '<' : '>' }];
  }
  if (target.cells.length > 1 || own.placed.column.group === null) return [];
  const others = row.filter(({ placed }) => placed.column !== own.placed.column);
  if (most.test(quote)) {
    const sorted = [...others].sort((a, b) => b.cell.estimate.value - a.cell.estimate.value);
    const [second] = sorted;
    return second === undefined ? [] : [{ first: own, second, sign: '>' }];
  }
  const [less, more] = [lessThan.exec(quote)?.[2], moreThan.exec(quote)?.[2]];
  const rest = less ?? more;
  if (rest === undefined) return [];
  const named = others.filter(({ placed }) => isNamedIn(placed, rest));
  return named.map((second) => ({ first: own, second, sign: less === undefined ? '>' : '<' }));
}

/** Cells of the same term in columns of the same split. */
function rowOf({ placed, cell }: PlacedCell): readonly PlacedCell[] {
  const { table, column } = placed;
  return table.columns
    .filter(({ group }) => group === column.group)
    .flatMap((one) => {
      const other = cellOf(one, cell.term);
      return other === null ? [] : [{ placed: { table, column: one }, cell: other }];
    });
}

function isNamedIn({ column }: PlacedColumn, text: string): boolean {
  const words = column.label
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 3);
  const said = text.toLowerCase().split(/[^\p{L}]+/u);
  return words.some((word) => said.some((one) => one.startsWith(word) && one.length <= word.length + 3));
}

/** Two changes in percent, as of an elasticity. */
const percents = /(percent(age)?( points?)?|%).*(percent(age)?( points?)?|%)/is;

/** R20: a slope on a logarithm of an outcome in levels is no elasticity: one percent more is a hundredth of it, in units of the outcome. */
export const elasticityRule: Rule = (set) =>
  set.claims.flatMap((claim): Check[] => {
    if (claim.kind !== 'interpretation') return [];
    const target = targetOf(claim, set);
    const [own] = target.cells;
    if (own === undefined) return [];
    const { outcome } = own.placed.column;
    const kindOf = (name: string | null) => (name === null ? null : (set.variables[nameKey(name)]?.kind ?? null));
    const isLog = (kind: string | null): boolean => kind === 'log' || kind === 'log_count';
    const [x, y] = [kindOf(own.cell.term), kindOf(outcome)];
    const place = placeOfClaim(claim, target);
    if (x === null || y === null || !percents.test(claim.quote)) return [];
    const b = own.cell.estimate;
    const mean = set.descriptives.find(({ variable }) => outcome !== null && nameKey(variable) === nameKey(outcome))
      ?.cells.mean;
    const share = mean === undefined ? '-' : rounded(b.value / mean.value, 2);
    const values = { b: b.text, x: own.cell.term, y: outcome ?? '', unit: rounded(b.value / 100), share };
    if (isLog(x) && !isLog(y))
      return [finding({ rule: 'R20', code: 'r20.level_log', severity: 'A', place, found: [b.text], values })];
    if (!isLog(x) && isLog(y))
      return [finding({ rule: 'R20', code: 'r20.log_level', severity: 'A', place, found: [b.text], values })];
    return [holds('R20', place)];
  });
