import { normalTwoSided, tQuantile, tTwoSided } from '../../../math/distribution.ts';
import {
  type Fit,
  fitInstrumented,
  fitTwoWays,
  laggedPanel,
  normalOf,
  type Panel,
  panelOf,
  randomOf,
} from './panel-fits.ts';

/* A set of tables that somebody could have published: real regressions on drawn data, rounded to print. */

export interface PrintedCell {
  estimate: string | null;
  stat: string | null;
  se?: string;
  p?: string;
  ci?: string[];
}
export interface PrintedColumn {
  id: string;
  label: string;
  depvar: string;
  sample: string;
  group?: string;
  model?: string;
  controls?: string[];
  n_printed: string;
  r2_printed: string | null;
  fe: Record<string, string>;
}
export interface PrintedRow {
  term?: string;
  variable?: string;
  cells?: PrintedCell[] | Record<string, { printed: string }>;
  [key: string]: unknown;
}
export interface PrintedTable {
  table: number;
  title: string;
  note: string | null;
  stat_kind?: string;
  depvar_printed?: string;
  columns: PrintedColumn[] | { id: string }[];
  rows: PrintedRow[];
  tests?: { id: string; label: string; printed: string; p_printed?: string; stock_yogo_10pct?: number }[];
}
export interface PrintedSet {
  meta: Record<string, unknown>;
  tables: PrintedTable[];
  claims: Record<string, unknown>[];
  facts: Record<string, unknown>;
}

const note = 't statistics in parentheses, * p < 0.1, ** p < 0.05, *** p < 0.01.';
const stars = (p: number): string => (p < 0.01 ? '***' : p < 0.05 ? '**' : p < 0.1 ? '*' : '');
const text = (value: number, decimals = 3): string => value.toFixed(decimals).replace('-', '−');
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const none: PrintedCell = { estimate: null, stat: null };

/** How cells of a table are printed. */
interface Style {
  readonly kind: 't' | 'se';
  readonly isNormal?: boolean;
  readonly withInterval?: boolean;
  /** Degrees of freedom of each column are one less than its units. */
  readonly periods?: number;
}

function cellOf(
  b: number,
  se: number,
  dof: number,
  { kind, isNormal, withInterval, periods }: Style,
  n = 0,
): PrintedCell {
  const t = b / se;
  const used = periods === undefined ? dof : n / periods - 1;
  const p = isNormal ? normalTwoSided(t) : tTwoSided(t, used);
  const q = tQuantile(0.975, used);
  return {
    estimate: `${text(b)}${stars(p)}`,
    stat: kind === 't' ? `(${text(t)})` : `(${text(se)})`,
    ...(withInterval ? { p: text(p), ci: [text(b - q * se), text(b + q * se)] } : {}),
  };
}

function tableOf(
  table: number,
  title: string,
  columns: readonly {
    readonly fit: Fit;
    readonly column: Omit<PrintedColumn, 'id' | 'n_printed' | 'r2_printed'>;
    readonly hasR2?: boolean;
  }[],
  style: Style,
): PrintedTable {
  const terms = [...new Set(columns.flatMap(({ fit }) => fit.names))];
  const rows: PrintedRow[] = terms.map((term) => ({
    term,
    cells: columns.map(({ fit }) => {
      const i = fit.names.indexOf(term);
      return i < 0 ? none : cellOf(fit.b[i], fit.se[i], fit.dof, style, fit.n);
    }),
  }));
  rows.push({
    term: '_cons',
    cells: columns.map(({ fit }) => cellOf(fit.constant.b, fit.constant.se, fit.dof, style, fit.n)),
  });
  return {
    ...{ table, title, note: style.kind === 't' ? note : note.replace('t statistics', 'standard errors') },
    ...{ stat_kind: style.kind, depvar_printed: 'y' },
    columns: columns.map(({ fit, column, hasR2 = true }, i) => ({
      ...column,
      ...{ id: `(${i + 1})`, n_printed: grouped(fit.n), r2_printed: hasR2 ? text(fit.r2) : null },
    })),
    rows,
  };
}

function described(name: string, x: readonly number[], decimals = 3): PrintedRow {
  const n = x.length;
  const sorted = [...x].sort((a, b) => a - b);
  const mean = x.reduce((sum, one) => sum + one, 0) / n;
  const sd = Math.sqrt(x.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1));
  const median = n % 2 === 1 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  const cell = (value: number): { printed: string } => ({ printed: text(value, decimals) });
  return {
    variable: name,
    cells: {
      Obs: { printed: grouped(n) },
      Mean: cell(mean),
      SD: cell(sd),
      Min: cell(sorted[0]),
      Median: cell(median),
      Max: cell(sorted[n - 1]),
    },
  };
}

/** A drawn panel with the regressors of the tables. */
function drawPanel(seed: number): { panel: Panel; random: () => number } {
  const random = randomOf(seed * 7919 + 13);
  const units = 66 + Math.floor(random() * 12);
  const periods = 14 + Math.floor(random() * 5);
  const n = units * periods;
  const normals = (scale = 1): number[] => Array.from({ length: n }, () => scale * normalOf(random));
  const ofUnits = Array.from({ length: units }, () => normalOf(random));
  const unit = (i: number): number => ofUnits[Math.floor(i / periods)];
  const walk: number[] = [];
  for (let i = 0; i < n; i++)
    walk.push(i % periods === 0 ? 2 + normalOf(random) : 0.8 * walk[i - 1] + 0.4 + 0.6 * normalOf(random));
  const x2 = normals().map((e, i) => 9 + 0.5 * unit(i) + 0.7 * e);
  const x3 = normals().map((e, i) => 0.3 * walk[i] + e);
  const x4 = normals().map((e) => 1 + 0.5 * e);
  const x5 = normals();
  const x6 = normals().map((e, i) => 0.2 * walk[i] + e);
  const w = normals();
  const q = normals().map((e) => 3 + e);
  const errors = normals(1.2);
  const slope = 0.3 + 0.3 * random();
  const y = errors.map((e, i) => {
    const t = i % periods;
    const regime = q[i] > 3.4 ? 0.6 : 0;
    return (
      1 +
      unit(i) +
      0.05 * t +
      (slope + regime) * walk[i] +
      0.4 * x2[i] -
      0.25 * x3[i] +
      0.5 * x4[i] +
      0.15 * w[i] * walk[i] +
      0.35 * x5[i] -
      0.3 * x6[i] +
      e
    );
  });
  const hits = Array.from({ length: n }, () => Math.floor(-Math.log(1 - random()) * 4));
  const flag = Array.from({ length: n }, () => (random() < 0.3 ? 1 : 0));
  const share = normals().map((e) => 1 / (1 + Math.exp(-e)));
  const data = { y, x1: walk, x2, x3, x4, x5, x6, w, q, hits, flag, share, 'x1*w': walk.map((one, i) => one * w[i]) };
  return { panel: { units, periods, data }, random };
}

const all = { depvar: 'y', sample: 'all units', fe: { year: 'Yes', city: 'Yes' } };
const controls = ['x5', 'x6', 'x2', 'x3', 'x4'];

/** A set without a fault. Every third has standard errors in parentheses, every fourth errors by unit. */
export function cleanSet(seed: number): PrintedSet {
  const { panel, random } = drawPanel(seed);
  const { units, periods } = panel;
  const errors = seed % 4 === 3 ? 'cluster' : 'classical';
  const style: Style = {
    kind: seed % 3 === 2 ? 'se' : 't',
    withInterval: seed % 5 === 1,
    ...(errors === 'cluster' ? { periods } : {}),
  };
  const ladder = controls.map((_, i) => fitTwoWays(panel, 'y', ['x1', ...controls.slice(0, i)], errors));
  const full = fitTwoWays(panel, 'y', ['x1', ...controls], errors);
  ladder.push(full);
  const t3 = tableOf(
    3,
    'Baseline',
    ladder.map((fit) => ({ fit, column: { ...all, label: 'y', model: 'eq (1)', controls: fit.names.slice(1) } })),
    style,
  );
  const moderated = fitTwoWays(panel, 'y', ['x1*w', 'w', 'x1', ...controls], errors);
  const t4 = tableOf(
    4,
    'Moderation',
    [{ fit: moderated, column: { ...all, label: 'y', model: 'eq (2)', controls } }],
    style,
  );
  const order = Array.from({ length: units }, (_, i) => i);
  const cut = 22 + Math.floor(random() * 4);
  const parts = { north: order.slice(0, cut), middle: order.slice(cut, 2 * cut), south: order.slice(2 * cut) };
  if (parts.south.length < 20) parts.middle = order.slice(cut, units - 20);
  if (parts.south.length < 20) parts.south = order.slice(units - 20);
  const groups = Object.entries(parts).map(([sample, keep]) => ({
    fit: fitTwoWays(panelOf(panel, keep), 'y', ['x1', ...controls], errors),
    column: { ...all, sample, label: `${sample} part`, group: 'part', controls },
  }));
  const t5 = tableOf(5, 'Parts', groups, { ...style, withInterval: false });
  const left = fitTwoWays(panelOf(panel, [...parts.middle, ...parts.south]), 'y', ['x1', ...controls], errors);
  const t6 = tableOf(
    6,
    'Robustness',
    [
      { fit: left, column: { ...all, sample: 'excl_north', label: 'Excluding the north part', controls } },
      {
        fit: full,
        column: {
          ...all,
          sample: 'province_fe',
          label: 'Province effects',
          controls,
          fe: { province: 'Yes', ...all.fe },
        },
      },
    ],
    { ...style, withInterval: false },
  );
  const lagged = laggedPanel(panel, 'x1', 'L.x1');
  const iv = fitInstrumented(lagged, 'y', 'x1', 'L.x1', controls);
  const t7 = tableOf(
    7,
    'Instruments',
    [
      {
        fit: iv.first,
        column: { ...all, sample: 'lag', depvar: 'x1', label: 'First', model: '2SLS first stage', controls },
        hasR2: false,
      },
      {
        fit: iv.second,
        column: { ...all, sample: 'lag', label: 'Second', model: '2SLS second stage', controls },
        hasR2: false,
      },
    ],
    { kind: style.kind, isNormal: true },
  );
  delete t7.depvar_printed;
  t7.tests = [
    { id: 'anderson_lm', label: 'Anderson canon. corr. LM statistic', printed: text(iv.lm), p_printed: '0.000' },
    { id: 'cragg_donald_f', label: 'Cragg-Donald Wald F statistic', printed: text(iv.f, 2), stock_yogo_10pct: 16.38 },
  ];
  const split = thresholdFit(panel, errors, full);
  const boot = bootstrapped(split.f, random);
  const t8: PrintedTable = {
    ...{ table: 8, title: 'Threshold tests', note: null, columns: [] },
    rows: [
      {
        variable: 'q',
        threshold: 'Single',
        bs: boot.replicates,
        ...boot.printed,
        threshold_value: { printed: text(split.gamma) },
      },
    ],
  };
  const t9 = tableOf(
    9,
    'Threshold model',
    [{ fit: split.fit, column: { ...all, label: 'q', model: 'single threshold, eq (3)', controls } }],
    style,
  );
  const t2: PrintedTable = {
    ...{ table: 2, title: 'Statistics of the variables', note: null },
    columns: ['Obs', 'Mean', 'SD', 'Min', 'Median', 'Max'].map((id) => ({ id })),
    rows: [
      ...['y', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'w', 'q', 'share'].map((name) => described(name, panel.data[name])),
      ...['hits', 'flag'].map((name) => described(name, panel.data[name].slice(0, 60 + Math.floor(random() * 30)), 2)),
    ],
  };
  return {
    meta: { sample_implied: { cities: units, years: periods, obs: units * periods } },
    tables: [t2, t3, t4, t5, t6, t7, t8, t9],
    claims: claimsOf({ t3, t5, groups, full, units, periods }),
    facts: {
      variables: {
        hits: { kind: 'count' },
        flag: { kind: 'binary' },
        share: { kind: 'share', band: [0.3, 0.7] },
        x1: { kind: 'level' },
      },
      groups: Object.fromEntries(
        Object.entries(parts).map(([name, keep]) => [name, { units: keep.length, source: 'list' }]),
      ),
      partitions: [Object.keys(parts)],
    },
  };
}

/** The regime of q with the least residuals, and Hansen's F with n(T-1). */
function thresholdFit(panel: Panel, errors: 'classical' | 'cluster', full: Fit) {
  const { units, periods, data } = panel;
  const sorted = [...data.q].sort((a, b) => a - b);
  const candidates = Array.from({ length: 8 }, (_, i) => sorted[Math.floor(((i + 1) / 9) * sorted.length)]);
  const made = candidates.map((gamma) => {
    const shownGamma = text(gamma);
    const below = `x1 × I (q ≤ ${shownGamma})`;
    const above = `x1 × I (q > ${shownGamma})`;
    const extended = {
      ...data,
      [below]: data.x1.map((x, i) => (data.q[i] <= gamma ? x : 0)),
      [above]: data.x1.map((x, i) => (data.q[i] > gamma ? x : 0)),
    };
    return { gamma, fit: fitTwoWays({ ...panel, data: extended }, 'y', [...controls, below, above], errors) };
  });
  const best = made.reduce((least, one) => (one.fit.ssr < least.fit.ssr ? one : least));
  return { ...best, f: ((full.ssr - best.fit.ssr) / best.fit.ssr) * units * (periods - 1) };
}

/** Drawn values under the null, their quantiles, and the share of them that F does not exceed. */
function bootstrapped(f: number, random: () => number) {
  const replicates = [300, 500, 1000][Math.floor(random() * 3)];
  const draws = Array.from({ length: replicates }, () => 6 + 8 * Math.abs(normalOf(random)) + 4 * random()).sort(
    (a, b) => a - b,
  );
  const at = (level: number): string => text(draws[Math.ceil(level * replicates) - 1], 3);
  const p = draws.filter((one) => one >= f).length / replicates;
  const cell = (printed: string): { printed: string } => ({ printed });
  return {
    replicates,
    printed: {
      fstat: cell(`${text(f, 2)}${stars(p)}`),
      prob: cell(text(p)),
      crit10: cell(at(0.9)),
      crit5: cell(at(0.95)),
      crit1: cell(at(0.99)),
    },
  };
}

interface ClaimParts {
  readonly t3: PrintedTable;
  readonly t5: PrintedTable;
  readonly groups: readonly { readonly fit: Fit; readonly column: { readonly sample: string } }[];
  readonly full: Fit;
  readonly units: number;
  readonly periods: number;
}

function claimsOf({ t3, groups, full, units, periods }: ClaimParts): Record<string, unknown>[] {
  const cell = (t3.rows[0].cells as PrintedCell[])[5]; // rows of t3 are of coefficients
  const printed = cell.estimate ?? '';
  const level = { '***': '1%', '**': '5%', '*': '10%' }[printed.replace(/[^*]/g, '')];
  const b = printed.replace(/\*/g, '');
  const value = Number(b.replace('−', '-'));
  const says = level === undefined ? 'not significant' : `significant at the ${level} level`;
  const [one, two] = groups.map(({ fit }) => ({ b: fit.b[0], se: fit.se[0] }));
  const z = (one.b - two.b) / Math.hypot(one.se, two.se);
  const first = text(Math.max(one.b, two.b));
  const second = text(Math.min(one.b, two.b));
  return [
    {
      location: '1',
      quote: `${units} cities from 2001 to ${2000 + periods}`,
      kind: 'sample',
      value: { cities: units, first_year: 2001, last_year: 2000 + periods },
      table_ref: 'T2.Obs',
    },
    {
      location: '2',
      quote: `In Column (6) of Table 3 the coefficient is ${b}, ${says}`,
      kind: 'estimate',
      value,
      table_ref: 'T3.c6.x1',
    },
    ...(full.b[0] > 0 && level !== undefined
      ? [
          {
            location: '3',
            quote: 'the coefficient is significantly positive',
            kind: 'significance',
            value: '+',
            table_ref: 'T3.c6.x1',
          },
        ]
      : []),
    ...(Math.abs(z) > 2.2
      ? [
          {
            location: '4',
            quote: 'the effect is stronger in one part',
            kind: 'comparison',
            value: `${first} > ${second}`,
            table_ref: 'T5.c1-2.x1',
          },
        ]
      : []),
    { location: '5', quote: 'the slope of the level', kind: 'interpretation', value, table_ref: 'T3.c6.x1' },
  ];
}
