import { entryOf } from '../../../error/at.ts';
import { keysOf, withKeys } from '../../../error/known-keys.ts';
import { nearestName } from '../../../error/nearest-name.ts';
import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { textAt } from '../../../table/cell-at.ts';
import type { ColumnTable } from '../../../table/column.ts';
import type { GroupColumn, PrintedNumber } from '../../contract.ts';
import type { Calibration } from './calibration.ts';
import type { Printed, PrintedColumn } from './panel/printed-fit.ts';
import type { PrintedSlope, SlopeTarget, TargetRegressor } from './panel/slope-target.ts';
import type { CalibrationTargets, MediatorTarget } from './panel/target-panel.ts';
import { baselineRegressors, type VariableId, variableIds } from './panel/variable-process.ts';
import type { PrintedNumbers } from './printed/number-rows.ts';
import type { PrintedTables } from './printed/printed-tables.ts';
import type { CityTrait } from './raw/city-trait.ts';

/** The printed moments and slopes that the generator is calibrated to. */
export function calibrationTargets(
  published: readonly PrintedNumber[],
  calibration: Calibration,
  {
    cities,
    gazetteer,
    groups,
  }: {
    readonly cities: readonly CityTrait[];
    readonly gazetteer: ColumnTable;
    readonly groups: Readonly<Record<string, GroupColumn>>;
  },
): CalibrationTargets {
  const { summary, baseline } = calibration;
  const value = (table: string, column: string, term: string, cell: string): number =>
    printedValue(published, { table, column, term, cell });
  const printed = (table: string, column: string, term: string): PrintedSlope => {
    const { value: slope, decimals } = printedNumber(published, { table, column, term, cell: 'estimate' });
    return { value: slope, halfUnit: 0.5 * 10 ** -decimals, t: value(table, column, term, 'stat') };
  };
  const estimates = (table: string, column: string, terms: readonly string[]): number[] =>
    terms.map((term) => value(table, column, term, 'estimate'));
  const rounded = (wanted: Partial<PrintedNumber>): Printed => {
    const { value: number, decimals } = printedNumber(published, wanted);
    return { value: number, half: 0.5 * 10 ** -decimals };
  };
  const ifPrinted = (wanted: Partial<PrintedNumber>): Printed | null =>
    published.some((number) => keysOf(wanted).every((key) => number[key] === wanted[key])) ? rounded(wanted) : null;
  const numbers = (table: string, column: string, terms: readonly string[], constant = true): PrintedNumbers => ({
    slopes: terms.map((term) => rounded({ table, column, term, cell: 'estimate' })),
    stats: terms.map((term) => rounded({ table, column, term, cell: 'stat' })),
    constant: constant ? ifPrinted({ table, column, term: '(Intercept)', cell: 'estimate' }) : null,
    constantStat: constant ? ifPrinted({ table, column, term: '(Intercept)', cell: 'stat' }) : null,
    r2: ifPrinted({ table, column, term: '', cell: 'r2' }),
  });
  const controls = baselineRegressors.slice(1);
  const members = (group: string, level: string): { readonly where: string; readonly cities: Int32Array } => {
    const { column: source, isFlag } = groupOf(groups, group);
    return {
      where: `${group} = ${isFlag ? level : `'${level}'`}`,
      cities: sample.filter((city) => textAt(gazetteer, source, city) === level),
    };
  };
  const printedTables = (): PrintedTables => ({
    parts: calibration.parts.map(({ table, column, group, value: level, constant }) => ({
      id: `${table}${column}`,
      ...members(group, level),
      numbers: numbers(table, column, baselineRegressors, constant),
    })),
    winsorized: calibration.winsorized === undefined ? null : winsorizedOf(calibration.winsorized),
    instrumented: calibration.instrumented === undefined ? null : instrumentedOf(calibration.instrumented),
    moderators: calibration.moderators.map(({ variable: moderator, table, column }) => ({
      id: `${table}${column}`,
      variable: moderator,
      numbers: numbers(table, column, [`ai:${moderator}`, moderator, ...baselineRegressors]),
    })),
    thresholds: calibration.thresholds.map(({ table, column, by, tests, below, above }) => ({
      id: `${table}${column}`,
      by,
      value: value(tests, 'threshold', by, 'threshold'),
      f: rounded({ table: tests, column: 'f', term: by, cell: 'f' }),
      numbers: numbers(table, column, [...controls, below, above]),
    })),
    mediators: calibration.mediators.map(({ variable: id, table, column }) => ({
      id: `${table}${column}`,
      variable: id,
      numbers: numbers(table, column, baselineRegressors),
    })),
    baseline: baselineRegressors.map((_, k) => ({
      id: `${baseline}(${k + 1})`,
      numbers: numbers(baseline, `(${k + 1})`, baselineRegressors.slice(0, k + 1)),
    })),
    moments: withKeys(variableIds, (id) => ({
      mean: rounded({ table: summary, term: id, cell: 'mean' }),
      sd: rounded({ table: summary, term: id, cell: 'sd' }),
    })),
  });
  const winsorizedOf = ({ table, column, shares }: NonNullable<Calibration['winsorized']>) => ({
    id: `${table}${column}`,
    shares,
    numbers: numbers(table, column, baselineRegressors),
  });
  // With the constant partialled out there is none to compare.
  const instrumentedOf = ({ table, first, second, instrument }: NonNullable<Calibration['instrumented']>) => ({
    first: { id: `${table}${first}`, numbers: numbers(table, first, [instrument, ...controls], false) },
    second: { id: `${table}${second}`, numbers: numbers(table, second, baselineRegressors, false) },
  });
  const printedColumn = (table: string, column: string, terms: readonly string[]): PrintedColumn => ({
    slopes: terms.map((term) => rounded({ table, column, term, cell: 'estimate' })),
    stats: terms.map((term) => rounded({ table, column, term, cell: 'stat' })),
    constant: rounded({ table, column, term: '(Intercept)', cell: 'estimate' }),
    constantStat: rounded({ table, column, term: '(Intercept)', cell: 'stat' }),
    r2: rounded({ table, column, term: '', cell: 'r2' }),
  });
  const sample = Int32Array.from(cities.flatMap((city, c) => (city.inSample ? [c] : [])));
  return {
    marginals: printedMarginals(published, summary),
    tables: printedTables(),
    internetObserved: printedValue(published, { table: summary, term: 'ip', cell: 'obs' }),
    nested: baselineRegressors.map((_, k) => printedColumn(baseline, `(${k + 1})`, baselineRegressors.slice(0, k + 1))),
    mediators: calibration.mediators.map(({ variable: id, table, column }): MediatorTarget => {
      return { id, column: printedColumn(table, column, baselineRegressors) };
    }),
    slopes: [
      ...calibration.parts.map(({ table, column, group, value: level, slope }): SlopeTarget => {
        return {
          id: `${table}${column}`,
          outcome: 'cp',
          ...members(group, level),
          regressors: baselineRegressors.map(variable),
          slopes: new Map([
            [0, slope === undefined ? printed(table, column, 'ai') : { value: slope, halfUnit: 0, t: null }],
          ]),
        };
      }),
      ...calibration.moderators.map(({ variable: moderator, table, column }): SlopeTarget => {
        return {
          id: `${table}${column}`,
          outcome: 'cp',
          where: null,
          cities: sample,
          regressors: [
            { kind: 'product', ids: ['ai', moderator] },
            variable(moderator),
            ...baselineRegressors.map(variable),
          ],
          slopes: new Map([
            [0, printed(table, column, `ai:${moderator}`)],
            [1, printed(table, column, moderator)],
          ]),
        };
      }),
      ...calibration.thresholds.map(({ table, column, by, tests, ...terms }): SlopeTarget => {
        const [below = Number.NaN, above = Number.NaN] = estimates(table, column, [terms.below, terms.above]);
        const threshold = value(tests, 'threshold', by, 'threshold');
        return {
          id: `${table}${column}`,
          outcome: 'cp',
          where: null,
          cities: sample,
          // With the variable itself in, the slope of its upper part is the difference of the two regimes.
          regressors: [...baselineRegressors.map(variable), { kind: 'above', id: 'ai', by, threshold }],
          slopes: new Map([[baselineRegressors.length, { value: above - below, halfUnit: 0, t: null }]]),
        };
      }),
    ],
  };
}

/** @throws unknown-column with the nearest group */
function groupOf(groups: Readonly<Record<string, GroupColumn>>, group: string): GroupColumn {
  const known = Object.keys(groups);
  if (known.includes(group)) return entryOf(groups, group);
  throw new StudyError('unknown-column', {
    name: group,
    where: 'calibration.yaml',
    known,
    nearest: nearestName(group, known),
  });
}

function variable(id: VariableId): TargetRegressor {
  return { kind: 'variable', id };
}

function printedMarginals(published: readonly PrintedNumber[], table: string): CalibrationTargets['marginals'] {
  const moment = (term: string, cell: string): number => printedValue(published, { table, term, cell });
  return Object.fromEntries(
    variableIds.map((id) => [
      id,
      {
        mean: moment(id, 'mean'),
        sd: moment(id, 'sd'),
        // ln(1 + n) has no negative value: the printed minimum of -5.721 is out of its reach.
        min: id === 'ai' ? 0 : moment(id, 'min'),
        median: moment(id, 'median'),
        max: moment(id, 'max'),
      },
    ]),
  ) as CalibrationTargets['marginals'];
}

function printedValue(published: readonly PrintedNumber[], wanted: Partial<PrintedNumber>): number {
  return printedNumber(published, wanted).value;
}

/** @throws study-invalid when the study names no file that has the number */
function printedNumber(published: readonly PrintedNumber[], wanted: Partial<PrintedNumber>): PrintedNumber {
  const found = published.find((number) => keysOf(wanted).every((key) => number[key] === wanted[key]));
  if (found !== undefined) return found;
  const place = Object.values(wanted).join(' ');
  throw new StudyError('study-invalid', {
    file: 'published',
    faults: [
      {
        path: place,
        line: 1,
        column: 1,
        problem: said('fault.calibrated_to', { place }),
        nearest: null,
      },
    ],
  });
}
