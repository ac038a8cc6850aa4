import type { RuleId } from '../../../audit/contract.ts';
import type { PrintedCell, PrintedColumn, PrintedSet, PrintedTable } from './clean-set.ts';
import { randomOf } from './panel-fits.ts';

/* One fault in a clean set, and where an audit must find it. */

export interface Planted {
  readonly rule: RuleId;
  readonly table: string | null;
  readonly column?: string;
  readonly term?: string;
}

type Plant = (set: PrintedSet, random: () => number) => Planted | null;

const number = (text: string): number => Number(text.replace(/[−]/g, '-').replace(/[^\d.-]/g, ''));
const text = (value: number, decimals = 3): string => value.toFixed(decimals).replace('-', '−');
const tableOf = (set: PrintedSet, id: number): PrintedTable => {
  const found = set.tables.find(({ table }) => table === id);
  if (found === undefined) throw new RangeError(`no table ${id}`);
  return found;
};
const columnsOf = (table: PrintedTable): PrintedColumn[] => table.columns as PrintedColumn[]; // of a table of coefficients
const cellsOf = (table: PrintedTable, term: string): PrintedCell[] =>
  (table.rows.find((row) => row.term === term)?.cells ?? []) as PrintedCell[]; // of a table of coefficients
const statistic = (set: PrintedSet, variable: string, name: string): { printed: string } =>
  ((tableOf(set, 2).rows.find((row) => row.variable === variable)?.cells ?? {}) as Record<string, { printed: string }>)[
    name
  ]; // of statistics

/** A cell of the ladder that has an estimate. */
function someCell(set: PrintedSet, random: () => number) {
  const table = tableOf(set, 3);
  const rows = table.rows.filter(({ term }) => term !== '_cons');
  for (let tries = 0; tries < 200; tries++) {
    const row = rows[Math.floor(random() * rows.length)];
    const column = Math.floor(random() * 6);
    const cell = (row.cells as PrintedCell[])[column]; // of a table of coefficients
    if (cell.estimate !== null && Math.abs(number(cell.estimate)) > 0.03)
      return { table, term: row.term ?? '', column, cell };
  }
  return null;
}

const place = (made: { readonly column: number; readonly term: string }, table = '3') => ({
  table,
  column: `(${made.column + 1})`,
  term: made.term,
});

/** t of a cell, from what it prints. */
function tOf(set: PrintedSet, { estimate, stat }: PrintedCell): number {
  const second = number(stat ?? '');
  return tableOf(set, 3).stat_kind === 'se' ? number(estimate ?? '') / second : second;
}

export const plants: Readonly<Record<string, Plant>> = {
  R01: (set, random) => {
    const made = someCell(set, random);
    if (made === null) return null;
    const t = Math.abs(tOf(set, made.cell));
    const wrong = t > 3 ? '' : t < 1.3 ? '***' : null;
    if (wrong === null) return null;
    made.cell.estimate = `${(made.cell.estimate ?? '').replace(/\*/g, '')}${wrong}`;
    return { rule: 'R01', ...place(made) };
  },
  R02: (set, random) => {
    const made = someCell(set, random);
    if (made === null || made.table.stat_kind === 'se') return null;
    const stat = made.cell.stat ?? '';
    made.cell.stat = stat.includes('−') ? stat.replace('−', '') : stat.replace('(', '(−');
    return { rule: 'R02', ...place(made) };
  },
  R03: (set) => {
    const table = tableOf(set, 3);
    // Two digits of a standard error are too few.
    if (table.stat_kind === 'se') return null;
    const [from, to] = [cellsOf(table, 'x2')[5], cellsOf(table, '_cons')[5]];
    to.estimate = from.estimate;
    to.stat = from.stat;
    return { rule: 'R03', table: '3', column: '(6)', term: '_cons' };
  },
  R04: (set, random) => {
    const made = someCell(set, random);
    if (made === null) return null;
    const t = tOf(set, made.cell);
    if (made.table.stat_kind === 'se') return null;
    made.cell.se = text(Math.abs(number(made.cell.estimate ?? '') / t) * 1.6, 4);
    return { rule: 'R04', ...place(made) };
  },
  R05: (set, random) => {
    const column = columnsOf(tableOf(set, 4))[0];
    column.n_printed = String(number(column.n_printed) - 3 - Math.floor(random() * 8));
    return { rule: 'R05', table: '4', column: '(1)' };
  },
  R06: (set, random) => {
    const columns = columnsOf(tableOf(set, 5));
    const periods = Number((set.meta.sample_implied as { years: number }).years); // as it was made
    columns[1].n_printed = String(number(columns[1].n_printed) + periods * (random() < 0.5 ? 1 : -1));
    return { rule: 'R06', table: '5' };
  },
  'R06 complement': (set) => {
    const column = columnsOf(tableOf(set, 6))[0];
    const periods = Number((set.meta.sample_implied as { years: number }).years); // as it was made
    column.n_printed = String(number(column.n_printed) + 5 * periods);
    return { rule: 'R06', table: '6', column: '(1)' };
  },
  R07: (set, random) => {
    const groups = set.facts.groups as Record<string, { units: number }>; // as it was made
    groups.middle.units += random() < 0.5 ? 2 : -1;
    return { rule: 'R07', table: '5', column: '(2)' };
  },
  R08: (set, random) => {
    const columns = columnsOf(tableOf(set, 3));
    columns[5].r2_printed = text(number(columns[4].r2_printed ?? '') - 0.004 - 0.02 * random());
    return { rule: 'R08', table: '3', column: '(6)' };
  },
  R09: (set) => {
    const columns = columnsOf(tableOf(set, 3));
    // The first step is sharp; only sets of classical errors can say it.
    const [cell] = cellsOf(tableOf(set, 3), 'x4').slice(5);
    const factor = 1.7;
    if (Math.abs(tOf(set, cell)) < 3) return null;
    if (tableOf(set, 3).stat_kind === 'se') cell.stat = `(${text(number(cell.stat ?? '') / factor)})`;
    else cell.stat = `(${text(number(cell.stat ?? '') * factor)})`;
    delete cell.p;
    delete cell.ci;
    return columns.length < 6 ? null : { rule: 'R09', table: '3', column: '(6)', term: 'x4' };
  },
  R10: (set, random) => {
    const f = tableOf(set, 7).tests?.[1];
    if (f === undefined) return null;
    f.printed = text(number(f.printed) * (1.03 + 0.2 * random()), 2);
    return { rule: 'R10', table: '7', column: '(1)' };
  },
  'R10 LM': (set, random) => {
    const lm = tableOf(set, 7).tests?.[0];
    if (lm === undefined) return null;
    lm.printed = text(number(lm.printed) * (1.02 + 0.05 * random()));
    return { rule: 'R10', table: '7', column: '(1)', term: 'cragg_donald_f' };
  },
  R11: (set) => {
    const row = tableOf(set, 8).rows[0];
    const crit1 = number((row.crit1 as { printed: string }).printed); // as it was made
    row.fstat = { printed: `${text(crit1 - 1, 2)}***` };
    row.prob = { printed: '0.000' };
    return { rule: 'R11', table: '8', term: 'q' };
  },
  'R11 threshold': (set, random) => {
    const row = tableOf(set, 8).rows[0];
    const value = row.threshold_value as { printed: string }; // as it was made
    value.printed = text(number(value.printed) + 0.05 + 0.1 * random());
    return { rule: 'R11', table: '9', column: '(1)' };
  },
  'R11 replicates': (set) => {
    const row = tableOf(set, 8).rows[0];
    row.bs = 500;
    row.prob = { printed: '0.005' };
    row.fstat = { printed: '30.00***' };
    return { rule: 'R11', table: '8', column: 'p', term: 'q' };
  },
  'R11 order': (set) => {
    const row = tableOf(set, 8).rows[0];
    [row.crit10, row.crit1] = [row.crit1, row.crit10];
    return { rule: 'R11', table: '8', column: 'crit', term: 'q' };
  },
  'R11 R2': (set, random) => {
    const column = columnsOf(tableOf(set, 9))[0];
    column.r2_printed = text(number(column.r2_printed ?? '') + 0.03 + 0.05 * random());
    return { rule: 'R11', table: '8', column: 'f', term: 'q' };
  },
  R12: (set, random) => {
    const table = tableOf(set, 3);
    const column = 3 + Math.floor(random() * 3);
    const cell = cellsOf(table, '_cons')[column];
    const slope = cellsOf(table, 'x1')[column];
    cell.estimate = slope.estimate;
    cell.stat = slope.stat;
    delete cell.p;
    delete cell.ci;
    return { rule: 'R12', table: '3', column: `(${column + 1})`, term: '_cons' };
  },
  R13: (set, random) => {
    const variable = ['x1', 'x2', 'x3', 'q'][Math.floor(random() * 4)];
    const [sd, min, max] = ['SD', 'Min', 'Max'].map((name) => statistic(set, variable, name));
    sd.printed = text((number(max.printed) - number(min.printed)) * 0.6);
    return { rule: 'R13', table: '2', term: variable };
  },
  'R13 order': (set, random) => {
    const variable = ['x1', 'x2', 'x3', 'q'][Math.floor(random() * 4)];
    const [median, max] = ['Median', 'Max'].map((name) => statistic(set, variable, name));
    [median.printed, max.printed] = [max.printed, median.printed];
    return { rule: 'R13', table: '2', term: variable };
  },
  'R13 share': (set, random) => {
    statistic(set, 'share', 'Max').printed = text(1.05 + random());
    return { rule: 'R13', table: '2', term: 'share' };
  },
  R14: (set) => {
    (set.facts.variables as Record<string, object>).x2 = {
      kind: 'positive',
      unit: 'yuan',
      band: [40, 90],
      source: 'list',
    }; // as it was made
    return { rule: 'R14', table: '2', column: 'mean', term: 'x2' };
  },
  R15: (set, random) => {
    const claim = set.claims[1] as { quote: string; value: number }; // as it was made
    const wrong = Number((claim.value + 0.01 + Math.floor(random() * 50) / 1000).toFixed(3));
    claim.quote = claim.quote.replace(/is [−\d.]+\d/, `is ${text(wrong)}`);
    claim.value = wrong;
    return { rule: 'R15', table: '3', column: '(6)', term: 'x1' };
  },
  'R15 level': (set) => {
    const claim = set.claims[1] as { quote: string }; // as it was made
    const isStarred = !claim.quote.includes('not significant');
    claim.quote = claim.quote.replace(/, .*$/, isStarred ? ', not significant' : ', significant at the 1% level');
    return { rule: 'R15', table: '3', column: '(6)', term: 'x1' };
  },
  'R15 reference': (set) => {
    const claim = set.claims[1] as { quote: string }; // as it was made
    claim.quote = claim.quote.replace('Table 3', 'Table 5');
    return { rule: 'R15', table: '3', column: '(6)', term: 'x1' };
  },
  'R15 sample': (set, random) => {
    const value = set.claims[0].value as { cities: number }; // as it was made
    value.cities += 3 + Math.floor(random() * 12);
    return { rule: 'R15', table: '2' };
  },
  R16: (set) => {
    const cells = cellsOf(tableOf(set, 5), 'x1');
    const isError = tableOf(set, 5).stat_kind === 'se';
    for (const [i, b] of [0.412, 0.398].entries()) {
      cells[i].estimate = `${text(b)}***`;
      cells[i].stat = isError ? '(0.080)' : `(${text(b / 0.08)})`;
    }
    set.claims.push({
      location: '9',
      quote: 'the effect is stronger in the first part',
      kind: 'comparison',
      value: '0.412 > 0.398',
      table_ref: 'T5.c1-2.x1',
    });
    return { rule: 'R16', table: '5', column: '(1)', term: 'x1' };
  },
  R17: (set, random) => {
    const cell = cellsOf(tableOf(set, 6), 'x2')[1];
    const stars = (cell.estimate ?? '').replace(/[^*]/g, '');
    cell.estimate = `${text(number(cell.estimate ?? '') + 0.01 + 0.02 * random())}${stars}`;
    return { rule: 'R17', table: '6', column: '(2)' };
  },
  R18: (set, random) => {
    const periods = Number((set.meta.sample_implied as { years: number }).years); // as it was made
    columnsOf(tableOf(set, 5))[0].n_printed = String(periods * (5 + Math.floor(random() * 10)));
    return { rule: 'R18', table: '5', column: '(1)' };
  },
  R19: (set) => {
    columnsOf(tableOf(set, 4))[0].depvar = 'w';
    return { rule: 'R19', table: '4', column: '(1)' };
  },
  'R19 controls': (set, random) => {
    const column = Math.floor(random() * 3);
    columnsOf(tableOf(set, 5))[column].controls?.push('x9');
    return { rule: 'R19', table: '5', column: `(${column + 1})`, term: 'x9' };
  },
  R20: (set) => {
    const claim = set.claims.find(({ kind }) => kind === 'interpretation');
    if (claim === undefined) return null;
    claim.quote = 'a 1% rise in the level raises the outcome by 0.3%';
    Object.assign(set.facts.variables as object, { x1: { kind: 'log' }, y: { kind: 'level' } });
    return { rule: 'R20', table: '3', column: '(6)', term: 'x1' };
  },
  R21: (set) => {
    const mean = statistic(set, 'hits', 'Mean');
    const n = number(statistic(set, 'hits', 'Obs').printed);
    const base = number(mean.printed);
    // Steps of a hundredth until no sum of n whole numbers has that mean.
    for (let k = 1; k < 60; k++) {
      const tried = base + k / 100;
      if (Math.ceil((tried - 0.005) * n - 1e-9) > Math.floor((tried + 0.005) * n + 1e-9)) {
        mean.printed = text(tried, 2);
        return { rule: 'R21', table: '2', term: 'hits' };
      }
    }
    return null;
  },
  R22: (set, random) => {
    const sd = statistic(set, 'flag', 'SD');
    sd.printed = text(number(sd.printed) + 0.03 + 0.05 * random(), 2);
    return { rule: 'R22', table: '2', column: 'sd', term: 'flag' };
  },
  R23: (set, random) => {
    const table = tableOf(set, 3);
    const cell = cellsOf(table, 'x2')[5];
    const se = Math.abs(number(cell.estimate ?? '') / tOf(set, cell));
    const b = number(cell.estimate ?? '') * (1.6 + 0.4 * random());
    // The estimate moves, its standard error stays: t goes along.
    cell.estimate = `${text(b)}***`;
    if (table.stat_kind !== 'se') cell.stat = `(${text(b / se)})`;
    delete cell.p;
    delete cell.ci;
    return { rule: 'R23', table: '3', column: '(6)', term: 'x2' };
  },
  R24: (set, random) => {
    const made = someCell(set, random);
    if (made === null) return null;
    const b = number(made.cell.estimate ?? '');
    const se = Math.abs(b / tOf(set, made.cell));
    made.cell.ci = [text(b - 1.96 * se + 0.3 * se + 0.01), text(b + 1.96 * se + 0.3 * se + 0.01)];
    return { rule: 'R24', ...place(made) };
  },
  'R24 p': (set, random) => {
    const made = someCell(set, random);
    if (made === null) return null;
    made.cell.p = Math.abs(tOf(set, made.cell)) > 1.5 ? '0.640' : '0.001';
    return { rule: 'R24', ...place(made) };
  },
  R25: (set, random) => {
    const table = tableOf(set, 3);
    columnsOf(table)[2].r2_printed = random() < 0.5 ? text(1.02 + random()) : text(-0.03 - random());
    return { rule: 'R25', table: '3', column: '(3)' };
  },
  'R25 N': (set, random) => {
    const [first] = columnsOf(tableOf(set, 3));
    first.n_printed = random() < 0.5 ? `-${first.n_printed}` : `${first.n_printed}.5`;
    return { rule: 'R25', table: '3', column: '(1)' };
  },
  'R25 p': (set, random) => {
    const made = someCell(set, random);
    if (made === null) return null;
    made.cell.p = random() < 0.5 ? '1.240' : '-0.031';
    return { rule: 'R25', ...place(made) };
  },
  'R25 interval': (set, random) => {
    const made = someCell(set, random);
    if (made === null) return null;
    const b = number(made.cell.estimate ?? '');
    made.cell.ci = [text(b + 0.2), text(b - 0.2)];
    return { rule: 'R25', ...place(made) };
  },
};

/** A random source for one fault in one set. */
export function faultRandom(seed: number): () => number {
  return randomOf(seed * 104729 + 7);
}
