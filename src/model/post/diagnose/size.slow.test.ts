import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { fitModel } from '../../estimate-formula.ts';
import { diagnosisOf } from './diagnosis.ts';

/** Panels of each simulation, the first of the 1,000 that docs/methods/model-checks.md records: KAYA_PANELS=1000 repeats those. */
const samples = Number(process.env.KAYA_PANELS ?? 200);
/** Three standard errors of a share of 0.05 in so many panels. */
const band = 3 * Math.sqrt((0.05 * 0.95) / samples);
const [units, periods] = [40, 12];

/** What the errors of the levels are made of. */
interface Errors {
  /** AR(1) coefficient. */
  readonly serial: number;
  /** How much the standard deviation of the last unit is above that of the first. */
  readonly spread: number;
  /** Weight of a factor that all units share in every period. */
  readonly common: number;
  /** Coefficient of x squared that the model leaves out. */
  readonly square: number;
}

const none: Errors = { serial: 0, spread: 0, common: 0, square: 0 };

/** Shares of samples in which each test rejects at 5 %: y = x + a_i + e, 40 units, 12 periods, fixed effects of units. */
function rates(stream: number, errors: Errors): Record<string, number> {
  const rejected: Record<string, number> = {};
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(53, stream, sample);
    const factor = Array.from({ length: periods }, () => random.normal());
    const columns: Record<'i' | 't' | 'x' | 'y', number[]> = { i: [], t: [], x: [], y: [] };
    for (let i = 0; i < units; i++) {
      const effect = random.normal();
      const size = 1 + (errors.spread * i) / (units - 1);
      let e = (random.normal() * size) / Math.sqrt(1 - errors.serial ** 2);
      for (let t = 0; t < periods; t++) {
        if (t > 0) e = errors.serial * e + random.normal() * size;
        const x = 0.5 * effect + random.normal();
        columns.i.push(i);
        columns.t.push(t);
        columns.x.push(x);
        columns.y.push(x + errors.square * x * x + effect + e + errors.common * factor[t]);
      }
    }
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const fitted = fitModel({ id: '1', formula: 'y ~ x | i', table, panel: { unit: 'i', time: 't' } });
    const asked = { checks: ['reset', 'serial', 'hetero', 'cd', 'lm'], power: 4 } as const;
    const made = diagnosisOf(fitted, asked, { vcov: 'iid', ssc: 'fixest' }, true);
    for (const { test, p } of made?.tests ?? []) {
      rejected[test] = (rejected[test] ?? 0) + (p !== null && p < 0.05 ? 1 / samples : 0);
    }
  }
  return rejected;
}

test('size at 5 % of the checks of a model with unit effects, and power beside it', () => {
  const size = rates(1, none);
  const power = {
    serial: rates(2, { ...none, serial: 0.2 }),
    spread: rates(3, { ...none, spread: 1 }),
    common: rates(4, { ...none, common: 0.3 }),
    square: rates(5, { ...none, square: 0.1 }),
  };
  process.stdout.write(`${JSON.stringify({ size, power })}\n`);
  for (const name of ['reset', 'wooldridge', 'wooldridge-within', 'cd', 'corrected-lm']) {
    expect(Math.abs(size[name] - 0.05), name).toBeLessThan(band);
  }
  // Few periods: the variance of a variance is too rough for the modified Wald test, and the plain LM is not centred.
  expect(size['modified-wald']).toBeGreaterThan(0.9);
  expect(size['scaled-lm']).toBeGreaterThan(0.25);
  expect(power.serial.wooldridge).toBeGreaterThan(0.5);
  expect(power.serial['wooldridge-within']).toBeGreaterThan(0.8);
  expect(power.common.cd).toBeGreaterThan(0.8);
  expect(power.square.reset).toBeGreaterThan(0.5);
});
