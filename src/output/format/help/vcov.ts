import type { Language } from '../text-key.ts';

/** What a page says of a covariance: how it is asked for, and its other names. The list of covariances is the model's. */
export interface CovarianceEntry {
  readonly id: string;
  readonly usage: string;
  readonly aliases: readonly string[];
}

interface Page {
  readonly head: string;
  /** Before the other names of a covariance. */
  readonly also: string;
  /** What each covariance is, by its id. */
  readonly methods: Readonly<Record<string, string>>;
  readonly foot: string;
}

const en: Page = {
  head: '--vcov: how standard errors are computed',
  also: 'also',
  methods: {
    iid: "one variance (Stata's default)",
    hc1: "heteroskedasticity (Stata's robust)",
    hc0: 'the same without a correction',
    hc2: 'residuals adjusted by their leverage, unbiased where there is none',
    hc3: 'residuals adjusted more, close to the jackknife',
    cluster: 'by groups; cluster:firm+year in two ways, cluster:firm^year by their combinations',
    cr2: "few clusters: bias-reduced, each estimate with Satterthwaite's degrees of freedom",
    cr3: 'few clusters: the change of the estimates without each',
    jackknife: 'the same around the mean of the changes',
    nw: 'Newey-West within units, L periods (--panel UNIT,TIME)',
    dk: 'Driscoll-Kraay over periods, L of them',
    thompson: 'clusters by unit, and shocks that all units share, L periods (--panel UNIT,TIME)',
    ac: 'one variance, with autocorrelation within units that is the same for all',
    kiefer: 'the same over all periods',
    white2: 'one variance a group',
    pcse: 'panel-corrected: units of one period are correlated (Beck and Katz), or periods of one unit',
    conley: 'within so many km, with --coords LAT,LON',
  },
  foot: `Understood as well: HC1, robust, hetero, nonrobust, ~firm, ~firm + year, cluster(firm), cluster firm, cluster=firm,
vce(cluster firm), NW(2), DK(2), conley(200). twoway and clustered alone do not say by which variable: cluster:firm+year.

The small-sample convention is another choice, --ssc: fixest (default) reghdfe xtreg areg plm linearmodels ivreg2 none.
--reconcile shows the model under each of them. docs/methods/covariance.md has the formulas.`,
};

const zh: Page = {
  head: '--vcov：标准误如何计算',
  also: '又名',
  methods: {
    iid: '同方差（Stata的默认）',
    hc1: '异方差（即Stata的robust）',
    hc0: '同上，不作修正',
    hc2: '按杠杆值调整残差，同方差时无偏',
    hc3: '调整更大，接近刀切法',
    cluster: '按组聚类；cluster:firm+year为双向，cluster:firm^year为两者的组合',
    cr2: '聚类较少时：偏差修正，每个估计有各自的Satterthwaite自由度',
    cr3: '聚类较少时：逐组删除后估计的变化',
    jackknife: '同上，以变化的均值为中心',
    nw: '个体内Newey-West，滞后L期（需 --panel 个体,时间）',
    dk: '跨时期Driscoll-Kraay，滞后L期',
    thompson: '按个体聚类，并允许各个体共有的冲击持续L期（需 --panel 个体,时间）',
    ac: '同方差，个体内自相关对所有个体相同',
    kiefer: '同上，包括所有时期',
    white2: '每组一个方差',
    pcse: '面板校正：同一时期的个体相关（Beck-Katz），或同一个体的时期相关',
    conley: '若干公里以内，需 --coords 纬度,经度',
  },
  foot: `同样理解：HC1、robust、hetero、nonrobust、~firm、~firm + year、cluster(firm)、cluster firm、cluster=firm、
vce(cluster firm)、NW(2)、DK(2)、conley(200)。只写twoway或clustered没有说明按哪个变量：请写cluster:firm+year。

小样本口径另由 --ssc 选择：fixest（默认）、reghdfe、xtreg、areg、plm、linearmodels、ivreg2、none。
--reconcile 列出各口径下的同一模型。公式见 docs/methods/covariance.md。`,
};

const pages: Readonly<Record<Language, Page>> = { en, zh };

/** Width of what stands before the words of a covariance. */
const usageWidth = 24;

/** `kaya help vcov`: every covariance of the list with what it is. */
export function vcovHelp(entries: readonly CovarianceEntry[], language: Language): string {
  const { head, also, methods, foot } = pages[language];
  const lines = entries.flatMap(({ id, usage, aliases }) => {
    const words = `${methods[id] ?? ''}${aliases.length === 0 ? '' : ` (${also}: ${aliases.join(', ')})`}`;
    const start = `  ${usage.padEnd(usageWidth - 2)}`;
    return start.length <= usageWidth && start.endsWith(' ')
      ? [`${start}${words}`]
      : [`  ${usage}`, `${' '.repeat(usageWidth)}${words}`];
  });
  return [head, '', ...lines, '', foot].join('\n');
}

/** The covariances that a language has words for. */
export function describedCovariances(language: Language): readonly string[] {
  return Object.keys(pages[language].methods);
}
