import { describe, expect, test } from 'vitest';
import { formulaAdvice } from '../../../test/model/formula-advice.ts';
import { habitText } from '../../output/format/error-text/formula-habit.ts';

const columns = ['y', 'x', 'x1', 'z', 'z1', 'z2', 'd', 'id', 'year', 'region', 'treat', 'w'];

const advice = (text: string) => formulaAdvice(text, columns);

/** What is to be written, its settings as one line and what is lost. */
function carried(text: string): readonly [string | null, string, readonly string[]] {
  const { write, beside, lost = [], other } = advice(text);
  if (other !== undefined && other.kind !== 'threshold') return [null, `no ${other.name}`, lost];
  const settings = Object.entries(beside).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  return [write, settings.join(' '), lost];
}

type Row = [text: string, write: string | null, settings: string, lost?: readonly string[]];

describe('a pasted command keeps its model and its errors, or says what it lost', () => {
  test.each<Row>([
    ["RandomEffects.from_formula('y ~ 1 + x', df).fit()", 'y ~ x', 're panel=UNIT,TIME'],
    ["plm(y ~ x, data=d, model='fd')", 'd(y, 1) ~ d(x, 1)', 'ssc=plm panel=UNIT,TIME'],
    ["plm(y ~ log(x), d, model='fd', index=c('id','year'))", 'd(y, 1) ~ d(log(x), 1)', 'ssc=plm panel=id,year'],
    ["FirstDifferenceOLS.from_formula('y ~ x', df)", 'd(y, 1) ~ d(x, 1) - 1', 'ssc=linearmodels panel=UNIT,TIME'],
    ['feols(y ~ x | id, d, split = ~region)', 'y ~ x | id', 'split=region'],
    ['by region: reg y x', 'y ~ x', 'split=region'],
    ['bysort id: reg y x, r', 'y ~ x', 'split=id vcov=hc1'],
    ['feols(y ~ x | id, subset(d, year > 2012))', 'y ~ x | id', 'where=year > 2012'],
    ['feols(y ~ x | id, d[d$year > 2012, ])', 'y ~ x | id', 'where=year > 2012'],
    ['feols(y ~ x | id, data = d, subset = ~ year == 2012)', 'y ~ x | id', 'where=year = 2012'],
    ["smf.ols('y ~ x', data=df.query('year > 2012')).fit()", 'y ~ x', 'where=year > 2012'],
    ['ivregress 2sls y x (d = z1 z2), robust', 'y ~ x | 0 | d ~ z1 + z2', 'ssc=ivregress vcov=hc1'],
    ['ivreg2 y x (d = z1 z2), robust small', 'y ~ x | 0 | d ~ z1 + z2', 'ssc=ivreg2-small vcov=hc1'],
    ['ivreg2 y x (d = z), liml first', 'y ~ x | 0 | d ~ z', 'ssc=ivreg2 estimator=liml'],
    ['reg y x i.year, absorb(id) vce(cluster id)', 'y ~ x + i(year) | id', 'vcov=cluster:id ssc=areg'],
    ['reg y x [pw=w]', 'y ~ x', 'weights=w vcov=hc1'],
    ['reg y x [aw=w]', 'y ~ x', 'weights=w'],
    ['reg y x [pweight = w], vce(cluster id)', 'y ~ x', 'weights=w vcov=cluster:id'],
    ['reg y x [fw=w]', null, 'no [fw=w]'],
    ['reg y x [iweight=w]', null, 'no [iweight=w]'],
    ["lm_robust(y ~ x, d, clusters=id, se_type='CR2')", 'y ~ x', 'vcov=cr2:id'],
    ["lm_robust(y ~ x, d, clusters=id, se_type='stata')", 'y ~ x', 'vcov=cluster:id'],
    ['lm_robust(y ~ x, d)', 'y ~ x', 'vcov=hc2'],
    ['reg y x, vce(bootstrap)', 'y ~ x', '', ['vce(bootstrap)']],
    ['reg y x, level(90)', 'y ~ x', '', ['level(90)']],
    ['reghdfe y x, absorb(id year, savefe)', 'y ~ x | id + year', 'ssc=reghdfe', ['absorb(, savefe)']],
    ['ivreg(y ~ x | d | z1 + z2, data = df)', 'y ~ x | 0 | d ~ z1 + z2', ''],
    ['reg y x, vce(cluster id', 'y ~ x', '', ['vce(cluster id']],
    ['reg y x in 1/10 if z > 1, beta', 'y ~ x', 'where=z > 1', ['in 1/10', 'beta']],
    ["feols(y ~ x, d) |> summary(cluster='id')", 'y ~ x', 'vcov=cluster:id'],
    ['summary(feols(y ~ x | id, d), cluster = ~id)', 'y ~ x | id', 'vcov=cluster:id'],
    ['coeftest(lm(y ~ x, d), vcov = vcovHC)', 'y ~ x', 'vcov=hc3'],
    ["feols(y ~ x, d, vcov='NW', panel.id=~id+year)", 'y ~ x', 'vcov=nw panel=id,year'],
    ['feols(y ~ x, d, vcov = NW(2) ~ id + year)', 'y ~ x', 'vcov=nw:2 panel=id,year'],
    ['feols(y ~ l(x), panel(d, ~id+year))', 'y ~ l(x, 1)', 'panel=id,year'],
    ["smf.wls('y ~ x', data=df, weights=df.w).fit()", 'y ~ x', 'weights=w'],
    ["smf.wls('y ~ x', df, weights=df['w']).fit(cov_type='HC3').summary()", 'y ~ x', 'vcov=hc3 weights=w'],
    ['lm(y ~ x, data = d, weights = d$w)', 'y ~ x', 'weights=w'],
    [
      "smf.ols('y ~ x', df).fit(cov_type='HAC', cov_kwds={'maxlags': 3})",
      'y ~ x',
      '',
      ["cov_kwds = {'maxlags': 3}", "cov_type = 'HAC'"],
    ],
    ['feols(y ~ x, d, ssc = ssc(adj = FALSE), offset = ~z)', 'y ~ x', '', ['ssc = ssc(adj = FALSE)', 'offset = ~z']],
    [
      "PanelOLS.from_formula('y ~ x + EntityEffects', df).fit(cov_type='clustered', cluster_entity=True)",
      'y ~ x | UNIT',
      'vcov=cluster:UNIT ssc=linearmodels',
    ],
    ['xtreg y x', 'y ~ x', 're panel=UNIT,TIME'],
    ['bootstrap, reps(100): reg y x', 'y ~ x', '', ['bootstrap, reps(100):']],
    ['svy: reg y x', 'y ~ x', '', ['svy:']],
    ['areg y x, absorb(id) vce(jackknife)', 'y ~ x | id', 'ssc=areg', ['vce(jackknife)']],
    ['reghdfe y x, absorb(id) keepsingletons', 'y ~ x | id', 'ssc=reghdfe', ['keepsingletons']],
    ['glm(y ~ x, data = d, family = gaussian)', 'y ~ x', ''],
  ])('%s', (text, write, settings, lost = []) => {
    const [written, beside, left] = carried(text);
    expect(written).toBe(write);
    expect(beside.split(' ').sort()).toEqual(settings.split(' ').sort());
    expect([...left].sort()).toEqual([...lost].sort());
  });
});

describe('other commands are refused by name', () => {
  test.each([
    ['glm(treat ~ x, family = binomial)', 'glm'],
    ['glm(y ~ x, family = gaussian(link = "log"), data = d)', 'glm'],
    ['logit treat x', 'logit'],
    ['probit treat x, vce(robust)', 'probit'],
    ['poisson y x', 'poisson'],
    ['xtabond y x, lags(1)', 'xtabond'],
    ['ppmlhdfe y x, absorb(id)', 'ppmlhdfe'],
    ['xtpcse y x', 'xtpcse'],
    ['xtlogit treat x, fe', 'xtlogit'],
    ['csdid y x, ivar(id) time(year) gvar(treat)', 'csdid'],
    ['qui logit treat x', 'logit'],
    ['fepois(y ~ x | id, d)', 'fepois'],
    ['fixest::feglm(treat ~ x | id, d, family = "logit")', 'fixest::feglm'],
    ['lme4::lmer(y ~ x + (1 | id), d)', 'lme4::lmer'],
    ["smf.logit('treat ~ x', df).fit()", 'smf.logit'],
    ['pgmm(y ~ lag(y, 1) | lag(y, 2:9), d)', 'pgmm'],
    ['xtreg y x, pa', 'xtreg, pa'],
    ['plm(y ~ x, d, model = "ht")', 'plm, model = "ht"'],
  ])('%s', (text, name) => {
    const { other, write } = advice(text);
    expect(write).toBe(null);
    expect(other).toEqual({ name, kind: 'estimator' });
    expect(habitText(advice(text), 'en')).toContain(`Kaya has no ${name}; it estimates linear models`);
    expect(habitText(advice(text), 'zh')).toContain(`Kaya没有${name}`);
  });

  test.each([
    ['xtreg y x d, be', 'between estimator (xtreg, be)'],
    ['plm(y ~ x, d, model = "between")', 'between estimator (plm, model = "between")'],
    ["BetweenOLS.from_formula('y ~ x', df)", 'between estimator (BetweenOLS)'],
    ['sum y x', 'kaya describe'],
    ['xtsum y x', 'kaya describe'],
    ['gen lx = log(x)', 'gen is no model'],
    ['reg y x [fw=w]', 'no frequency or importance weights ([fw=w])'],
  ])('%s', (text, said) => {
    expect(advice(text).write).toBe(null);
    expect(habitText(advice(text), 'en')).toContain(said);
  });

  test('xthreg is the threshold model', () => {
    const found = advice('xthreg y d, rx(x) qx(w) thnum(1) bs(300)');
    expect(found).toMatchObject({ write: 'y ~ d | UNIT', lost: ['bs(300)'] });
    expect(found.beside).toEqual({ by: 'w', regime: 'x', panel: 'UNIT,TIME' });
    expect(habitText(found, 'en')).toContain('kaya threshold');
  });
});

test('what is lost is said in both languages', () => {
  const found = advice('reg y x, vce(bootstrap) level(90)');
  expect(habitText(found, 'en')).toContain('Write "y ~ x". Not carried over: vce(bootstrap); level(90).');
  expect(habitText(found, 'zh')).toContain('请写"y ~ x"。未能转换：vce(bootstrap)；level(90)。');
});

test('a formula of thousands of letters is not repeated', () => {
  const found = advice(`reg y ${Array.from({ length: 2000 }, (_, i) => `x${i}`).join(' ')}`);
  expect(found.write?.length).toBeGreaterThan(5000);
  expect(habitText(found, 'en').length).toBeLessThan(300);
  expect(habitText(found, 'zh').length).toBeLessThan(300);
});
