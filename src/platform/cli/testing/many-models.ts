/**
 * A study of a ready panel with a model of every kind that the exported scripts repeat: conventions, covariances, effects, lags,
 * functions, instruments, weights, parts of the sample, tests, a threshold.
 */
export const manyModels = `kaya: 1
id: many-models
title: { en: Models of many kinds, zh: 各类模型 }
data:
  panel: firms.csv
panel:
  unit: firm
  time: year
models:
  plain: { formula: y ~ x + z, vcov: [iid, hc0, hc1, hc2, hc3, cluster:firm], test: ["x = z", "x = 1, z = 0"], lincom: "x + 2*z - 1" }
  without: { formula: y ~ x + z - 1, vcov: [iid, hc1] }
  reghdfe: { formula: y ~ x + z | firm + year, vcov: [iid, hc1, cluster:firm, cluster:firm+year], ssc: reghdfe, lincom: x - z }
  fixest: { formula: y ~ x + z | firm + year, vcov: [iid, hc1, cluster:sector, cluster:firm+year], ssc: fixest }
  kept: { formula: y ~ x + z | firm + year, vcov: [iid, cluster:firm], ssc: fixest, singletons: keep }
  xtreg: { formula: y ~ x + z | firm + year, vcov: [iid, cluster:firm, cluster:sector], ssc: xtreg, test: x = z }
  areg: { formula: y ~ x + z | firm + year, vcov: [iid, hc1, cluster:firm], ssc: areg }
  nonnegative: { formula: y ~ x + z + w + v | firm, vcov: ["cluster:sector+year"], ssc: xtreg, test: x = z }
  nonnegative_slopes: { formula: y ~ x + z + w + v | firm, vcov: ["cluster:sector+year"], ssc: fixest }
  nonnegative_units: { formula: y ~ x + z + w + v | firm, vcov: ["cluster:sector+year"], ssc: repair=units }
  nonnegative_plain: { formula: y ~ x + z + w + v + q + size, vcov: ["cluster:sector+year"] }
  plm: { formula: y ~ x + z | firm, vcov: [iid, hc1, cluster:firm], ssc: plm }
  linearmodels: { formula: y ~ x + z | firm + year, vcov: [iid, hc1, cluster:firm], ssc: linearmodels }
  none: { formula: y ~ x + z | firm + year, vcov: [iid, cluster:firm], ssc: none }
  custom: { formula: y ~ x + z | firm + year, vcov: [iid, "cluster:firm+year"], ssc: "fixef_k=full,cluster_df=conventional" }
  three: { formula: y ~ x | firm + year + sector^year, vcov: [iid, cluster:firm], ssc: xtreg }
  joined: { formula: y ~ x | firm + sector^year, vcov: [iid, cluster:sector^year] }
  terms: { formula: "y ~ log(size) + I(x^2) + x:z + l(x, 1:2) + d(z) + max(x, z) + abs(x) | firm", vcov: [cluster:firm, iid] }
  dummies: { formula: "y ~ x + i(sector) + i(sector, z)", vcov: [hc1] }
  groups: { formula: "y ~ x + mean(x, firm) + sd(z, year) + count(x, sector)", vcov: [hc1] }
  ends: { formula: "winsor(y, 5, 95) ~ winsor7(x, 10, 90) + winsor(z, 2, 98, year) | year", vcov: [iid, hc1] }
  odd: { formula: "y ~ \`net sales\` + 规模 | firm", vcov: [cluster:firm] }
  weighted: { formula: y ~ x + z | firm + year, weights: size, vcov: [iid, hc1, cluster:firm] }
  weighted_stata: { formula: y ~ x + z | firm, weights: size, vcov: [iid, cluster:firm], ssc: xtreg }
  iv: { formula: y ~ z | firm + year | x ~ w, vcov: [iid, cluster:firm], ssc: ivreg2 }
  over: { formula: y ~ z | firm | x ~ w + v, vcov: [iid, cluster:firm] }
  nested: { formula: y ~ z | firm + year | x ~ w, vcov: [cluster:firm], ssc: reghdfe }
  two: { formula: y ~ 1 | firm | x + z ~ w + v, vcov: [iid] }
  parts:
    formula: y ~ x | firm + year
    vcov: [cluster:firm]
    samples:
      - { where: "sector in ('s1', 's2') and year >= 2003", label: One }
      - { where: "not (sector = 's1') or x > 0.5", label: Two }
  split: { formula: y ~ x | firm, split: sector, vcov: [iid] }
  threshold: { formula: y ~ z | firm + year, threshold: { regime: x, by: q, boot: 0, trim: 0.05 }, vcov: [cluster:firm, iid], ssc: xtreg }
  double: { formula: y ~ z | firm + year, threshold: { regime: x, by: q, boot: 0, trim: 0.1, thresholds: 2 } }
  beyond: { formula: y ~ x + z | firm, vcov: [cluster:firm, cr2:firm, nw] }
tables:
  - { id: s, kind: summary, title: Statistics, variables: [y, x, size, "net sales"], statistics: [obs, missing, mean, sd, min, p1, p25, median, p75, p99, max, within_sd, between_sd] }
  - { id: r, kind: summary, title: By R, variables: [y, x], statistics: [p25, median, p75], quantiles: r7, where: year > 2001 }
  - id: models
    kind: regression
    title: Models
    models: [plain, without, reghdfe, fixest, kept, xtreg, areg, nonnegative, nonnegative_slopes, nonnegative_units, nonnegative_plain, plm, linearmodels, none, custom, three, joined, terms, dummies, groups, ends, odd, weighted, weighted_stata, parts, split, threshold, double, beyond]
  - { id: instruments, kind: regression, title: Instruments, models: [iv, over, nested, two], first_stages: true }
`;

/** Its data: 80 firms over 9 years with gaps, missing cells, firms of one row, and names that programs quote. */
export function manyModelsData(): string {
  let state = 20_240_601;
  const draw = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  const rows = ['firm,year,sector,y,x,z,w,v,q,size,net sales,规模'];
  for (let f = 1; f <= 80; f++) {
    const level = draw();
    const years = f > 76 ? 1 : 9;
    for (let t = 0; t < years; t++) {
      const [w, v, z, q, e] = [draw(), draw(), draw() + level / 3, draw() + level / 2, draw()];
      const x = 0.8 * w + 0.5 * v + 0.4 * e + level;
      const y = 0.5 * x + (q > 0.1 ? 0.7 : 0) * x - 0.3 * z + level + 0.1 * t + e;
      const size = 20 + 60 * (draw() + 0.5);
      if ((f * 7 + t * 3) % 23 === 0) continue;
      const cell = (value: number, k: number): string => ((f * 5 + t * 11 + k) % 67 === 0 ? '' : String(value));
      const texts = [`F${String(f).padStart(3, '0')}`, 2001 + t, `s${(f % 4) + 1}`];
      rows.push([...texts, cell(y, 0), cell(x, 9), z, w, v, q, size, Math.exp(draw()), draw()].join(','));
    }
  }
  return `${rows.join('\n')}\n`;
}
