import { groupColumns } from '../domain/china/source/group-columns.ts';
import type { PrintedSlope, SlopeTarget, TargetRegressor } from '../domain/china/synthetic/panel/slope-target.ts';
import type { CalibrationTargets, MediatorTarget } from '../domain/china/synthetic/panel/target-panel.ts';
import { baselineRegressors, type VariableId, variableIds } from '../domain/china/synthetic/panel/variable-process.ts';
import type { CityTrait } from '../domain/china/synthetic/raw/city-trait.ts';
import { StudyError } from '../error/study-error.ts';
import { textAt } from '../table/cell-at.ts';
import type { ColumnTable } from '../table/column.ts';
import type { PublishedNumber } from './language/published.ts';

/** Columns of the printed tables that regress the baseline on a part of the sample: table, column, group, value. */
const partsOfSample: readonly (readonly [table: string, column: string, group: string, value: string])[] = [
  ['table4', '(1)', 'municipality', '0'],
  ['table4', '(2)', 'coal_province', '0'],
  ['table4', '(3)', 'northwest_province', '0'],
  ['table10', '(1)', 'resource_based', '1'],
  ['table10', '(2)', 'resource_based', '0'],
  ['table10', '(3)', 'city_size_paper_fit', 'mega'],
  ['table10', '(4)', 'city_size_paper_fit', 'big'],
  ['table10', '(5)', 'city_size_paper_fit', 'small_medium'],
  ['table11', '(1)', 'region_paper_fit', 'east'],
  ['table11', '(2)', 'region_paper_fit', 'central'],
  ['table11', '(3)', 'region_paper_fit', 'west'],
  ['table11', '(4)', 'region_paper_fit', 'northeast'],
  ['table12', '(1)', 'agglomeration_paper_fit', 'bth'],
  ['table12', '(2)', 'agglomeration_paper_fit', 'yrd'],
  ['table12', '(3)', 'agglomeration_paper_fit', 'prd'],
  ['table12', '(4)', 'agglomeration_paper_fit', 'myr'],
  ['table12', '(5)', 'agglomeration_paper_fit', 'cc'],
];

/** Where the printed slope would take carbon productivity below zero (3.797 over nine cities): its sign is kept. */
const withinReach: Readonly<Record<string, PrintedSlope>> = { 'table12(3)': { value: 1.2, halfUnit: 0, t: null } };

/** Threshold regressions of Table 9: column, threshold variable, printed threshold (Table 8), slopes below and above. */
const thresholds: readonly (readonly [column: string, by: VariableId, low: string, high: string])[] = [
  ['(1)', 'ai', 'ai:[ai<=7.749]', 'ai:[ai>7.749]'],
  ['(2)', 'hc', 'ai:[hc<=0.056]', 'ai:[hc>0.056]'],
  ['(3)', 'fin', 'ai:[fin<=3.870]', 'ai:[fin>3.870]'],
];

/** The printed moments and slopes that the generator is calibrated to. */
export function calibrationTargets(
  published: readonly PublishedNumber[],
  cities: readonly CityTrait[],
  gazetteer: ColumnTable,
): CalibrationTargets {
  const value = (table: string, column: string, term: string, cell: string): number =>
    printedValue(published, { table, column, term, cell });
  const printed = (table: string, column: string, term: string): PrintedSlope => {
    const { value: slope, decimals } = printedNumber(published, { table, column, term, cell: 'estimate' });
    return { value: slope, halfUnit: 0.5 * 10 ** -decimals, t: value(table, column, term, 'stat') };
  };
  const estimates = (table: string, column: string, terms: readonly string[]): number[] =>
    terms.map((term) => value(table, column, term, 'estimate'));
  const sample = Int32Array.from(cities.flatMap((city, c) => (city.inSample ? [c] : [])));
  return {
    marginals: printedMarginals(published),
    internetObserved: printedValue(published, { table: 'table2', term: 'ip', cell: 'obs' }),
    nested: baselineRegressors.map((added, k) => {
      const column = `(${k + 1})`;
      const coefficients = estimates('table3', column, baselineRegressors.slice(0, k + 1));
      return { coefficients, tOfAdded: value('table3', column, added, 'stat') };
    }),
    lastR2: value('table3', '(6)', '', 'r2'),
    lastTOfFirst: value('table3', '(6)', 'ai', 'stat'),
    mediators: (['uis', 'envrpat'] as const).map((id, i): MediatorTarget => {
      const column = `(${i + 1})`;
      const slopes = estimates('table6', column, baselineRegressors);
      return { id, slopes, tOfFirst: value('table6', column, 'ai', 'stat'), r2: value('table6', column, '', 'r2') };
    }),
    slopes: [
      ...partsOfSample.map(([table, column, group, level]): SlopeTarget => {
        const members = sample.filter((city) => textAt(gazetteer, groupColumns[group].column, city) === level);
        return {
          id: `${table}${column}`,
          outcome: 'cp',
          where: `${group} = ${groupColumns[group].isFlag ? level : `'${level}'`}`,
          cities: members,
          regressors: baselineRegressors.map(variable),
          slopes: new Map([[0, withinReach[`${table}${column}`] ?? printed(table, column, 'ai')]]),
        };
      }),
      ...(['er', 'ip'] as const).map((moderator, i): SlopeTarget => {
        const column = `(${i + 1})`;
        return {
          id: `table7(${i + 1})`,
          outcome: 'cp',
          where: null,
          cities: sample,
          regressors: [
            { kind: 'product', ids: ['ai', moderator] },
            variable(moderator),
            ...baselineRegressors.map(variable),
          ],
          slopes: new Map([
            [0, printed('table7', column, `ai:${moderator}`)],
            [1, printed('table7', column, moderator)],
          ]),
        };
      }),
      ...thresholds.map(([column, by, low, high]): SlopeTarget => {
        const [below, above] = estimates('table9', column, [low, high]);
        const threshold = value('table8', 'threshold', by, 'threshold');
        return {
          id: `table9${column}`,
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

function variable(id: VariableId): TargetRegressor {
  return { kind: 'variable', id };
}

function printedMarginals(published: readonly PublishedNumber[]): CalibrationTargets['marginals'] {
  const moment = (term: string, cell: string): number => printedValue(published, { table: 'table2', term, cell });
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

function printedValue(published: readonly PublishedNumber[], wanted: Partial<PublishedNumber>): number {
  return printedNumber(published, wanted).value;
}

/** @throws study-invalid when the study names no file that has the number */
function printedNumber(published: readonly PublishedNumber[], wanted: Partial<PublishedNumber>): PublishedNumber {
  const found = published.find((number) =>
    Object.entries(wanted).every(([key, value]) => number[key as keyof PublishedNumber] === value),
  );
  if (found !== undefined) return found;
  const place = Object.values(wanted).join(' ');
  throw new StudyError('study-invalid', {
    file: 'published',
    faults: [
      {
        path: place,
        line: 1,
        column: 1,
        problem: `the synthetic raw layer is calibrated to ${place}, which is not there`,
        nearest: null,
      },
    ],
  });
}
