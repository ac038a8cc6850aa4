import { writeFileSync } from 'node:fs';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../../src/table/column.ts';

/** Words of a request: a field of the threshold part by `threshold.NAME`. */
export type Words = Readonly<Record<string, unknown>>;

/** A field as it is asked for, on a request on which it must matter. */
export interface Asked {
  /** What stands beside it; the result without the field is that of these words alone. */
  readonly beside?: Words;
  readonly words: Words;
}

const cities = 20;
const years = 8;

/** 20 cities in 8 years and one city of one year; the slope of x changes at q = 0.2, x is endogenous. */
function columns(): Record<string, (number | string)[]> {
  const rows = Array.from({ length: cities * years + 1 }, (_, i) => {
    const [city, year] = [Math.floor(i / years) + 1, 2001 + (i % years)];
    const [z, z2, q] = [2 * Math.cos(5 * i), Math.sin(3 * i * i), Math.cos(i * i)];
    const u = Math.sin(11 * i * i);
    const x = Math.sin(7 * i) + city / 4 + 0.5 * z + 0.3 * z2 + 0.4 * u;
    const place = { lat: 30 + (city % 7), lon: 20 + (city % 5) * 2 };
    const y = 1 + x * (q > 0.2 ? 2 : 1) - 0.5 * Math.cos(3 * i) + city / 3 + u;
    const region = city % 2 === 0 ? 'East' : 'West';
    const late = year > 2003 + (city % 4) ? 1 : 0;
    return { city, year, region, late, ...place, x, z, z2, q, w: 1 + Math.abs(Math.sin(i)), c: Math.cos(3 * i), y };
  });
  return Object.fromEntries(Object.keys(rows[0]).map((name) => [name, rows.map((row) => row[name as 'x'])]));
}

export function table(): ColumnTable {
  const made = Object.entries(columns()).map(([name, values]) => [
    name,
    typeof values[0] === 'string' ? textColumn(values as string[]) : numberColumn(values as number[]),
  ]);
  return columnTable(Object.fromEntries(made));
}

export function writeData(path: string): void {
  const all = columns();
  const names = Object.keys(all);
  const lines = all.city.map((_, i) => names.map((name) => all[name][i]).join(','));
  writeFileSync(path, `${[names.join(','), ...lines].join('\n')}\n`);
}

const iv = { formula: 'y ~ c | city | x ~ z + z2' };
const wild = { vcov: 'cluster:city', wild: 'x', reps: 99 };
const curve = { formula: 'y ~ x + c | city', curve: 'x' };
const dated = { panel: 'city,year', where: 'city <= 20' };
const placebo = { formula: 'y ~ late + z | city + year', ...dated, placebo: 'late', placebo_earlier: [1] };
const lagged = { formula: 'y ~ c + z + l(z) | city' };

/** Every field of the schema as it may be asked for. A new field has no entry, and the test fails until it gets one. */
export const asked: Readonly<Record<string, Asked>> = {
  formula: { words: { formula: 'y ~ z | city' } },
  panel: { beside: { ...lagged, panel: 'city,year' }, words: { panel: 'city,year,2' } },
  where: { words: { where: 'year > 2003' } },
  split: { words: { split: 'region' } },
  fsplit: { words: { fsplit: 'region' } },
  weights: { words: { weights: 'w' } },
  frequency: { words: { frequency: 'city' } },
  vcov: { words: { vcov: 'cluster:city' } },
  coords: { beside: { vcov: 'conley:300,coords=lon+lat' }, words: { vcov: 'conley:300', coords: 'lat,lon' } },
  ssc: { words: { ssc: 'none' } },
  singletons: { beside: { where: 'year > 2000' }, words: { singletons: 'keep' } },
  estimator: { beside: iv, words: { estimator: 'fuller:4' } },
  orthog: { beside: iv, words: { orthog: 'z2' } },
  relax: { beside: iv, words: { relax: 'z:0.1' } },
  test: { words: { test: ['x = 1', 'x'] } },
  lincom: { words: { lincom: '2*x' } },
  nlcom: { words: { nlcom: 'exp(x)' } },
  equal: { beside: { split: 'region' }, words: { equal: 'x' } },
  differences: { beside: { split: 'region' }, words: { differences: 'x' } },
  differences_how: { beside: { split: 'region', differences: 'x' }, words: { differences_how: 'chow' } },
  differences_order: { beside: { split: 'region', differences: 'x' }, words: { differences_order: 'East > West' } },
  changes: { beside: { formula: 'y ~ csw(x, c) | city' }, words: { changes: 'x' } },
  wild: { beside: { vcov: 'cluster:city' }, words: { wild: 'x' } },
  clusters: { beside: { vcov: 'cluster:city' }, words: { clusters: 'x', reps: 99 } },
  wild_type: { beside: wild, words: { wild_type: 'WCU11' } },
  wild_weights: { beside: wild, words: { wild_weights: 'webb' } },
  wild_by: { beside: wild, words: { wild_by: 'region+city' } },
  wild_ar: { beside: { ...iv, ...wild }, words: { wild_ar: true } },
  family: { beside: { split: 'region' }, words: { family: 'x' } },
  adjust: { beside: { family: 'x, z' }, words: { adjust: 'bonferroni, by' } },
  permute: { words: { permute: 'x', reps: 19 } },
  permute_by: {
    beside: { formula: 'y ~ x + z | city + year', permute: 'x', reps: 19, where: 'city <= 20' },
    words: { permute_by: 'city' },
  },
  permute_within: { beside: { permute: 'x', reps: 19 }, words: { permute_within: 'year' } },
  placebo: { beside: { formula: 'y ~ late + z | city + year', ...dated }, words: { placebo: 'late', reps: 19 } },
  placebo_earlier: { beside: placebo, words: { placebo_earlier: [2] } },
  placebo_dates: { beside: placebo, words: { placebo_dates: 'both' } },
  reps: { beside: { vcov: 'cluster:city', wild: 'x' }, words: { reps: 77 } },
  leave_out: { beside: { formula: 'y ~ x + c | city' }, words: { leave_out: 'x' } },
  leave_out_by: { beside: { formula: 'y ~ x + c | city', leave_out: 'x' }, words: { leave_out_by: 'year' } },
  added_variable: { words: { added_variable: 'x' } },
  dfbeta: { words: { dfbeta: 'x' } },
  dfbeta_by: { beside: { dfbeta: 'x' }, words: { dfbeta_by: 'region' } },
  curve: { beside: { formula: 'y ~ x + c | city' }, words: { curve: 'x' } },
  curve_outcomes: { beside: curve, words: { curve_outcomes: 'q' } },
  curve_effects: { beside: curve, words: { curve_effects: 'none' } },
  curve_samples: { beside: curve, words: { curve_samples: 'year > 2003' } },
  curve_keep: { beside: curve, words: { curve_keep: 'c' } },
  curve_test: { beside: curve, words: { curve_test: 19 } },
  omitted: { beside: { formula: 'y ~ x + c | city' }, words: { omitted: 'x' } },
  rmax: { beside: { formula: 'y ~ x + c | city', omitted: 'x' }, words: { rmax: 0.9 } },
  margins: { beside: { formula: 'y ~ x*q + c | city' }, words: { margins: 'x by q' } },
  mediators: { words: { mediators: ['q', 'z2'], reps: 99 } },
  mediated: { beside: { formula: 'y ~ x + c | city', mediators: 'q', reps: 99 }, words: { mediated: 'c' } },
  variants: { words: { variants: ['Late: where year > 2003; add c'] } },
  varied: { beside: { variants: ['Late: where year > 2003'] }, words: { varied: 'z' } },
  seed: { beside: wild, words: { seed: 5 } },
  re: { words: { re: true } },
  re_method: { beside: { re: true }, words: { re_method: 'swar' } },
  hausman: { words: { hausman: true } },
  mundlak: { words: { mundlak: true } },
  diagnose: { beside: { panel: 'city,year' }, words: { diagnose: ['vif, reset:3', 'serial'] } },
  fixef: { words: { fixef: true } },
  predict: { words: { predict: true } },
  reconcile: { words: { reconcile: true } },
  explain: { words: { explain: true } },
  threshold: { beside: { panel: 'city,year' }, words: { threshold: { regime: 'w', by: 'q', boot: 0 } } },
  'threshold.regime': { words: { 'threshold.regime': 'z' } },
  'threshold.by': { words: { 'threshold.by': 'z2' } },
  'threshold.thresholds': { words: { 'threshold.thresholds': 2 } },
  'threshold.boot': { words: { 'threshold.boot': 9 } },
  'threshold.trim': { words: { 'threshold.trim': 0.2 } },
  'threshold.grid': { words: { 'threshold.grid': 20 } },
  'threshold.level': { words: { 'threshold.level': 80 } },
  'threshold.seed': { words: { 'threshold.seed': 7 } },
  'threshold.scale': { words: { 'threshold.scale': 'xthreg' } },
  'threshold.demean': { words: { 'threshold.demean': 'hansen1999' } },
  'threshold.draw': { words: { 'threshold.draw': 'wild-webb' } },
  'threshold.residuals': { words: { 'threshold.residuals': 'null' } },
  'threshold.refine': { beside: { 'threshold.thresholds': 2 }, words: { 'threshold.refine': 'none' } },
  'threshold.intercepts': { words: { 'threshold.intercepts': true } },
  'threshold.kink': { beside: { 'threshold.by': 'x' }, words: { 'threshold.kink': true } },
  'threshold.joint': { beside: { 'threshold.thresholds': 2 }, words: { 'threshold.joint': true } },
  'threshold.jump_test': { beside: { 'threshold.by': 'x' }, words: { 'threshold.jump_test': true } },
  'threshold.robust': { words: { 'threshold.robust': 'unit' } },
  'threshold.robust_grid': { beside: { 'threshold.robust': 'row' }, words: { 'threshold.robust_grid': 5 } },
  'threshold.sensitivity': { words: { 'threshold.sensitivity': true } },
  'threshold.shape_check': { words: { 'threshold.shape_check': true } },
};

/** Words as a request has them: the threshold part put together. */
export function nested(words: Words): Record<string, unknown> {
  const whole = Object.entries(words).filter(([field]) => !field.startsWith('threshold.'));
  const part = Object.entries(words).flatMap(([field, value]) =>
    field.startsWith('threshold.') ? [[field.slice('threshold.'.length), value] as const] : [],
  );
  const { threshold, ...rest } = Object.fromEntries(whole);
  if (part.length === 0) return threshold === undefined ? rest : { ...rest, threshold };
  return { ...rest, threshold: { ...(threshold as object | undefined), ...Object.fromEntries(part) } };
}
