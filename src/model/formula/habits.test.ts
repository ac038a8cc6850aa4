import { describe, expect, test } from 'vitest';
import { formulaAdvice } from '../../../test/model/formula-advice.ts';
import { formulaHabits } from '../../error/formula-habit.ts';
import { isStudyError } from '../../error/study-error.ts';
import { planModels } from '../estimate-formula.ts';

const columns = [
  ...['y', 'x', 'x1', 'x2', 'z', 'z1', 'z2', 'd', 'd1', 'd2', 'id', 'year', 'firm', 'size', 'treat', 'post', 'f', 'w'],
  ...['two words', '人均产值', 'year.month', 'D.kept', 'i.kept', 'c.y.z'],
];

const understood = (text: string): string =>
  planModels(text, {}, { columns })
    .map((model) => model.text)
    .join(' ; ');

const advice = (text: string) => formulaAdvice(text, columns);

describe('understood as it is', () => {
  test.each([
    ['y ~ x + i.year', 'y ~ x + i(year)'],
    ['y ~ ib2010.year', 'y ~ i(year, ref = 2010)'],
    ['y ~ i2010.year', 'y ~ I(year == 2010)'],
    ['y ~ c.x#c.z', 'y ~ x:z'],
    ['y ~ c.x##c.z', 'y ~ x + z + x:z'],
    ['y ~ i.year#c.x', 'y ~ i(year):x'],
    ['y ~ i.f##c.x', 'y ~ i(f) + x + i(f):x'],
    ['y ~ i.f#i.year', 'y ~ i(f):i(year)'],
    ['y ~ 1.treat#1.post', 'y ~ I(treat == 1):I(post == 1)'],
    ['y ~ L.x + L2.x + F.x + D.x', 'y ~ l(x, 1) + l(x, 2) + f(x, 1) + d(x, 1)'],
    ['y ~ l.x + f2.x + d.x', 'y ~ l(x, 1) + f(x, 2) + d(x, 1)'],
    ['y ~ L(1/3).x + F(0/1).z + S(1/2).w', 'y ~ l(x, 1:3) + f(z, 0:1) + d(w, 1:2)'],
    ['D.y ~ LD.y + L2D.x + S12.x', 'd(y, 1) ~ l(d(y, 1), 1) + l(d(x, 1), 2) + d(x, 12)'],
    // The second difference, not the change over two periods.
    ['y ~ D2.x', 'y ~ d(d(x, 1), 1)'],
    ['y ~ L0.x + c.L.z + cL2.z', 'y ~ x + l(z, 1) + l(z, 2)'],
    ['log(L.y) ~ D.log(x) + I(L.x^2)', 'log(l(y, 1)) ~ d(log(x), 1) + I(l(x, 1)^2)'],
    ['y ~ x | i.id + i.year', 'y ~ x | id + year'],
    ['y ~ x | id#year + i.f#i.year', 'y ~ x | id^year + f^year'],
    ['y ~ x | i.id##c.year', 'y ~ x | id[year]'],
    ['y ~ x1 + (d = z1 z2)', 'y ~ x1 | 0 | d ~ z1 + z2'],
    ['y ~ factor(year) + as.factor(f)', 'y ~ i(year) + i(f)'],
    ['y ~ factor(f)*x', 'y ~ i(f) + x + i(f):x'],
    ['y ~ x | factor(id) + as.factor(year)', 'y ~ x | id + year'],
    ['y ~ x | id:year', 'y ~ x | id^year'],
    ['y ~ lag(x) + lag(z, 2) + lag(w, k = 3)', 'y ~ l(x, 1) + l(z, 2) + l(w, 3)'],
    ['y ~ lag(x, 0:2) + L(z, 1)', 'y ~ l(x, 0:2) + l(z, 1)'],
    ['y ~ lead(x) + diff(z) + diff(log(w), 2)', 'y ~ f(x, 1) + d(z, 1) + d(log(w), 2)'],
    ['y ~ x^2 + x ** 3', 'y ~ I(x^2) + I(x^3)'],
    ['y ~ ln(x) + np.log(z) + LOG(w) + np.log1p(d)', 'y ~ log(x) + log(z) + log(w) + log1p(d)'],
    ['y ~ log10(x) + np.square(z) + pow(w, 3)', 'y ~ I(log(x)/log(10)) + I(z^2) + I(w^3)'],
    ['y ~ I(pmax(x, z) - np.abs(w))', 'y ~ I(max(x, z) - abs(w))'],
    ['y ~ x | f | (d ~ z)', 'y ~ x | f | d ~ z'],
    ['y ~ x | f | (d1|d2 ~ z1+z2)', 'y ~ x | f | d1 + d2 ~ z1 + z2'],
    ['y ~ x | id | 0', 'y ~ x | id'],
    ['y ~ x | id | 0 | 0', 'y ~ x | id'],
    ['y ~ x | 0 | (d ~ z) | 0', 'y ~ x | 0 | d ~ z'],
    ['y ~ 1 + x + [d ~ z]', 'y ~ x | 0 | d ~ z'],
    ['y ~ C(year) + C(f, Treatment(2))', 'y ~ i(year) + i(f, ref = 2)'],
    ['y ~ C(f, Treatment(reference="east"))', 'y ~ i(f, ref = "east")'],
    ['y ~ Q("two words") + log(Q("two words"))', 'y ~ `two words` + log(`two words`)'],
    ['y ～ x ＋ z ｜ id ＋ year', 'y ~ x + z | id + year'],
    ['log（y） ～ l（x，１） ＋ i（year， ref＝2010）', 'log(y) ~ l(x, 1) + i(year, ref = 2010)'],
    ['y ~ x – 1', 'y ~ x - 1'],
    ['y ~ x − 1', 'y ~ x - 1'],
    ['y ~ I(x—z)', 'y ~ I(x - z)'],
    ['y ~ i(f, ref=“east”)', 'y ~ i(f, ref = "east")'],
    ['y\u00a0~\u3000x\u200b + z', 'y ~ x + z'],
    ['人均产值 ～ ln（x）', '人均产值 ~ log(x)'],
    // A column of that very name goes before.
    ['y ~ D.kept + i.kept + year.month + c.y.z', 'y ~ D.kept + i.kept + year.month + c.y.z'],
  ])('%s', (text, canonical) => {
    expect(understood(text)).toBe(canonical);
    expect(understood(canonical)).toBe(canonical);
  });

  test('effects of the panel where it is declared', () => {
    const known = { columns, panel: { unit: 'firm', time: 'year' } };
    expect(planModels('y ~ x + EntityEffects + TimeEffects', {}, known)[0].text).toBe('y ~ x | firm + year');
    expect(planModels('y ~ EntityEffects', {}, { columns: [...columns, 'EntityEffects'] })[0].effects).toEqual([]);
  });

  test('a name that is nearer to a column than to an operator stays a slip', () => {
    expect(understood('y ~ D.kep')).toBe('y ~ D.kep');
    expect(understood('y ~ i.yaer')).toBe('y ~ i.yaer');
  });
});

type Translated = [text: string, habit: string, write: string | null, beside?: Record<string, string>];

const translated: readonly Translated[] = [
  ['y x1 x2', 'variable-list', 'y ~ x1 + x2'],
  ['y x1 c.x2 i.year', 'variable-list', 'y ~ x1 + x2 + i(year)'],
  ['y x if x>1', 'variable-list', 'y ~ x', { where: 'x>1' }],
  ['reg y x1 x2', 'pasted-command', 'y ~ x1 + x2'],
  [
    'reg y x1, absorb(id year) vce(cluster id)',
    'pasted-command',
    'y ~ x1 | id + year',
    { vcov: 'cluster:id', ssc: 'areg' },
  ],
  ['regress y x1 if year>=2010 & f==2, r', 'pasted-command', 'y ~ x1', { where: 'year>=2010 and f=2', vcov: 'hc1' }],
  ['reg y x [aw=w], nocons', 'pasted-command', 'y ~ x - 1', { weights: 'w' }],
  ['qui reg y x, vce(hc3)', 'pasted-command', 'y ~ x', { vcov: 'hc3' }],
  [
    'reghdfe y x, a(id id#year) cluster(id year)',
    'pasted-command',
    'y ~ x | id + id^year',
    { vcov: 'cluster:id+year', ssc: 'reghdfe' },
  ],
  ['areg y x i.year, absorb(id)', 'pasted-command', 'y ~ x + i(year) | id', { ssc: 'areg' }],
  ['xtreg y x i.year, fe robust', 'pasted-command', 'y ~ x + i(year) | UNIT', { vcov: 'cluster:UNIT', ssc: 'xtreg' }],
  ['xtreg y x, re', 'pasted-command', 'y ~ x', { re: '', panel: 'UNIT,TIME' }],
  [
    'ivregress 2sls y x (d = z1 z2), vce(cluster id)',
    'pasted-command',
    'y ~ x | 0 | d ~ z1 + z2',
    { vcov: 'cluster:id', ssc: 'ivregress' },
  ],
  ['ivregress liml y (d = z)', 'pasted-command', 'y ~ 1 | 0 | d ~ z', { estimator: 'liml', ssc: 'ivregress' }],
  ['ivreghdfe y x (d = z), absorb(id)', 'pasted-command', 'y ~ x | id | d ~ z', { ssc: 'reghdfe' }],
  ['newey y x, lag(3)', 'pasted-command', 'y ~ x', { vcov: 'nw:3' }],
  ['xtset id year', 'pasted-command', null, { panel: 'id,year' }],
  ['y ~ x, robust', 'options-behind', 'y ~ x', { vcov: 'hc1' }],
  ['y ~ x, r', 'options-behind', 'y ~ x', { vcov: 'hc1' }],
  ['y ~ x, absorb(id) cluster(firm)', 'options-behind', 'y ~ x | id', { vcov: 'cluster:firm' }],
  ['y ~ x | id, vce(cluster id)', 'options-behind', 'y ~ x | id', { vcov: 'cluster:id' }],
  ['y ~ x | id, data = df, cluster = ~id + year', 'options-behind', 'y ~ x | id', { vcov: 'cluster:id+year' }],
  ['y ~ x if z > 1', 'options-behind', 'y ~ x', { where: 'z > 1' }],
  ['feols(y ~ x | id + year, data = d, cluster = ~id)', 'pasted-command', 'y ~ x | id + year', { vcov: 'cluster:id' }],
  ['m <- fixest::feols(y ~ x, d, vcov = "hetero")', 'pasted-command', 'y ~ x', { vcov: 'hc1' }],
  [
    'feols(y ~ x | id | d ~ z, d, vcov = cluster ~ id + year)',
    'pasted-command',
    'y ~ x | id | d ~ z',
    { vcov: 'cluster:id+year' },
  ],
  ['felm(y ~ x | id | 0 | firm, data = d)', 'pasted-command', 'y ~ x | id', { vcov: 'cluster:firm', ssc: 'reghdfe' }],
  ['lm(y ~ x + factor(year), data = d)', 'pasted-command', 'y ~ x + i(year)'],
  [
    'plm(y ~ x, data = d, index = c("id", "year"), effect = "twoways")',
    'pasted-command',
    'y ~ x | id + year',
    { ssc: 'plm' },
  ],
  ['plm(y ~ x, d, model = "random")', 'pasted-command', 'y ~ x', { re: '', panel: 'UNIT,TIME', 're-method': 'swar' }],
  ['ivreg(y ~ x + d | x + z, data = df)', 'pasted-command', 'y ~ x | 0 | d ~ z'],
  [
    'lm_robust(y ~ x, d, clusters = id, fixed_effects = ~ id + year)',
    'pasted-command',
    'y ~ x | id + year',
    // Its clusters are CR2 unless se_type says otherwise.
    { vcov: 'cr2:id' },
  ],
  ['smf.ols("y ~ x + C(year)", data=df).fit(cov_type="HC1")', 'pasted-command', 'y ~ x + i(year)', { vcov: 'hc1' }],
  [
    'smf.ols("y ~ x", df).fit(cov_type="cluster", cov_kwds={"groups": df["id"]})',
    'pasted-command',
    'y ~ x',
    { vcov: 'cluster:id' },
  ],
  [
    'PanelOLS.from_formula("y ~ x + EntityEffects + TimeEffects", df)',
    'pasted-command',
    'y ~ x | UNIT + TIME',
    { ssc: 'linearmodels' },
  ],
  ['pf.feols("y ~ x | id", data=df, vcov={"CRV1": "id"})', 'pasted-command', 'y ~ x | id', { vcov: 'cluster:id' }],
  ['y = x + z', 'equals-sign', 'y ~ x + z'],
  ['y <- x', 'equals-sign', 'y ~ x'],
  ['y ~ x1 x2', 'blank-between', 'y ~ x1 + x2'],
  ['y ~ x1 (d = z)', 'blank-between', 'y ~ x1 | 0 | d ~ z'],
  ['y ~ x1, x2', 'comma-between', 'y ~ x1 + x2'],
  ['y ～ x1， x2', 'comma-between', 'y ~ x1 + x2'],
  ['y ~ x | id, year', 'comma-between', 'y ~ x | id + year'],
  ['y ~ x | id year', 'blank-between', 'y ~ x | id + year'],
  ['y ~ x | id | year', 'effects-by-bars', 'y ~ x | id + year'],
  ['y ~ x || id', 'effects-by-bars', 'y ~ x | id'],
  ['y ~ x | id | 0 | firm', 'fourth-part', 'y ~ x | id', { vcov: 'cluster:firm' }],
  ['y ~ x | 0 | 0 | firm', 'fourth-part', 'y ~ x', { vcov: 'cluster:firm' }],
  ['y ~ x | id | (d ~ z) | firm + year', 'fourth-part', 'y ~ x | id | d ~ z', { vcov: 'cluster:firm+year' }],
  ['y ~ .', 'every-column', null],
  ['y ~ . | id', 'every-column', null],
  ['y ~ log(I(x/z))', 'brackets', 'y ~ log(x/z)'],
  ['y ~ exp(I((x - z)^2)) | id', 'brackets', 'y ~ exp((x - z)^2) | id'],
  ['y ~ poly(x, 3)', 'polynomial', 'y ~ x + I(x^2) + I(x^3)'],
  ['y ~ poly(log(x), 2, raw = TRUE)', 'polynomial', 'y ~ log(x) + I(log(x)^2)'],
  ['y ~ (x + z)^2', 'power-of-sum', 'y ~ x*z'],
  ['y ~ x/z', 'arithmetic', 'y ~ I(x/z)'],
  ['y ~ 2*x + z', 'arithmetic', 'y ~ I(2 * x) + z'],
  ['y ~ x > 1', 'arithmetic', 'y ~ I(x > 1)'],
  ['y ~ x %in% c(1, 2)', 'in-operator', 'y ~ I(max(x == 1, x == 2))'],
  ['y ~ x + offset(log(z))', 'offset', 'y - log(z) ~ x'],
  ['y ~ offset(z) + x | id', 'offset', 'y - z ~ x | id'],
  ['y ~ x + (1 | id)', 'random-effect', 'y ~ x', { re: '', panel: 'id,TIME' }],
  ['y ~ x + absorb(id year)', 'effects-as-term', 'y ~ x | id + year'],
  ['y ~ x + fe(id) + fe(year)', 'effects-as-term', 'y ~ x | id + year'],
  ['y ~ x + cluster(id)', 'cluster-as-term', 'y ~ x', { vcov: 'cluster:id' }],
  ['y ~ x + EntityEffects + TimeEffects', 'entity-effects', 'y ~ x | UNIT + TIME'],
  ['y ~ ib(last).year', 'base-level', 'y ~ i(year, ref = "BASE")'],
  ['y ~ ibn.year', 'base-level', null],
  ['y ~ relevel(factor(year), ref = "2010")', 'base-level', 'y ~ i(year, ref = 2010)'],
  ['y ~ x#z', 'hash-without-prefix', 'y ~ x:z'],
  ['y ~ treat##post', 'hash-without-prefix', 'y ~ treat*post'],
  ['y ~ L.(x z)', 'operator-of-list', 'y ~ L.x + L.z'],
  ['y ~ lag(x, -1)', 'sign-of-lag', 'y ~ f(x, 1)'],
  ['y ~ lead(x, -2)', 'sign-of-lag', 'y ~ l(x, 2)'],
  ['y ~ lag(x, c(1, 3))', 'lags-listed', 'y ~ l(x, 1) + l(x, 3)'],
  ['y ~ L(1 2 4).x', 'lags-listed', 'y ~ L1.x + L2.x + L4.x'],
  ['y ~ D(1/2).x', 'lags-listed', 'y ~ D1.x + D2.x'],
  ['y ~ x.shift(1)', 'shift', 'y ~ l(x, 1)'],
  ['y ~ ifelse(x > 1, 1, 0)', 'indicator', 'y ~ I(x > 1)'],
  ['y ~ scale(x)', 'standardized', 'y ~ x'],
  ['y ~ as.numeric(x)', 'as-number', 'y ~ x'],
  ['y ~ bs(x, 3)', 'spline', 'y ~ x + I(x^2)'],
  ['y ~ x | id[[year]]', 'slopes-alone', 'y ~ x | id[year]'],
  ['y ~ x | id#c.year', 'slopes-alone', 'y ~ x | id[year]'],
  ['y ~ x × z', 'times-sign', 'y ~ x:z'],
  ['y ~ (x + z)', 'brackets', 'y ~ x + z'],
  ['y ~ x + size | firm | x ~ z', 'endogenous-twice', 'y ~ size | firm | x ~ z'],
  ['y ~ x | 0 | x + d ~ z1 + z2', 'endogenous-twice', 'y ~ 1 | 0 | x + d ~ z1 + z2'],
];

describe('translated', () => {
  test.each(translated)('%s', (text, name, write, beside = {}) => {
    expect(advice(text)).toEqual({ name, write, beside });
    // What is to be typed instead is a formula itself.
    if (write !== null && !/UNIT|TIME/.test(write)) expect(understood(write)).not.toBe('');
  });

  test('the two parts of ivreg, told by fractions among the fixed effects', () => {
    const known = { columns, isFractional: (name: string) => name === 'x' };
    const read = (text: string) => () => planModels(text, {}, known);
    expect(read('y ~ x + d | x + z')).toThrow(
      expect.objectContaining({
        detail: expect.objectContaining({ habit: expect.objectContaining({ write: 'y ~ x | 0 | d ~ z' }) }),
      }),
    );
    expect(read('y ~ x | z + x')).toThrow(
      expect.objectContaining({
        detail: expect.objectContaining({ habit: expect.objectContaining({ name: 'instruments-as-effects' }) }),
      }),
    );
    expect(read('y ~ x + year | id + year')).not.toThrow();
  });

  test('every habit has an example', () => {
    // The commands refused by name stand in pasted.test.ts.
    const shown = new Set([...translated.map(([, habit]) => habit), 'instruments-as-effects', 'other-command']);
    expect([...shown].sort()).toEqual([...formulaHabits].sort());
  });
});

describe('slips stay slips', () => {
  test.each([
    'y ~ x +',
    'y ~ lgo(x)',
    'y ~~ x',
    'y ~ x | ',
    '~ x',
    'y',
    '',
    'y ~ x ]',
    'y ~ x | id | d ~ ',
    'y ~ log(x',
    // Dummies are no outcome, and only the columns tell them from a name.
    'i.year ~ x',
    'c(y, i.year) ~ x',
    'ib2010.year ~ x',
  ])('%s', (text) => {
    try {
      planModels(text, {}, { columns });
    } catch (error) {
      expect(isStudyError(error, 'formula-syntax') && error.detail.habit).toBe(undefined);
      return;
    }
    expect.unreachable(text);
  });
});
