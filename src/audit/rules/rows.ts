import { aroundFact, finding, holds, listedFacts, proves } from '../checks.ts';
import {
  allColumns,
  hasLag,
  hasTwoWays,
  nameKey,
  type PlacedColumn,
  parametersOf,
  placeOf,
  shapeOf,
} from '../columns.ts';
import type { Check, Rule, TableSet } from '../contract.ts';
import { rounded } from '../interval.ts';

// Rules about numbers of rows and units.

/** Rows of the whole panel: units times periods where that is known, else the largest N. */
function wholeRows(set: TableSet): number | null {
  const all = [
    ...allColumns(set).flatMap(({ column }) => (column.n === null ? [] : [column.n.value])),
    ...set.descriptives.flatMap(({ cells }) => (cells.obs === undefined ? [] : [cells.obs.value])),
  ];
  return all.length === 0 ? null : Math.max(...all);
}

/** R05: N of a balanced panel is units times periods, or that of a variable with missing cells. */
export const periodsRule: Rule = (set) => {
  const { periods, units } = set.panel;
  const whole = wholeRows(set);
  // Of a panel that is not balanced N says nothing.
  if (periods === null || whole === null || whole % periods !== 0) return [];
  const place = { table: null, column: null, term: null, quote: null };
  const observed = new Set(set.descriptives.flatMap(({ cells }) => (cells.obs === undefined ? [] : [cells.obs.value])));
  const all = whole / periods;
  const total: Check[] =
    units === null || units === all
      ? [proves('R05', 'r05.panel', place, { n: whole, units: all, periods })]
      : [
          finding({
            ...{ rule: 'R05', code: 'r05.units', severity: 'B', place, found: [`${whole}`] },
            values: { n: whole, units, periods, product: units * periods, is: all },
          }),
        ];
  const columns = allColumns(set).flatMap((placed): Check[] => {
    const n = placed.column.n;
    if (n === null) return [];
    const shape = shapeOf(placed, set);
    const here = placeOf(placed);
    if (shape !== null) {
      const isLagged = hasLag(placed.table) && shape.periods < periods;
      const values = { n: n.value, units: shape.units, periods: shape.periods };
      return [isLagged ? proves('R05', 'r05.lag', here, values) : holds('R05', here)];
    }
    if (observed.has(n.value)) return [holds('R05', here)];
    const values = { n: n.value, periods, quotient: rounded(n.value / periods, 6), short: whole - n.value, whole };
    return [finding({ rule: 'R05', code: 'r05.rows', severity: 'B', place: here, found: [n.text], values })];
  });
  return [...total, ...columns];
};

const stem = (label: string): readonly string[] =>
  label
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length > 3);
const excluding = /^(excl(ud\w*)?|eliminat\w*|without|drop\w*|remov\w*|omit\w*|no)[\s_:-]+/i;

/** The group that a column leaves out: `excl_x` of sample `x`, "Excluding x" of a column labelled x. */
function leftOutGroup(placed: PlacedColumn, columns: readonly PlacedColumn[]): PlacedColumn | null {
  const { sample, label } = placed.column;
  const name = sample !== null && excluding.test(sample) ? nameKey(sample.replace(excluding, '')) : null;
  const bySample = columns.find(
    ({ column }) => name !== null && column.sample !== null && nameKey(column.sample) === name,
  );
  if (bySample !== undefined || name !== null) return bySample ?? null;
  if (!excluding.test(label)) return null;
  const words = stem(label.replace(excluding, ''));
  const alike = (other: string): boolean =>
    words.some((word) => stem(other).some((one) => one.startsWith(word) || word.startsWith(one)));
  return columns.find((other) => other !== placed && other.column.group !== null && alike(other.column.label)) ?? null;
}

/** A sum this near to the whole, and not it, is of a split that was meant to be one. */
const nearWhole = 0.05;

/** R06: groups of one split sum to the whole; what a column leaves out is as large as that group is elsewhere. */
export const partitionRule: Rule = (set) => [...splitChecks(set), ...complementChecks(set)];

function splitChecks(set: TableSet): readonly Check[] {
  const columns = allColumns(set);
  const whole = wholeRows(set);
  const splits = new Map<string, PlacedColumn[]>();
  for (const placed of columns) {
    const { group, sample } = placed.column;
    const said = set.partitions.findIndex(
      (samples) => sample !== null && samples.some((one) => nameKey(one) === nameKey(sample)),
    );
    const key = said >= 0 ? `partition ${said}` : group === null ? null : `${placed.table.id} ${group}`;
    if (key !== null) splits.set(key, [...(splits.get(key) ?? []), placed]);
  }
  return [...splits].flatMap(([key, members]): Check[] => {
    const counts = members.flatMap(({ column }) => (column.n === null ? [] : [column.n.value]));
    const [first] = members;
    if (whole === null || first === undefined || members.length < 2 || counts.length < members.length) return [];
    const sum = counts.reduce((total, n) => total + n, 0);
    const place = { ...placeOf(first), column: members.map(({ column }) => column.id).join(' ') };
    const values = { sum, whole, parts: counts.join(' + '), gap: Math.abs(whole - sum) };
    if (sum === whole) return [proves('R06', 'r06.split', place, values)];
    const found = members.map(({ column }) => column.n?.text ?? '');
    if (sum > whole) return [finding({ rule: 'R06', code: 'r06.overlap', severity: 'B', place, found, values })];
    const isMeant = key.startsWith('partition ') || whole - sum <= nearWhole * whole;
    return isMeant ? [finding({ rule: 'R06', code: 'r06.sum', severity: 'B', place, found, values })] : [];
  });
}

function complementChecks(set: TableSet): readonly Check[] {
  const columns = allColumns(set);
  const whole = wholeRows(set);
  return columns.flatMap((placed): Check[] => {
    const group = leftOutGroup(placed, columns);
    const n = placed.column.n;
    if (group === null || n === null || group.column.n === null || whole === null) return [];
    const out = whole - n.value;
    const place = placeOf(placed);
    if (out === group.column.n.value) return [holds('R06', place)];
    const { table, column } = group;
    const perUnit = set.panel.periods ?? 1;
    const values = {
      ...{
        whole,
        n: n.value,
        out,
        group: group.column.n.value,
        label: column.label,
        table: table.id,
        column: column.id,
      },
      ...{ out_units: rounded(out / perUnit), group_units: rounded(group.column.n.value / perUnit) },
    };
    return [
      finding({
        ...{ rule: 'R06', code: 'r06.complement', severity: 'A', place, found: [n.text, group.column.n.text], values },
      }),
    ];
  });
}

/** R07: a group has as many units as the list that it goes by. */
export const countRule: Rule = (set) => {
  const whole = wholeRows(set);
  const periods = set.panel.periods;
  if (periods === null) return [];
  return allColumns(set).flatMap((placed): Check[] => {
    const { sample, label, n } = placed.column;
    const names = [sample, label].flatMap((name) => (name === null ? [] : [nameKey(name)]));
    const out = sample !== null && excluding.test(sample) ? nameKey(sample.replace(excluding, '')) : null;
    const own = set.groups.find((group) => names.includes(nameKey(group.sample)));
    const left = out === null ? undefined : set.groups.find((group) => nameKey(group.sample) === out);
    const group = own ?? left;
    if (group === undefined || n === null || whole === null) return [];
    const units = (own === undefined ? whole - n.value : n.value) / periods;
    const place = placeOf(placed);
    if (units === group.units) return [proves('R07', 'r07.list', place, { units, source: group.source })];
    const others = group.others.map((other) =>
      aroundFact(other.source, (words, language) =>
        language === 'zh' ? `${other.units}（${words}）` : `${other.units} (${words})`,
      ),
    );
    const values = {
      units: rounded(units),
      list: group.units,
      source: group.source,
      others: listedFacts(others),
    };
    return [finding({ rule: 'R07', code: 'r07.count', severity: 'B', place, found: [n.text], values })];
  });
};

/** Units below which standard errors by group are not to be trusted, and rows a parameter below which a fit is not. */
const fewUnits = 20;
const mostParameters = 0.15;

/** R18: few units, or nearly as many parameters as rows. */
export const fewRule: Rule = (set) =>
  allColumns(set).flatMap((placed): Check[] => {
    const n = placed.column.n;
    if (n === null || !hasTwoWays(placed.column).unit) return [];
    const shape = shapeOf(placed, set);
    if (shape === null) return [];
    const place = placeOf(placed);
    const parameters = parametersOf(placed, set) ?? 0;
    const share = parameters / n.value;
    const values = { units: shape.units, n: n.value, parameters, share: rounded(share, 3) };
    if (shape.units < fewUnits)
      return [finding({ rule: 'R18', code: 'r18.units', severity: 'C', place, found: [n.text], values })];
    if (share > mostParameters)
      return [finding({ rule: 'R18', code: 'r18.parameters', severity: 'C', place, found: [n.text], values })];
    return [holds('R18', place)];
  });
