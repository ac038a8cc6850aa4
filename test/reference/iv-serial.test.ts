import { describe, expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { readPlainCsv } from '../read-csv.ts';
import { expectClose } from '../tolerance.ts';
import { dataFile, hasReference, orSkipped } from './reference-folder.ts';

/** Stata's inverse of raw cross products; exper and its square are close to collinear with the instruments' projection. */
const stata = 1e-8;

/** An indefinite matrix of eight periods: ours has its negative eigenvalues set to 0 and says so, ivreg2 prints it as it is. */
const repair = 1e-3;

const controls = 'lwage ~ exper + expersq + married + union | 0 | hours ~ educ';
const over = `${controls} + black`;

/** Standard errors of hours, exper, expersq, married, union and the constant as ivreg2 4.1 prints them with full precision. */
const runs: readonly (readonly [call: string, formula: string, vcov: string, ssc: string, se: readonly number[]])[] = [
  [
    'kiefer',
    over,
    'kiefer',
    'ivreg2',
    [
      0.0033935235487926, 0.430028695939416, 0.0228167631366503, 0.5760448278341124, 0.3370999955347199,
      5.64117978439614,
    ],
  ],
  [
    'kiefer small',
    over,
    'kiefer',
    'fixest',
    [
      0.0033958609547973, 0.4303248929870058, 0.0228324789666413, 0.5764415985121973, 0.3373321847452604,
      5.645065340901646,
    ],
  ],
  [
    'kiefer, just identified',
    controls,
    'kiefer',
    'ivreg2',
    [
      0.0034218949579453, 0.4336606029742439, 0.0230087199872957, 0.5806790850381258, 0.3397675314680269,
      5.688196725662907,
    ],
  ],
  [
    'cluster(nr year) kernel(bar) bw(3)',
    over,
    'thompson:2',
    'ivreg2',
    [
      0.0029943272326819, 0.3760698759898876, 0.0199915787437882, 0.5124707090178191, 0.3047385839291155,
      4.958803611331566,
    ],
  ],
  [
    'cluster(nr year) kernel(bar) bw(3) small',
    over,
    'thompson:2',
    'fixest',
    [
      0.0032029079377669, 0.4022663848547323, 0.0213841645455768, 0.5481687117797303, 0.3259662533731153,
      5.304227031437581,
    ],
  ],
  [
    'cluster(nr year) kernel(parzen) bw(4)',
    over,
    'thompson:3,kernel=parzen',
    'ivreg2',
    [
      0.0029949250829693, 0.3762151144714343, 0.0200184159206521, 0.5131407325635896, 0.3050345670956575,
      4.960413744987067,
    ],
  ],
];

describe.skipIf(!hasReference)(`ivreg2 through time on the wage panel${orSkipped}`, () => {
  const table = hasReference ? readPlainCsv(dataFile('ivreg2_wagepan')) : null;
  const panel = { unit: 'nr', time: 'year' };
  const order = ['hours', 'exper', 'expersq', 'married', 'union', '(Intercept)'];

  test.each(runs)('%s (%s)', (call, formula, vcov, ssc, expected) => {
    const fitted = fitModel({ id: '1', formula, table: table!, panel, vcovs: [vcov] });
    const { coef, df_t, warnings } = summarizeModel(fitted, { vcov, ssc });
    const isRepaired = warnings.some(({ code }) => code === 'covariance-repaired');
    expect(isRepaired).toBe(call.includes('parzen'));
    expected.forEach((se, j) => {
      const own = coef.find(({ term }) => term === order[j])?.se;
      expectClose(own, se, isRepaired ? repair : stata, `${call} ${order[j]}`);
    });
    if (call.includes('bw(3) kernel(bar) small')) expect(df_t).toBe(7);
  });

  test('the test of overidentification with the Kiefer spread', () => {
    const fitted = fitModel({ id: '1', formula: over, table: table!, panel, vcovs: ['kiefer'] });
    const { iv } = summarizeModel(fitted, { vcov: 'kiefer', ssc: 'ivreg2' });
    expectClose(iv?.overid?.stat, 0.3340673832624228, stata, 'J');
  });
});
