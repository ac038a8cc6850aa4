import { expect, test } from 'vitest';
import { randomStream } from '../../../math/random/philox.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';

/** Panels of each simulation, the first of the 1,000 that docs/methods/randomisation.md records: KAYA_PANELS=1000 repeats those. */
const samples = Number(process.env.KAYA_PANELS ?? 300);
/** Three standard errors of a share of 0.05 in so many panels. */
const band = 3 * Math.sqrt((0.05 * 0.95) / samples);
const reps = 199;
const units = 16;
const years = 8;

/** y = b d + a_i + t_t + u: four of sixteen units treated from year 4 on, errors of a unit autocorrelated and larger in some units. */
function rejections(b: number): Record<string, number> {
  const counts: Record<string, number> = { CR1: 0, coefficient: 0, t: 0, rows: 0 };
  for (let sample = 0; sample < samples; sample++) {
    const random = randomStream(31, b === 0 ? 1 : 2, sample);
    const columns: Record<string, number[]> = { id: [], year: [], d: [], y: [] };
    for (let id = 0; id < units; id++) {
      const [level, scale] = [random.normal(), id % 4 === 3 ? 2 : 1];
      let u = random.normal();
      for (let year = 0; year < years; year++) {
        u = 0.7 * u + Math.sqrt(1 - 0.7 ** 2) * random.normal();
        const d = id < 4 && year >= 4 ? 1 : 0;
        columns.id.push(id);
        columns.year.push(year);
        columns.d.push(d);
        columns.y.push(b * d + level + year / 5 + scale * u);
      }
    }
    const table = columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
    const input = { formulas: ['y ~ d | id + year'], table, vcov: 'cluster:id' };
    const permute = { term: 'd', by: ['id'], within: null, reps, seed: sample };
    const [paths] = estimateAfter(input, { ...nothingAfter, permute }).models;
    const [rows] = estimateAfter(input, { ...nothingAfter, permute: { ...permute, by: null } }).models;
    if ((paths.coef[0].p ?? 1) <= 0.05) counts.CR1 += 1;
    if ((paths.permutation?.estimate.both.p_plus ?? 1) <= 0.05) counts.coefficient += 1;
    if ((paths.permutation?.t.both.p_plus ?? 1) <= 0.05) counts.t += 1;
    if ((rows.permutation?.estimate.both.p_plus ?? 1) <= 0.05) counts.rows += 1;
  }
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / samples]));
}

test('size at 5 % of four treated units with autocorrelated errors, and power beside it', () => {
  const size = rejections(0);
  const power = rejections(1);
  console.log(JSON.stringify({ size, power }));
  for (const kind of ['coefficient', 't']) {
    expect(Math.abs(size[kind] - 0.05)).toBeLessThan(band);
    expect(power[kind]).toBeGreaterThan(2 * size[kind]);
  }
  // Rows exchanged as if errors of a unit were unrelated reject far too often.
  expect(size.rows).toBeGreaterThan(0.2);
});
