import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printRequest } from './print.ts';
import { readRequest } from './read.ts';
import type { RequestWords } from './schema.ts';

const name = fc.constantFrom('x', 'city', 'two words', 'a.b', '产出', 'x1', 'GDP_real');
const quoted = name.map((one) => (/^\w+$/.test(one) ? one : `\`${one}\``));
const formula = fc.constantFrom(
  'y ~ x',
  'y ~ x + l(z, 1:2) | city + year',
  'y ~ csw0(x, log(z)) | city^year[t]',
  'c(y, w) ~ i(year, x, ref = 2001) - 1',
  'y ~ `two words` | 0',
);
const withInstruments = fc.constantFrom('y ~ w | city | x ~ z + z2', 'y ~ 1 | 0 | x ~ z + l(z, 1)');
const vcov = fc.oneof(
  fc.constantFrom(
    'iid',
    'robust',
    'hc3',
    'vce(cluster firm)',
    'pcse:unit',
    'nw',
    'kiefer',
    'dk:2',
    'thompson:1,kernel=qs',
  ),
  fc.constantFrom('conley:500,kernel=bartlett,lag=2,coords=lat+lon', 'conley:0.5,pairs=all,coords=`la t`+lon'),
  quoted.map((one) => `cluster:${one}+year`),
  quoted.map((one) => `cr2:${one}`),
  quoted.map((one) => `ac:3,time=${one},kernel=parzen`),
  fc.constant('jackknife:city^year'),
);
const panel = fc.oneof(
  fc.constantFrom('city,year', 'id t 2 weeks'.split(' ').slice(0, 2).join(','), '`two words`,year,2 months'),
  fc.record(
    { unit: name, time: name, step: fc.constantFrom<string | number>('month', 5, '2 weeks') },
    { requiredKeys: ['unit', 'time'] },
  ),
);
const flag = fc.boolean();
const texts = fc.array(fc.constantFrom('x = 1', 'x = z, w', 'x + 2*z', 'x/z'), { minLength: 1, maxLength: 2 });

/** What any path takes. */
const inference = {
  panel,
  where: fc.constantFrom(
    ...['x > 0', "region = 'East'", 'region == "East" & !(x > 1e-3)', 'a in (1, 2) or not b'],
    ...["`two words` between date '2001-01-31' and '2002-01-01'", "名 like '%省' escape '!'", 'x %in% c(1, 2)'],
    ...['case when x is not null then x % 2 = 0 else try_cast(id as integer) < -1 end', 'inlist(x, 1, 2) | missing(y)'],
  ),
  vcov: fc.oneof(vcov, fc.array(vcov, { minLength: 1, maxLength: 3 })),
  ssc: fc.constantFrom('fixest', 'xtreg', 'adj=false,fixef_k=none'),
  singletons: fc.constantFrom('keep' as const, 'drop' as const),
};
const after = {
  test: fc.oneof(texts, fc.constant('x')),
  lincom: texts,
  nlcom: texts,
  equal: texts,
  re: flag,
  re_method: fc.constantFrom('xtreg' as const, 'swar' as const),
  hausman: flag,
  mundlak: flag,
  fixef: flag,
  predict: flag,
};
const regression = fc
  .record(
    {
      formula: fc.oneof(formula, fc.array(formula, { minLength: 1, maxLength: 2 })),
      split: name,
      weights: quoted,
      ...inference,
      ...after,
    },
    { requiredKeys: ['formula'] },
  )
  // Random effects take no weights.
  .map(({ weights, ...rest }) => {
    const isRandom = rest.re === true || rest.re_method !== undefined || rest.hausman === true || rest.mundlak === true;
    return weights === undefined || isRandom ? rest : { ...rest, weights };
  });
const instrumented = fc
  .record(
    {
      formula: withInstruments,
      estimator: fc.constantFrom('2sls', 'liml', 'fuller:1', 'KCLASS:0.5', 'gmm', 'cue'),
      orthog: fc.constantFrom('z', 'z, l(z,1)'),
      relax: fc.constantFrom('z:0.1', 'l(z, 1):2'),
      fsplit: name,
      explain: flag,
      ...inference,
    },
    { requiredKeys: ['formula'] },
  )
  // Its intervals are those of 2SLS.
  .map(({ relax, ...rest }) =>
    relax === undefined || (rest.estimator ?? '2sls') !== '2sls' ? rest : { ...rest, relax },
  );
const reconciled = fc.record(
  { formula, reconcile: fc.constant(true), ...inference, vcov },
  { requiredKeys: ['formula', 'reconcile'] },
);
/** Terms that no formula above has. */
const apart = quoted.map((one) => `exp(${one})`);
const threshold = fc
  .record(
    {
      regime: fc.oneof(
        apart,
        fc.constantFrom('exp(x), l(exp(w), 1)'),
        fc.uniqueArray(apart, { minLength: 1, maxLength: 2 }),
      ),
      by: fc.constantFrom('hc', 'l(hc, 1)'),
      thresholds: fc.integer({ min: 1, max: 3 }),
      boot: fc.integer({ min: 1, max: 999 }),
      trim: fc.constantFrom(0, 0.01, 0.25),
      grid: fc.constantFrom<'all' | number>('all', 100),
      level: fc.constantFrom(90, 99.5),
      seed: fc.nat(),
      scale: fc.constantFrom('hansen1999' as const, 'xthreg' as const, 'nt' as const),
      demean: fc.constantFrom('within' as const, 'hansen1999' as const),
      draw: fc.constantFrom('unit-block' as const, 'wild-webb' as const),
      residuals: fc.constantFrom('alternative' as const, 'null' as const),
      refine: fc.constantFrom('none' as const, 'once' as const),
      intercepts: flag,
      kink: flag,
      joint: flag,
      jump_test: flag,
      robust: fc.constantFrom('unit' as const, 'row' as const),
      robust_grid: fc.constantFrom<'all' | number>('all', 7),
      sensitivity: flag,
      shape_check: flag,
    },
    { requiredKeys: ['regime', 'by', 'robust'] },
  )
  // One threshold has none before it to be searched again.
  .map(({ refine, ...rest }) => (refine === undefined || (rest.thresholds ?? 1) < 2 ? rest : { ...rest, refine }));
const searched = fc.record(
  { formula, ...inference, panel, threshold },
  { requiredKeys: ['formula', 'panel', 'threshold'] },
);

describe('words of a request and its data', () => {
  test('what is printed reads to the same request, and JSON holds it', () => {
    fc.assert(
      fc.property(fc.oneof(regression, instrumented, reconciled, searched), (words) => {
        // Shapes of fast-check's records are those of the schema; optional keys are left out, never undefined.
        const request = readRequest(words as RequestWords);
        expect(readRequest(printRequest(request))).toStrictEqual(request);
        expect(JSON.parse(JSON.stringify(request))).toStrictEqual(request);
      }),
      { numRuns: 500 },
    );
  });
});
