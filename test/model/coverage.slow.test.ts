import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/math/random/philox.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';

/** A 95% interval from 1,500 samples covers within three standard errors of its rate: sqrt(0.05 * 0.95 / 1500) = 0.0056. */
const samples = 1500;
const threeErrors = 0.017;
/** Cluster t intervals with 40 clusters run a little short (Cameron and Miller 2015, section VI); about a point here. */
const clusterShortfall = 0.012;

const units = 40;
const years = 10;
const truth = 0.7;

/** A panel whose regressor and errors persist within units. */
function samplePanel(replicate: number, errors: 'independent' | 'heteroskedastic' | 'clustered') {
  const random = randomStream(20240801, replicate);
  const unit: number[] = [];
  const year: number[] = [];
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < units; i++) {
    const effect = random.normal();
    let persistentX = random.normal();
    let persistentU = random.normal();
    for (let t = 0; t < years; t++) {
      persistentX = 0.9 * persistentX + 0.45 * random.normal();
      persistentU = 0.9 * persistentU + 0.45 * random.normal();
      const fresh = random.normal();
      const xt = (errors === 'clustered' ? persistentX : random.normal()) + 0.5 * effect;
      const scale = errors === 'independent' ? 1 : 0.4 + xt * xt;
      unit.push(i);
      year.push(t);
      x.push(xt);
      y.push(truth * xt + effect + 0.1 * t + (errors === 'clustered' ? persistentU : fresh * scale));
    }
  }
  return columnTable({
    unit: numberColumn(unit),
    year: numberColumn(year),
    x: numberColumn(x),
    y: numberColumn(y),
  });
}

/** Share of samples whose interval holds the truth, for each covariance. */
function coverage(errors: Parameters<typeof samplePanel>[1], vcovs: readonly string[]): number[] {
  const hits = vcovs.map(() => 0);
  for (let replicate = 0; replicate < samples; replicate++) {
    const fitted = fitModel({ id: '1', formula: 'y ~ x | unit + year', table: samplePanel(replicate, errors) });
    vcovs.forEach((vcov, v) => {
      const [low, high] = summarizeModel(fitted, { vcov }).coef[0].ci95 ?? [Number.NaN, Number.NaN];
      if (low <= truth && truth <= high) hits[v] += 1;
    });
  }
  return hits.map((count) => count / samples);
}

describe('95% intervals cover', () => {
  test('iid, under independent errors of one size', () => {
    const [iid] = coverage('independent', ['iid']);
    expect(Math.abs(iid - 0.95)).toBeLessThan(threeErrors);
  });

  test('HC1, under errors whose size follows the regressor; iid does not', () => {
    const [hc1, iid] = coverage('heteroskedastic', ['hc1', 'iid']);
    expect(hc1).toBeGreaterThan(0.95 - threeErrors - clusterShortfall);
    expect(iid).toBeLessThan(0.9);
  });

  test('clusters, under errors that persist in units; HC1 does not', () => {
    const [cluster, hc1] = coverage('clustered', ['cluster:unit', 'hc1']);
    expect(Math.abs(cluster - 0.95)).toBeLessThan(threeErrors + clusterShortfall);
    expect(hc1).toBeLessThan(0.88);
  });
});
