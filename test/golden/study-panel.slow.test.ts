import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelResult } from '../../src/model/result/result.ts';
import { repository } from '../architecture/planted.ts';
import { mainFile } from '../e2e/kaya.ts';

/*
 * The main job at full scale, then one regression on its panel.csv against least squares with explicit dummies in R
 * (study-panel/make.R; expected.json is its output for the default seed).
 */
const expected = JSON.parse(readFileSync(new URL('study-panel/expected.json', import.meta.url), 'utf8'));
/** Both sides solve with QR on 5,149 rows; a logarithm may differ in its last bit between machines. */
const tolerance = 1e-9;

let home: string;
let panel: string;

function kaya(...args: string[]): string {
  const done = spawnSync(process.execPath, [mainFile, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

function regression(...options: string[]): ModelResult {
  return (JSON.parse(kaya('reg', panel, expected.formula, ...options, '--json')) as { models: ModelResult[] })
    .models[0];
}

function expectNear(obtained: number | null | undefined, wanted: number, name: string): void {
  expect(Math.abs((obtained ?? Number.NaN) / wanted - 1), name).toBeLessThan(tolerance);
}

describe('baseline of the study against R', () => {
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'kaya golden 面板-'));
    const study = join(home, 'study');
    cpSync(join(repository, 'studies/ai-carbon-productivity'), study, {
      recursive: true,
      filter: (path) => !path.endsWith('/raw'),
    });
    kaya('study', 'run', study, '--out', join(home, 'out'));
    panel = join(home, 'out', 'panel.csv');
  }, 300_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it.each([
    ['iid', 'iid', 'se_iid'],
    ['HC1', 'hc1', 'se_hc1'],
    ['clustered by city', 'cluster:city', 'se_cluster_nested'],
  ])('gives coefficients and %s errors', (_, vcov, key) => {
    const model = regression('--vcov', vcov);
    expect(model.nobs).toBe(expected.nobs);
    for (const { term, estimate, se } of model.coef) {
      expectNear(estimate, expected.coef[term], `coefficient of ${term}`);
      expectNear(se, expected[key][term], `error of ${term}`);
    }
  });

  it("gives xtreg's constant and within R2", () => {
    const model = regression('--ssc', 'xtreg');
    const constant = model.coef.find(({ term }) => term === '(Intercept)');
    expectNear(constant?.estimate, expected.constant_xtreg, 'constant');
    expectNear(constant?.se, expected.se_constant_xtreg, 'error of the constant');
    expectNear(model.r2.xtreg_within, expected.r2_xtreg_within, 'R2');
  });
});
