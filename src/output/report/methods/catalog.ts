import { methodsEn } from '../../format/methods/en.ts';
import { methodsZh } from '../../format/methods/zh.ts';
import type { Label } from '../../table/contract.ts';

/** What a report can have used. */
export type MethodId = keyof typeof methodsEn;

/** What a method computes, as a report and docs/methods/formulas.md say it. */
export interface DescribedMethod {
  readonly id: string;
  readonly title: Label;
  /** In the notation of `formula-markup.ts`; empty where there is none. */
  readonly formula: string;
  /** What the signs are, and what convention is followed. */
  readonly text: Label;
  readonly source: string;
}

/** Formula and source of each, in the order of a methods section: estimators, covariances, conventions, tests. */
const catalog: Readonly<Record<MethodId, readonly [formula: string, source: string]>> = {
  ols: ['b = (X′X)^{-1} X′y', 'Greene (2018), Econometric Analysis, ch. 3'],
  fe: [
    'b = (\\tilde{X}′\\tilde{X})^{-1} \\tilde{X}′\\tilde{y}',
    'Frisch and Waugh (1933), Econometrica 1; Lovell (1963), JASA 58',
  ],
  '2sls': [
    'b = (\\hat{X}′\\hat{X})^{-1} \\hat{X}′y, \\hat{X} = Z(Z′Z)^{-1}Z′X',
    'Theil (1953); Basmann (1957), Econometrica 25',
  ],
  liml: [
    'b = H^{-1}((1-k)X + k\\hat{X})′y, H = (1-k)X′X + k\\hat{X}′\\hat{X}, k = λ',
    'Anderson and Rubin (1949), Ann. Math. Stat. 20',
  ],
  fuller: ['k = λ - \\frac{a}{N - L}', 'Fuller (1977), Econometrica 45'],
  kclass: ['b = H^{-1}((1-k)X + k\\hat{X})′y', 'Nagar (1959), Econometrica 27'],
  gmm: ['b = (X′Z S^{-1} Z′X)^{-1} X′Z S^{-1} Z′y', 'Hansen (1982), Econometrica 50'],
  cue: ['b = "argmin" g(b)′S(b)^{-1}g(b)', 'Hansen, Heaton and Yaron (1996), JBES 14'],
  threshold: [
    'y_{it} = μ_{i} + x_{it}′b + z_{it}′δ_{1} 1(q_{it} ≤ γ) + z_{it}′δ_{2} 1(q_{it} > γ) + e_{it}, \\hat{γ} = "argmin" S_{1}(γ)',
    'Hansen (1999), J. Econometrics 93',
  ],
  event: [
    'y_{it} = μ_{i} + λ_{t} + ∑_{l ≠ -1} β_{l} 1(t - g_{i} = l) + e_{it}',
    'Sun and Abraham (2021), J. Econometrics 225',
  ],
  random_effects: [
    'y_{it} - θ_{i}\\bar{y}_{i} = (x_{it} - θ_{i}\\bar{x}_{i})′b + v_{it}',
    'Fuller and Battese (1974), J. Econometrics 2',
  ],
  vcov_iid: ['V = s^{2}(\\tilde{X}′\\tilde{X})^{-1}, s^{2} = \\frac{u′u}{N - K}', 'Greene (2018), ch. 4'],
  vcov_hc0: ['V = (X′X)^{-1}(∑_{i} u_{i}^{2} x_{i}x_{i}′)(X′X)^{-1}', 'White (1980), Econometrica 48'],
  vcov_hc1: [
    'V = \\frac{N}{N - K}(X′X)^{-1}(∑_{i} u_{i}^{2} x_{i}x_{i}′)(X′X)^{-1}',
    'White (1980), Econometrica 48; MacKinnon and White (1985), J. Econometrics 29',
  ],
  vcov_hc2: [
    'V = (X′X)^{-1}(∑_{i} \\frac{u_{i}^{2}}{1 - h_{i}} x_{i}x_{i}′)(X′X)^{-1}',
    'MacKinnon and White (1985), J. Econometrics 29',
  ],
  vcov_hc3: [
    'V = (X′X)^{-1}(∑_{i} \\frac{u_{i}^{2}}{(1 - h_{i})^{2}} x_{i}x_{i}′)(X′X)^{-1}',
    'MacKinnon and White (1985), J. Econometrics 29',
  ],
  vcov_cluster: [
    'V = c(X′X)^{-1}(∑_{g} X_{g}′u_{g}u_{g}′X_{g})(X′X)^{-1}',
    'Liang and Zeger (1986), Biometrika 73; Cameron, Gelbach and Miller (2011), JBES 29',
  ],
  vcov_cr2: [
    'V = (X′X)^{-1}(∑_{g} X_{g}′A_{g}u_{g}u_{g}′A_{g}X_{g})(X′X)^{-1}, A_{g} = (I - H_{gg})^{-1/2}',
    'Bell and McCaffrey (2002), Survey Methodology 28; Pustejovsky and Tipton (2018), JBES 36',
  ],
  vcov_cr3: [
    'V = \\frac{G-1}{G}(X′X)^{-1}(∑_{g} X_{g}′A_{g}u_{g}u_{g}′A_{g}X_{g})(X′X)^{-1}, A_{g} = (I - H_{gg})^{-1}',
    'Bell and McCaffrey (2002); MacKinnon, Nielsen and Webb (2023), J. Applied Econometrics 38',
  ],
  vcov_jackknife: [
    'V = \\frac{G-1}{G}∑_{g} (b_{(g)} - \\bar{b})(b_{(g)} - \\bar{b})′',
    'MacKinnon, Nielsen and Webb (2023), J. Applied Econometrics 38, CV3J',
  ],
  vcov_nw: [
    'M = ∑_{|t - s| ≤ L} (1 - \\frac{|t - s|}{L + 1}) u_{it}u_{is} x_{it}x_{is}′',
    'Newey and West (1987), Econometrica 55',
  ],
  vcov_dk: [
    'M = ∑_{|t - s| ≤ L} (1 - \\frac{|t - s|}{L + 1}) h_{t}h_{s}′, h_{t} = ∑_{i} u_{it}x_{it}',
    'Driscoll and Kraay (1998), REStat 80; Hoechle (2007), Stata Journal 7',
  ],
  vcov_thompson: [
    'V = V_{i} + V_{t} - V_{it} + ∑_{l}(V_{t,l} - V_{it,l})',
    'Thompson (2011), J. Financial Economics 99',
  ],
  vcov_ac: [
    'M = ∑_{|t - s| ≤ L} (1 - \\frac{|t - s|}{L + 1}) s_{|t-s|} x_{it}x_{is}′',
    'Baum, Schaffer and Stillman (2007), Stata Journal 7',
  ],
  vcov_kiefer: ['M = ∑_{i}∑_{t,s} s_{|t-s|} x_{it}x_{is}′', 'Kiefer (1980), J. Econometrics 14'],
  vcov_white2: [
    'M = ∑_{g} \\frac{u_{g}′u_{g}}{n_{g}} X_{g}′X_{g}',
    'White (1984), Asymptotic Theory for Econometricians',
  ],
  vcov_pcse: [
    'M = ∑_{t} X_{t}′\\hat{Σ}X_{t}, \\hat{Σ}_{ij} = \\frac{1}{T}∑_{t} u_{it}u_{jt}',
    'Beck and Katz (1995), APSR 89',
  ],
  vcov_conley: ['M = ∑_{t}∑_{d_{ij} ≤ D} k(d_{ij}) u_{it}u_{jt} x_{it}x_{jt}′', 'Conley (1999), J. Econometrics 92'],
  ssc_fixest: ['c = \\frac{N-1}{N-K}·\\frac{G}{G-1}, t ~ t(G-1)', 'Bergé (2018), fixest'],
  ssc_reghdfe: ['c = \\frac{N-1}{N-K}·\\frac{G}{G-1}, t ~ t(G-1)', 'Correia (2017), reghdfe'],
  ssc_xtreg: [
    'c = \\frac{N-1}{N-K}·\\frac{G}{G-1}, s^{2} = \\frac{u′u}{N-K}, t ~ t(G-1)',
    'Stata, xtreg, fe, Methods and formulas',
  ],
  ssc_areg: ['c = \\frac{N-1}{N-K}·\\frac{G}{G-1}, t ~ t(G-1)', 'Stata, areg, Methods and formulas'],
  ssc_plm: ['c = \\frac{N-1}{N-k}·\\frac{G}{G-1}', 'Millo (2017), J. Statistical Software 82'],
  ssc_linearmodels: ['c = \\frac{N}{N-K}', 'Sheppard, linearmodels'],
  ssc_ivreg2: ['s^{2} = \\frac{u′u}{N}, c = 1, z ~ N(0, 1)', 'Baum, Schaffer and Stillman (2007), Stata Journal 7'],
  'ssc_ivreg2-small': [
    's^{2} = \\frac{u′u}{N-K}, c = \\frac{N-1}{N-K}·\\frac{G}{G-1}',
    'Baum, Schaffer and Stillman (2007), Stata Journal 7',
  ],
  ssc_ivregress: ['s^{2} = \\frac{u′u}{N}, c = 1, z ~ N(0, 1)', 'Stata, ivregress, Methods and formulas'],
  'ssc_ivregress-small': [
    's^{2} = \\frac{u′u}{N-K}, c = \\frac{N-1}{N-K}·\\frac{G}{G-1}',
    'Stata, ivregress, Methods and formulas',
  ],
  ssc_none: ['c = 1', 'Bergé (2018), fixest'],
  ssc_custom: ['', 'Bergé (2018), fixest, ssc()'],
  iv_tests: [
    'F = \\frac{r^{2}}{1 - r^{2}}·\\frac{N - L}{L_{1}}, J = g′S^{-1}g, AR = \\frac{e_{0}′P_{Z}e_{0}/L_{1}}{e_{0}′M_{Z}e_{0}/(N - L)}',
    'Kleibergen and Paap (2006), J. Econometrics 133; Stock and Yogo (2005); Anderson and Rubin (1949)',
  ],
  threshold_test: [
    'F = c\\frac{S_{0} - S_{1}(\\hat{γ})}{S_{1}(\\hat{γ})}, LR(γ) = c\\frac{S_{1}(γ) - S_{1}(\\hat{γ})}{S_{1}(\\hat{γ})} ≤ -2 "ln"(1 - \\sqrt{1 - α})',
    'Hansen (1999), J. Econometrics 93',
  ],
  wald: ['W = (Rb - r)′(RVR′)^{-1}(Rb - r), F = W/q', 'Greene (2018), ch. 5'],
  combination: ['"se"(g(b)) = \\sqrt{∇g′V∇g}', 'Greene (2018), ch. 4, delta method'],
  wild: [
    'y^{*} = X\\tilde{b} + w_{g}\\tilde{u}_{g}, P = \\frac{1}{B}∑_{j} 1(|t_{j}^{*}| > |t|)',
    'Cameron, Gelbach and Miller (2008), REStat 90; MacKinnon, Nielsen and Webb (2023), J. Applied Econometrics 38',
  ],
  clusters: [
    'G^{*} = \\frac{G}{1 + Γ}, b_{(g)} = b - (X′X - X_{g}′X_{g})^{-1}X_{g}′u_{g}',
    'Carter, Schnepel and Steigerwald (2017), REStat 99, eq. 9; MacKinnon, Nielsen and Webb (2023), Stata Journal 23, eq. 4, 8, 9',
  ],
  omitted: [
    'δ(β) = \\frac{ντ(V + 2νc + ν^{2}m)}{(E + ν^{2}τ)(c + νm)}, RV = \\frac{1}{2}(\\sqrt{f^{4} + 4f^{2}} - f^{2})',
    'Oster (2019), JBES 37, prop. 3; Cinelli and Hazlett (2020), JRSS B 82',
  ],
  added_variable: [
    '\\tilde{y} = M y, \\tilde{x} = M x, b = \\frac{\\tilde{x}′\\tilde{y}}{\\tilde{x}′\\tilde{x}}',
    'Frisch and Waugh (1933), Econometrica 1',
  ],
  leave_out: [
    'b_{(g)} = b - (X′X - X_{g}′X_{g})^{-1}X_{g}′u_{g}',
    'MacKinnon, Nielsen and Webb (2023), Stata Journal 23, eq. 4',
  ],
  dfbeta: [
    '"DFBETAS" = \\frac{b - b_{(i)}}{s_{(i)}\\sqrt{(X′X)_{jj}^{-1}}}',
    'Belsley, Kuh and Welsch (1980), eq. 2.1 and 2.7',
  ],
  curve: ['', 'Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4'],
  permutation: [
    'b^{*} = \\frac{d^{*}′My}{d^{*}′Md^{*}}, P = \\frac{1 + #(|b^{*}| ≥ |b|)}{1 + B}',
    'Fisher (1935); Phipson and Smyth (2010)',
  ],
  placebo: ['P = \\frac{1 + #(|b^{*}| ≥ |b|)}{1 + B}', 'Phipson and Smyth (2010)'],
  mediation: [
    'm = a x + …, y = c′x + b m + …, c = c′ + ab, "se"(ab) = \\sqrt{a^{2}s_{b}^{2} + b^{2}s_{a}^{2}}',
    'Baron and Kenny (1986); Sobel (1982); Imai, Keele and Yamamoto (2010), Statistical Science 25, theorem 4',
  ],
  margins: [
    '\\frac{∂y}{∂x} = b_{x} + b_{xm}m',
    'Bauer and Curran (2005); Hainmueller, Mummolo and Xu (2019), Political Analysis 27',
  ],
  differences: [
    'D = b_{1} - b_{2}, P = \\frac{1 + #(|D^{*}| ≥ |D|)}{1 + B}',
    'Chow (1960), Econometrica 28; Weesie (1999); Phipson and Smyth (2010)',
  ],
  equality: ['W = (Rb)′(RVR′)^{-1}(Rb)', 'Weesie (1999), Stata Technical Bulletin 52'],
  variants: ['D = b_{j} - b_{0}', 'Weesie (1999), Stata Technical Bulletin 52'],
  family_bonferroni: ['"min"(1, m p_{k})', 'Bonferroni (1936)'],
  family_holm: ['"max"_{j ≤ k} (m - j + 1)p_{(j)}', 'Holm (1979), Scand. J. Statistics 6'],
  family_bh: ['"min"_{j ≥ k} \\frac{m}{j}p_{(j)}', 'Benjamini and Hochberg (1995), JRSS B 57'],
  family_by: [
    '"min"_{j ≥ k} \\frac{m}{j}p_{(j)}∑_{i} \\frac{1}{i}',
    'Benjamini and Yekutieli (2001), Annals of Statistics 29',
  ],
  family_rw: [
    '"max"_{j ≤ k} \\frac{1 + #("max"_{i ≥ j} |t_{i}^{*}| ≥ |t_{(j)}|)}{1 + B}',
    'Romano and Wolf (2005), Econometrica 73; (2016), Statistics & Probability Letters 113',
  ],
  family_wy: ['"max"_{j ≤ k} \\frac{1 + #("min"_{i ≥ j} p_{i}^{*} ≤ p_{(j)})}{1 + B}', 'Westfall and Young (1993)'],
  hausman: ['H = (b_{FE} - b_{RE})′(V_{FE} - V_{RE})^{-1}(b_{FE} - b_{RE})', 'Hausman (1978), Econometrica 46'],
  mundlak: ['y_{it} = x_{it}′b + \\bar{x}_{i}′c + u_{i} + e_{it}, c = 0', 'Mundlak (1978), Econometrica 46'],
  check_vif: ['"VIF"_{j} = \\frac{1}{1 - R_{j}^{2}}', 'Marquardt (1970), Technometrics 12'],
  check_reset: [
    'y = Xb + c_{2}\\hat{y}^{2} + c_{3}\\hat{y}^{3} + c_{4}\\hat{y}^{4} + u, c = 0',
    'Ramsey (1969), JRSS B 31',
  ],
  check_wooldridge: [
    'Δu_{it} = ρΔu_{i,t-1} + v_{it}, ρ = -\\frac{1}{2}',
    'Wooldridge (2010), 10.6.3; Drukker (2003), Stata Journal 3',
  ],
  check_hetero: [
    'W = ∑_{i} \\frac{(s_{i}^{2} - s^{2})^{2}}{V_{i}}',
    'Greene (2000), p. 598; Baum (2001), Stata Journal 1',
  ],
  check_cd: ['CD = \\sqrt{\\frac{2}{n(n-1)}}∑_{i<j} \\sqrt{T_{ij}} r_{ij}', 'Pesaran (2004), eq. 31'],
  check_lm: ['LM = ∑_{i<j} T_{ij}r_{ij}^{2}', 'Breusch and Pagan (1980), Rev. Economic Studies 47'],
  unit_llc: [
    'Δy_{it} = a y_{i,t-1} + ∑_{l} g_{il}Δy_{i,t-l} + d_{t}′c_{i} + e_{it}, a = 0',
    'Levin, Lin and Chu (2002), J. Econometrics 108, eq. 2 to 12',
  ],
  unit_ips: [
    'W = \\frac{\\sqrt{n}(\\bar{t} - \\bar{E})}{\\sqrt{\\bar{V}}}',
    'Im, Pesaran and Shin (2003), J. Econometrics 115, eq. 4.10',
  ],
  unit_fisher: [
    'P = -2∑_{i} "ln" p_{i}, Z = \\frac{1}{\\sqrt{n}}∑_{i} Φ^{-1}(p_{i})',
    'Maddala and Wu (1999); Choi (2001), J. International Money and Finance 20, eq. 8 to 18',
  ],
  correlations: [
    'r = \\frac{∑(x - \\bar{x})(y - \\bar{y})}{\\sqrt{∑(x - \\bar{x})^{2}∑(y - \\bar{y})^{2}}}',
    'Devlin, Gnanadesikan and Kettenring (1975), Biometrika 62',
  ],
  groups: ['y_{i} = ∑_{g} m_{g}1(i ∈ g) + e_{i}, m_{g} = m', 'Welch (1951), Biometrika 38'],
  balance: ['Δ = \\frac{m_{1} - m_{0}}{\\sqrt{(s_{1}^{2} + s_{0}^{2})/2}}', 'Imbens and Rubin (2015), 14.2'],
};

/** Every method, in the order of a methods section. */
export const methodIds = Object.keys(catalog) as readonly MethodId[]; // the keys of the catalog are its ids

/** The methods of some ids, in the order of the catalog, each once. */
export function describedMethods(ids: ReadonlySet<string>): readonly DescribedMethod[] {
  return methodIds
    .filter((id) => ids.has(id))
    .map((id) => {
      const [formula, source] = catalog[id];
      const [en, zh] = [methodsEn[id], methodsZh[id]];
      return { id, title: { en: en[0], zh: zh[0] }, formula, text: { en: en[1], zh: zh[1] }, source };
    });
}

/** Every covariance that none of some methods is. */
export function furtherCovariances(methods: readonly DescribedMethod[]): readonly DescribedMethod[] {
  const known = new Set(methods.map(({ id }) => id));
  return describedMethods(new Set(methodIds.filter((id) => id.startsWith('vcov_') && !known.has(id))));
}
