import { describe, expect, test } from 'vitest';
import { estimate } from '../../src/model/estimate-formula.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose } from '../tolerance.ts';

interface Certified {
  readonly datasets: Record<
    string,
    { beta: { estimate: string; sd: string }[]; residual_sd: string; r_squared: string; anova: { residual_ss: string } }
  >;
}

/** NIST prints 15 digits. */
const certified = 2e-13;
const powers = (degree: number): string =>
  Array.from({ length: degree }, (_, k) => (k === 0 ? 'x' : `I(x^${k + 1})`)).join(' + ');

const models: Record<string, string> = {
  Longley: 'y ~ x1 + x2 + x3 + x4 + x5 + x6',
  NoInt1: 'y ~ x - 1',
  Norris: 'y ~ x',
  Pontius: `y ~ ${powers(2)}`,
  Wampler1: `y ~ ${powers(5)}`,
  Wampler3: `y ~ ${powers(5)}`,
};

const file = (name: string): URL => new URL(`nist/${name}`, import.meta.url);

describe('NIST StRD linear regression', () => {
  test.each(Object.entries(models))('%s to 13 digits', (name, formula) => {
    const reference = readJson<Certified>(file('reference.json')).datasets[name];
    const [result] = estimate({ formulas: [formula], table: readPlainCsv(file(`${name}.csv`)) });
    expect(result.coef).toHaveLength(reference.beta.length);
    result.coef.forEach(({ term, estimate: own, se }, j) => {
      expectClose(own, Number(reference.beta[j].estimate), certified, term);
      // Wampler1 fits exactly: certified standard errors are 0.
      if (Number(reference.beta[j].sd) === 0) expect(se).toBeLessThan(1e-12);
      else expectClose(se, Number(reference.beta[j].sd), certified, `se ${term}`);
    });
    expectClose(result.r2.overall, Number(reference.r_squared), certified, 'r2');
    if (Number(reference.residual_sd) > 0) {
      expectClose(result.rmse, Number(reference.residual_sd), certified, 'residual sd');
      expectClose(result.ssr, Number(reference.anova.residual_ss), certified, 'ssr');
    }
  });
});
