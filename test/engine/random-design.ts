import { randomStream } from '../../src/math/random/philox.ts';
import type { WildType, WildWeights } from '../../src/model/result/wild.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../../src/table/column.ts';

/** A design at random: rows, formula and options, by its seed. */
export interface RandomDesign {
  readonly table: ColumnTable;
  readonly words: {
    readonly formula: string;
    readonly vcov: string[];
    readonly ssc: string;
    readonly where?: string;
    readonly weights?: string;
    readonly singletons?: 'keep' | 'drop';
    readonly panel?: string;
    readonly split?: string;
    readonly fsplit?: string;
    readonly wild?: string;
    readonly wild_type?: WildType;
    readonly wild_weights?: WildWeights;
    readonly reps?: number;
    readonly seed?: number;
    readonly test?: string[];
    readonly lincom?: string[];
    readonly estimator?: string;
    readonly orthog?: string[];
  };
}

const presets = [
  'fixest',
  'reghdfe',
  'xtreg',
  'areg',
  'plm',
  'linearmodels',
  'ivreg2',
  'ivreg2-small',
  'ivregress',
  'none',
];

/**
 * Units of several periods with holes and rows met twice, values far from zero for some variables, effects of numbers or texts,
 * missing cells, weights with zeros among them, dates as text.
 * @param offsets of some variables, in their spreads
 */
export function randomDesign(seed: number, offsets: readonly number[] = [0, 0, 1e3, 1e6]): RandomDesign {
  const stream = randomStream(seed, 0);
  const chance = (share: number): boolean => stream.uniform() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(stream.uniform() * list.length)] as T; // the list is not empty
  const units = 6 + Math.floor(stream.uniform() * 40);
  const periods = 2 + Math.floor(stream.uniform() * 8);
  const isPanel = chance(0.4);
  const holes = pick([0, 0, 0.1, 0.3]);
  const twice = isPanel ? 0 : pick([0, 0, 0.1]);
  const offset = pick(offsets);
  const rows: { unit: number; time: number }[] = [];
  for (let unit = 0; unit < units; unit++) {
    for (let time = 0; time < periods; time++) {
      if (chance(holes)) continue;
      rows.push({ unit, time });
      if (chance(twice)) rows.push({ unit, time });
    }
  }
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - stream.uniform())) * Math.cos(2 * Math.PI * stream.uniform());
  const unitPart = Array.from({ length: units }, normal);
  const timePart = Array.from({ length: periods }, normal);
  const miss = pick([0, 0, 0.03]);
  const maybe = (value: number): number => (chance(miss) ? Number.NaN : value);
  const isText = chance(0.5);
  const x = rows.map(({ unit, time }) => normal() + 0.5 * (unitPart[unit] ?? 0) + 0.3 * (timePart[time] ?? 0));
  const z = rows.map((_, i) => 0.6 * (x[i] ?? 0) + normal());
  const y = rows.map(
    ({ unit, time }, i) =>
      0.7 * (x[i] ?? 0) - 0.2 * (z[i] ?? 0) + (unitPart[unit] ?? 0) + (timePart[time] ?? 0) + normal(),
  );
  const table = columnTable({
    firm: isText
      ? textColumn(rows.map(({ unit }) => `f${unit}`))
      : numberColumn(rows.map(({ unit }) => 100 + unit * 7)),
    year: numberColumn(rows.map(({ time }) => 2000 + time)),
    day: textColumn(rows.map(({ time }) => `20${10 + time}-01-31`)),
    region: textColumn(
      rows.map(({ unit }) => (chance(miss) ? null : (['east', 'west', 'north', "o'hare"][unit % 4] ?? null))),
    ),
    size: numberColumn(rows.map(() => maybe(Math.floor(stream.uniform() * 3)))),
    y: numberColumn(y.map((value) => maybe(value + offset))),
    x: numberColumn(x.map((value) => maybe(value + offset))),
    z: numberColumn(z.map(maybe)),
    p: numberColumn(rows.map(() => maybe(Math.exp(normal()) - (chance(miss) ? 5 : 0)))),
    w: numberColumn(rows.map(() => maybe(chance(miss) ? 0 : 0.2 + stream.uniform()))),
  });
  const terms = new Set(['x']);
  const more = [
    'z',
    'log(p)',
    'I(z^2)',
    'x:z',
    'i(size)',
    'i(region)',
    'i(size, z)',
    'i(region, ref=west)',
    'max(z, p)',
    'I(z > 0)',
    'sqrt(p)',
  ];
  const lags = ['l(x, 1)', 'd(z, 1)', 'f(z, 1)', 'l(log(p), 1:2)'];
  for (let k = Math.floor(stream.uniform() * 4); k > 0; k--) terms.add(pick(isPanel && chance(0.4) ? lags : more));
  const effects = pick([
    '',
    '',
    ' | firm',
    ' | year',
    ' | firm + year',
    ' | firm + year',
    ' | year + firm',
    ' | firm^size',
    ' | firm + size',
    ' | region + day',
    ' | region^year + firm',
  ]);
  // Without a constant the outcome's spread is told from its squares around zero, which hold no digits of it far away.
  const constant = effects === '' && offset === 0 && chance(0.4) ? ' - 1' : '';
  const vcov = [
    pick([
      'iid',
      'hc1',
      'hc0',
      'cluster:firm',
      'cluster:year',
      'cluster:firm+year',
      'cluster:region',
      'cluster:region+year',
      'cluster:region^year',
    ]),
    ...(chance(0.3) ? [pick(['cluster:firm', 'hc1', 'cluster:size+firm'])] : []),
  ];
  return {
    table,
    words: {
      formula: `y ~ ${[...terms].join(' + ')}${constant}${effects}`,
      vcov: [...new Set(vcov)],
      ssc: pick(presets),
      ...(chance(0.25)
        ? { where: pick(["region in ('east', 'west') or z > 0", 'year >= 2001', 'p < 3 and not (x is null)']) }
        : {}),
      ...(chance(0.25) ? { weights: pick(['w', '1 / (1 + p^2)']) } : {}),
      ...(chance(0.2) ? { singletons: pick(['keep', 'drop'] as const) } : {}),
      ...(isPanel ? { panel: 'firm,year' } : {}),
      ...(chance(0.3) ? { test: ['x = 0.5'], lincom: ['2*x'] } : {}),
    },
  };
}

/**
 * The same with instruments for `x`, at times for `z` too: as many as are needed or more, one of them weak or a copy at times. At means of
 * 1e6 spreads a value itself holds ten digits, of which a test of the instruments may lose two: those are held against fractions.
 */
export function instrumentedDesign(seed: number): RandomDesign {
  const { table, words } = randomDesign(seed, [0, 0, 1e3, 1e3]);
  const stream = randomStream(seed, 1);
  const chance = (share: number): boolean => stream.uniform() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(stream.uniform() * list.length)] as T; // the list is not empty
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - stream.uniform())) * Math.cos(2 * Math.PI * stream.uniform());
  const [left = '', right = ''] = words.formula.split(' ~ ');
  const [terms = '', effects = '0'] = right.split(' | ');
  const exogenous = terms.replace(/^x( \+ )?/, '');
  const isTwice = !/\bz\b/.test(exogenous) && chance(0.3);
  const strength = pick([1, 0.5, 0.5, 0.05]);
  const values = (name: string): Float64Array => {
    const column = table.columns[name];
    return column?.kind === 'number' ? column.values : new Float64Array();
  };
  const [x, z] = [values('x'), values('z')];
  const q1 = x.map((value) => strength * value + normal());
  const instruments = [...(isTwice || chance(0.5) ? ['q1', 'q2'] : ['q1']), ...(isTwice || chance(0.2) ? ['q3'] : [])];
  if (chance(0.1)) instruments.push('copy');
  const more = {
    q1: numberColumn(q1),
    q2: numberColumn(z.map((value, i) => 0.4 * value + 0.2 * (x[i] ?? 0) + normal())),
    q3: numberColumn(x.map(() => 1e3 + normal())),
    copy: numberColumn(q1.map((value) => 3 - 2 * value)),
  };
  const columns = Object.fromEntries(table.names.flatMap((name) => [[name, table.columns[name]] as const]));
  const start = exogenous === '' || exogenous.startsWith(' ') ? `1${exogenous}` : exogenous;
  return {
    table: columnTable({ ...columns, ...more } as Parameters<typeof columnTable>[0]), // every name is a column
    words: {
      ...words,
      formula: `${left} ~ ${start} | ${effects} | ${isTwice ? 'x + z' : 'x'} ~ ${instruments.join(' + ')}`,
      ...(chance(0.2) ? { estimator: pick(['liml', 'fuller:1', 'kclass:0.9']) } : {}),
      ...(chance(0.2) && instruments.length > 1 ? { orthog: ['q1'] } : {}),
    },
  };
}

/** The same in parts by the values of a column, of few or many, at times after the whole. */
export function splitDesign(seed: number): RandomDesign {
  const stream = randomStream(seed, 2);
  const own = stream.uniform() < 0.2 ? instrumentedDesign(seed) : randomDesign(seed, [0, 0, 1e3]);
  const by = ['size', 'size', 'region', 'region', 'year', 'day', 'firm', 'w'][Math.floor(stream.uniform() * 8)] ?? '';
  return { ...own, words: { ...own.words, ...(stream.uniform() < 0.4 ? { fsplit: by } : { split: by }) } };
}

/** The same with three fixed effects or four, nested and redundant ones among them. */
export function manyEffectsDesign(seed: number): RandomDesign {
  const stream = randomStream(seed, 3);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(stream.uniform() * list.length)] as T; // the list is not empty
  const own = stream.uniform() < 0.2 ? instrumentedDesign(seed) : randomDesign(seed, [0, 0, 1e3]);
  const effects = pick([
    'firm + year + size',
    'firm + year + size',
    'year + size + firm',
    'size + day + region',
    'firm + day + region',
    'firm^size + year + region',
    'firm + region^year + size',
    'region^size + region^year + year^size',
    'firm + year + size + region',
    'firm + year + size + region^size',
  ]);
  const [terms = '', , instruments] = own.words.formula.split(' | ');
  const formula = [terms.replace(' - 1', ''), effects, ...(instruments === undefined ? [] : [instruments])].join(' | ');
  return { ...own, words: { ...own.words, formula } };
}

/** The same with a wild bootstrap by one variable; fits without a cluster where no effect crosses clusters. */
export function wildDesign(seed: number): RandomDesign {
  const stream = randomStream(seed, 4);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(stream.uniform() * list.length)] as T; // the list is not empty
  const isMany = stream.uniform() < 0.25;
  const own = isMany ? manyEffectsDesign(seed) : randomDesign(seed, [0, 0, 1e3]);
  const [terms = '', effects = ''] = own.words.formula.split(' | ');
  // Of several effects within clusters one must be the finest.
  const by = isMany ? 'firm' : pick(['firm', 'firm', 'year', 'day', 'region', 'region^year', 'size^region']);
  const crossesNothing = effects === '' || effects === by;
  const { vcov: _, estimator: __, orthog: ___, ...rest } = own.words;
  return {
    ...own,
    words: {
      ...rest,
      formula: effects === '' ? terms : `${terms} | ${effects}`,
      vcov: [...(stream.uniform() < 0.2 ? ['hc1'] : []), `cluster:${by}`],
      wild: pick(['x', 'x', terms.split(' + ').includes('z') ? 'x, z' : 'x = 0', 'x = 0.5', 'x + 1 = 0']),
      wild_type: pick<WildType>(
        crossesNothing ? ['WCR11', 'WCU11', 'WCR31', 'WCR13', 'WCR33', 'WCU33'] : ['WCR11', 'WCR11', 'WCU11'],
      ),
      wild_weights: pick<WildWeights>(['rademacher', 'rademacher', 'webb', 'mammen', 'normal']),
      ...{ reps: pick([99, 399]), seed: 1 + Math.floor(stream.uniform() * 1000) },
    },
  };
}
