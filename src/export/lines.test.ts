import { expect, test } from 'vitest';
import { readRequest } from '../model/request/read.ts';
import type { RequestWords } from '../model/request/schema.ts';
import { columnTable, numberColumn, textColumn } from '../table/column.ts';
import { programNames } from './catalog.ts';
import type { ProgramName } from './contract.ts';
import { linesElsewhere } from './model-lines.ts';

const numbers = (start: number, step = 1): number[] => Array.from({ length: 6 }, (_, i) => start + step * i);
const table = columnTable({
  firm: textColumn(['a', 'a', 'a', 'b', 'b', 'b']),
  year: numberColumn([2000, 2005, 2010, 2000, 2005, 2010]),
  'sales growth': numberColumn(numbers(3)),
  y: numberColumn(numbers(1)),
  x: numberColumn(numbers(2, 0.5)),
  z: numberColumn(numbers(5, -1)),
  size: numberColumn(numbers(10)),
});

const lines = (program: ProgramName, words: RequestWords): readonly string[] =>
  linesElsewhere([readRequest(words)], table, { program, file: 'firms.csv' });
/** The line of the estimation itself. */
const call = (program: ProgramName, words: RequestWords): string =>
  lines(program, words).find((line) => /feols\(|^(xi: )?\w*(reg|ivreg2|reghdfe)\w* /.test(line)) ?? '';

const basic: RequestWords = { formula: 'y ~ x + z | firm + year', vcov: 'cluster:firm', panel: 'firm,year' };

test('a model with fixed effects in the words of each program', () => {
  expect(call('stata', basic)).toBe('reghdfe y x z, absorb(id_of_firm year) vce(cluster id_of_firm) tolerance(1e-12)');
  expect(call('r', basic)).toBe(
    'm <- feols(y ~ x + z | firm + year, data = d, vcov = ~ firm, ssc = ssc(K.adj = TRUE, K.fixef = "nonnested", G.adj = TRUE, G.df = "min"), fixef.rm = "singleton")',
  );
  expect(call('python', basic)).toBe(
    'm = pf.feols("y ~ x + z | firm + year", d, vcov={"CRV1": "firm"}, ssc=pf.ssc(k_adj=True, k_fixef="nonnested", G_adj=True, G_df="min"), fixef_rm="singleton")',
  );
});

test.each([
  ['xtreg', 'cluster:firm', 'xtreg y x z i.year, fe vce(cluster id_of_firm)', '"nonnested"'],
  ['xtreg', 'iid', 'xtreg y x z i.year, fe', '"full"'],
  ['areg', 'cluster:firm', 'areg y x z i.year, absorb(id_of_firm) vce(cluster id_of_firm)', '"full"'],
  ['reghdfe', 'hc1', 'reghdfe y x z, absorb(id_of_firm year) vce(robust) tolerance(1e-12)', '"nonnested"'],
  [
    'plm',
    'cluster:firm',
    'reghdfe y x z, absorb(id_of_firm year) vce(cluster id_of_firm) keepsingletons tolerance(1e-12)',
    '"none"',
  ],
])('the convention %s under %s', (ssc, vcov, stata, counted) => {
  const words = { ...basic, ssc, vcov };
  expect(call('stata', words)).toBe(stata);
  expect(call('r', words)).toContain(`K.fixef = ${counted}`);
  expect(call('r', words)).toContain(ssc === 'reghdfe' ? 'fixef.rm = "singleton"' : 'fixef.rm = "none"');
  expect(call('python', words)).toContain(`k_fixef=${counted}`);
  expect(lines('r', words).join('\n')).toContain(`# convention ${ssc}:`);
});

test('terms: lags by time, logs, powers, products, dummies, awkward names', () => {
  const words = {
    formula: 'y ~ l(x, 1) + log(z) + I(x^2) + x:z + i(year) + `sales growth` | firm',
    panel: 'firm,year',
  };
  const stata = lines('stata', words);
  expect(stata).toContain('xtset id_of_firm year, delta(5)');
  expect(stata).toContain('generate double log_z = ln(z)');
  expect(stata.at(-1)).toBe(
    'reghdfe y L1.x log_z I_x_to_2 c.x#c.z i.year sales_growth, absorb(id_of_firm) tolerance(1e-12)',
  );
  const r = call('r', words);
  expect(r).toContain('y ~ l(x, 1) + log(z) + I(x^2) + x:z + i(year) + `sales growth` | firm');
  expect(r).toContain('panel.id = ~ firm + year, panel.time.step = 5');
  const python = lines('python', words);
  expect(python).toContain('d = d.rename(columns={"sales growth": "sales_growth"})');
  expect(python.find((line) => line.startsWith('d["l_x_1"]'))).toContain('d["year"] - 5');
  expect(call('python', words)).toContain('"y ~ l_x_1 + log_z + I_x_to_2 + x:z + i(year) + sales_growth | firm"');
});

test('rows that stand for several: weights of Stata, rows written out elsewhere', () => {
  const words = { ...basic, frequency: 'size' };
  expect(call('stata', words)).toContain('reghdfe y x z [fweight = size], absorb');
  expect(call('stata', { ...words, ssc: 'xtreg' })).not.toContain('xtreg ');
  const both = lines('stata', { ...words, weights: 'x' });
  expect(both).toEqual(expect.arrayContaining(['drop if size == 0', 'expand size']));
  expect(both.join('\n')).toContain('[aweight = x]');
  expect(lines('r', words)).toContain('d <- d[rep(seq_len(nrow(d)), ifelse(is.na(d$size), 0, d$size)), ]');
  expect(lines('python', words)).toContain(
    'd = d.loc[d.index.repeat(d["size"].fillna(0).astype(int))].reset_index(drop=True)',
  );
});

test('instruments', () => {
  const words: RequestWords = { formula: 'y ~ size | firm | x ~ z', panel: 'firm,year' };
  expect(call('stata', words)).toBe('ivreghdfe y size (x = z), absorb(id_of_firm)');
  expect(call('r', words)).toContain('feols(y ~ size | firm | x ~ z,');
  expect(call('python', words)).toContain('"y ~ size | firm | x ~ z"');
  expect(call('stata', { ...words, ssc: 'ivreg2' })).toBe('xi: ivreg2 y size i.id_of_firm (x = z), partial(_I*)');
  const liml = { ...words, estimator: 'liml' };
  expect(call('stata', liml)).toContain(' liml');
  expect(lines('r', liml).join('\n')).toContain('# not the same: fixest has no liml');
  expect(lines('python', liml).join('\n')).toContain('# not the same: pyfixest has no liml (linearmodels.iv.IVLIML');
});

test('instruments that pyfixest has not are those of linearmodels, where it has the estimator and the errors', () => {
  const plain: RequestWords = { formula: 'y ~ size | 0 | x ~ z + log(z)', panel: 'firm,year' };
  const fuller = lines('python', {
    ...plain,
    estimator: 'fuller:1',
    vcov: ['hc1', 'cluster:firm'],
    where: 'year > 2000',
  });
  expect(fuller).toContain('from linearmodels.iv import IVLIML');
  expect(fuller).not.toContain('import pyfixest as pf');
  expect(fuller.slice(-3)).toEqual([
    'm = IVLIML.from_formula("y ~ 1 + size + [x ~ z + log_z]", d, fuller=1)',
    'print(m.fit(cov_type="robust", debiased=True).summary)',
    'print(m.fit(cov_type="clustered", clusters=d[["firm"]], debiased=True).std_errors)',
  ]);
  expect(fuller).toContain('d = d[(d["year"] > 2000)]');
  const two = { ...plain, formula: 'y ~ 1 | 0 | x + size ~ z + year' };
  expect(lines('python', two).join('\n')).toContain('IV2SLS.from_formula("y ~ 1 + [x + size ~ z + year]", d)');
  for (const asked of [{ estimator: 'gmm' }, { estimator: 'liml', vcov: 'hc3' }, { estimator: 'liml', split: 'firm' }])
    expect(lines('python', { ...plain, ...asked }).join('\n')).toContain('# not the same: pyfixest has no');
  expect(lines('python', { ...plain, estimator: 'liml', wild: 'x', vcov: 'cluster:firm' }).at(-1)).toBe(
    '# not repeated here: the wild bootstrap (wild)',
  );
});

test('a condition keeps the same rows in each program', () => {
  const words = { ...basic, where: "firm = 'a' and year > 2000" };
  expect(call('stata', words)).toContain(' if firm == "a" & (year > 2000 & !missing(year)), ');
  expect(call('r', words)).toContain('data = subset(d, firm == "a" & year > 2000)');
  expect(lines('python', words)).toContain('d = d[(d["firm"] == "a") & (d["year"] > 2000)]');
});

/** Something that no program has, or not all: it is said by its name. */
const unlike: readonly (readonly [string, Partial<RequestWords>, readonly ProgramName[]])[] = [
  ['cr2:firm', { vcov: 'cr2:firm' }, ['stata', 'r', 'python']],
  ['pcse', { vcov: 'pcse' }, ['stata', 'r', 'python']],
  ['conley', { vcov: 'conley:100', coords: 'x,z' }, ['stata', 'python']],
  ['differences', { differences: 'x', split: 'firm' }, ['stata', 'r', 'python']],
  ['omitted', { omitted: 'x' }, ['stata', 'r', 'python']],
  ['curve', { curve: 'x' }, ['stata', 'r', 'python']],
  ['permut', { permute: 'x' }, ['stata', 'r', 'python']],
  ['leave_out', { leave_out: 'x' }, ['stata', 'r', 'python']],
  ['hausman', { hausman: true }, ['stata', 'r', 'python']],
  ['nlcom', { nlcom: 'x/z' }, ['r', 'python']],
  ['lincom', { lincom: 'x + z' }, ['python']],
  ['family', { adjust: 'holm' }, ['stata', 'r', 'python']],
  ['vif|diagnose', { diagnose: 'vif' }, ['stata', 'r', 'python']],
];

test.each(unlike)('%s is not passed over', (name, words, where) => {
  for (const program of where) {
    const comments = lines(program, { ...basic, ...words }).filter((line) => /^[#*] not/.test(line));
    expect(comments.join('\n'), program).toMatch(new RegExp(name));
  }
});

test('tests and the bootstrap after the fit', () => {
  const words = { ...basic, test: 'x = z', lincom: 'x + z', wild: 'x', reps: 999 };
  const stata = lines('stata', words);
  expect(stata).toContain('test (x = z)');
  expect(stata).toContain('lincom x + z');
  expect(stata).toContain('boottest x, reps(999) weighttype(rademacher) seed(1)');
  expect(lines('r', words).join('\n')).toContain(
    'fwildclusterboot::boottest(m, param = "x", clustid = c("firm"), B = 999',
  );
  expect(lines('python', words).join('\n')).toContain('m.wildboottest(param="x", reps=999');
});

test('a threshold model: xthreg, and the search written out', () => {
  const words: RequestWords = {
    formula: 'y ~ z | firm + year',
    panel: 'firm,year',
    threshold: { regime: 'x', by: 'size', boot: 300, trim: 0.05 },
  };
  expect(lines('stata', words).at(-1)).toBe(
    'xthreg y z i.year, rx(x) qx(size) thnum(1) trim(0.05) grid(400) bs(300) thlevel(95)',
  );
  expect(lines('r', words).join('\n')).toContain('feols(y ~ low + high + z | firm + year, data = d, notes = FALSE)');
  expect(lines('python', words).join('\n')).toContain('pf.feols("y ~ low + high + z | firm + year", split(g))');
  for (const program of programNames) expect(lines(program, words).join('\n')).toMatch(/^[#*] not/m);
});

test('several models share what stands before them', () => {
  const r = lines('r', { ...basic, formula: 'y ~ csw(x, z) | firm + year' });
  expect(r.filter((line) => line === 'library(fixest)')).toHaveLength(1);
  expect(r.filter((line) => line.startsWith('m <- feols('))).toHaveLength(2);
});

test('a name of a user never ends a comment', () => {
  const words = { ...basic, where: "firm <> 'a\nsystem(1)'" };
  for (const program of programNames) {
    expect(lines(program, words).filter((line) => /[\r\n]/.test(line))).toEqual([]);
  }
});
