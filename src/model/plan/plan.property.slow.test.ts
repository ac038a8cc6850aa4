import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallPanel, tableOf } from '../../../test/model/small-panels.ts';
import { isStudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import type { FitInput, Fitted } from '../estimate-formula.ts';
import { fitModel, fitModels, summarizeModel } from '../estimate-formula.ts';
import type { ModelResult } from '../result/result.ts';
import { planTolerance } from './solve-subset.ts';

/** p-values: a relative error in t comes back times t squared or the degrees of freedom. */
const tailTolerance = 1e-8;
/**
 * F multiplies by the inverse of a covariance, whose condition is that of the cross-products, up to 1e8. With fewer clusters
 * than slopes that inverse does not exist and its rank is a matter of rounding: not compared there.
 */
const jointTolerance = 1e-6;
/** xtreg's squared correlations lose what the linear prediction's mean has over its spread. */
const correlationTolerance = 1e-8;

const vcovs = ['iid', 'hc1', 'hc3', 'cluster:unit', 'cluster:group', 'cluster:unit+year'];
const conventions = ['fixest', 'reghdfe', 'xtreg', 'plm', 'none'];
const effects = ['', ' | unit', ' | unit + year', ' | year + unit', ' | unit[x4]', ' | group + year'];
const terms = ['x1', 'x2', 'x3', 'x4', 'sum', 'unitTrait', 'i(group)', 'x1:x2'];

interface Family {
  readonly table: ColumnTable;
  readonly formulas: readonly string[];
  readonly weights: string | null;
  readonly vcov: string;
  readonly ssc: string;
}

const formula = fc
  .record({
    outcome: fc.constantFrom('y', 'y', 'log(y2)'),
    terms: fc.subarray(terms),
    effects: fc.constantFrom(...effects),
    constant: fc.constantFrom('', '', ' + 0'),
  })
  .map(
    (one) => `${one.outcome} ~ ${['1', ...one.terms].join(' + ')}${one.effects === '' ? one.constant : one.effects}`,
  );

const family: fc.Arbitrary<Family> = fc
  .record({
    panel: smallPanel,
    holes: fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 3 }),
    tilt: fc.constantFrom(1, 1, 1e-3, 1e-7),
    formulas: fc.array(formula, { minLength: 2, maxLength: 7 }),
    weights: fc.constantFrom(null, null, 'w'),
    vcov: fc.constantFrom(...vcovs),
    ssc: fc.constantFrom(...conventions),
  })
  .map(({ panel, holes, tilt, ...rest }) => {
    const x3 = panel.y.map((_, i) => Math.sin(1 + 3 * i) + 0.05 * panel.unit[i]);
    for (const hole of holes) x3[hole % x3.length] = Number.NaN;
    const { columns } = tableOf(panel);
    const table = columnTable({
      ...columns,
      x3: numberColumn(x3),
      x4: numberColumn(panel.x1.map((value, i) => value + tilt * Math.cos(2 + 5 * i))),
      sum: numberColumn(panel.x1.map((value, i) => value + panel.x2[i])),
      unitTrait: numberColumn(panel.unit.map((unit) => unit * unit)),
      w: numberColumn(panel.year.map((year, i) => 1 + ((year + 3 * panel.unit[i]) % 4))),
      y2: numberColumn(panel.y.map((value, i) => Math.exp(0.1 * value + 0.3 * Math.sin(7 * i)))),
    });
    return { table, ...rest };
  });

function inputsOf({ table, formulas, weights, vcov }: Family): readonly FitInput[] {
  return formulas.map((one, m) => ({ id: String(m + 1), formula: one, table, weights, vcovs: [vcov] }));
}

type Answer = { readonly result: ModelResult } | { readonly code: string; readonly detail: unknown };

function answerOf(action: () => ModelResult): Answer {
  try {
    return { result: action() };
  } catch (error) {
    if (isStudyError(error)) return { code: error.code, detail: error.detail };
    throw error;
  }
}

function close(actual: number | null, expected: number | null, tolerance: number, scale: number, what: string): void {
  if (expected === null || actual === null) {
    expect(actual, what).toBe(expected);
    return;
  }
  expect(Math.abs(actual - expected), `${what}: ${actual}, alone ${expected}`).toBeLessThanOrEqual(tolerance * scale);
}

/** What a warning says, its numbers to four digits. */
function rounded(warnings: ModelResult['warnings']): unknown {
  return JSON.parse(JSON.stringify(warnings), (_, value) => (typeof value === 'number' ? value.toPrecision(4) : value));
}

/** Every number of two results, and everything else to the letter. */
function expectSameResult(planned: ModelResult, alone: ModelResult): void {
  const { coef, r2, ssr, rmse, f, warnings, ...rest } = planned;
  const { vcov } = rest;
  const { coef: coefAlone, r2: r2Alone, ssr: ssrAlone, rmse: rmseAlone, f: fAlone, ...restAlone } = alone;
  expect({ ...rest, warnings: rounded(warnings) }).toEqual({ ...restAlone, warnings: rounded(restAlone.warnings) });
  if (!planned.vcov.type.startsWith('cluster')) {
    expect(f?.df).toEqual(fAlone?.df);
    close(f?.stat ?? null, fAlone?.stat ?? null, jointTolerance, Math.max(1, Math.abs(fAlone?.stat ?? 0)), 'F');
    close(f?.p ?? null, fAlone?.p ?? null, jointTolerance, 1, 'p of F');
  }
  close(ssr, ssrAlone, planTolerance, ssrAlone, 'ssr');
  close(rmse, rmseAlone, planTolerance, rmseAlone, 'rmse');
  for (const [name, value] of Object.entries(r2Alone)) {
    const tolerance = name.startsWith('xtreg_') ? correlationTolerance : planTolerance;
    close(r2[name as keyof typeof r2], value, tolerance, 1, name);
  }
  // A difference of covariances, made semidefinite by its eigenvectors, is as exact as its largest entry.
  const largest = vcov.by.length > 1 ? Math.max(...coefAlone.map((one) => one.se ?? 0)) : 0;
  expect(coef.map((one) => one.term)).toEqual(coefAlone.map((one) => one.term));
  coefAlone.forEach((own, j) => {
    const scale = Math.max(Math.abs(own.estimate), own.se ?? 0);
    close(coef[j].estimate, own.estimate, planTolerance, scale, own.term);
    close(coef[j].se, own.se, planTolerance, Math.max(scale, largest), `se of ${own.term}`);
    if (largest === 0) close(coef[j].p, own.p, tailTolerance, 1, `p of ${own.term}`);
  });
}

/** Sandwiches that vanish but for rounding (a cluster's scores sum to zero) have no digits to compare. */
function isVanishing(result: ModelResult): boolean {
  return result.coef.some((one) => one.se === null || one.se < 1e-6 * Math.max(1e-3, Math.abs(one.estimate)));
}

describe('models of one plan', () => {
  test('have the numbers, and the errors, that each has alone', () => {
    let solved = 0;
    let fallen = 0;
    fc.assert(
      fc.property(family, (drawn) => {
        const { vcov, ssc } = drawn;
        const inputs = inputsOf(drawn);
        const alone = inputs.map((input) => answerOf(() => summarizeModel(fitModel(input), { vcov, ssc })));
        const failing = alone.findIndex((answer) => 'code' in answer);
        const fitted = fitModels(failing < 0 ? inputs : inputs.slice(0, failing + 1), {
          explain: ({ groups }) => {
            solved += groups.reduce((sum, group) => sum + group.solves, 0);
            fallen += groups.reduce((sum, group) => sum + group.fallbacks.length, 0);
          },
        });
        for (const answer of alone.slice(0, failing < 0 ? alone.length : failing + 1)) {
          const planned = answerOf(() => summarizeModel(fitted.next().value as Fitted, { vcov, ssc }));
          if ('code' in answer) expect(planned).toEqual(answer);
          else if (!('result' in planned)) expect(planned).toEqual(answer);
          else if (!isVanishing(answer.result)) expectSameResult(planned.result, answer.result);
        }
        fitted.next();
      }),
      { numRuns: 200 },
    );
    expect(solved).toBeGreaterThan(100);
    expect(fallen).toBeGreaterThan(10);
  });
});
