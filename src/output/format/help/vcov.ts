import type { Language } from '../text-key.ts';

const en = `--vcov: how standard errors are computed

  iid                     one variance (Stata's default)
  hc0 hc1 hc2 hc3         heteroskedasticity; hc1 is Stata's robust
  cluster:firm            by groups; cluster:firm+year in two ways, cluster:firm^year by their combinations
  cr2:firm cr3:firm       few clusters: bias-reduced, with Satterthwaite's degrees of freedom; leave-one-out
  jackknife:firm          the jackknife over clusters
  nw  nw:2                Newey-West within units, with the lag (--panel UNIT,TIME)
  dk  dk:2                Driscoll-Kraay over periods
  conley:200              within 200 km, with --coords LAT,LON

Understood as well: HC1, robust, hetero, nonrobust, ~firm, ~firm + year, cluster(firm), cluster firm, cluster=firm,
vce(cluster firm), NW(2), DK(2), conley(200). twoway and clustered alone do not say by which variable: cluster:firm+year.

The small-sample convention is another choice, --ssc: fixest (default) reghdfe xtreg areg plm linearmodels ivreg2 none.
--reconcile shows the model under each of them. docs/methods/covariance.md has the formulas.`;

const zh = `--vcov：标准误如何计算

  iid                     同方差（Stata的默认）
  hc0 hc1 hc2 hc3         异方差；hc1即Stata的robust
  cluster:firm            按组聚类；cluster:firm+year为双向，cluster:firm^year为两者的组合
  cr2:firm cr3:firm       聚类较少时：偏差修正，Satterthwaite自由度；逐组删除
  jackknife:firm          按聚类的刀切法
  nw  nw:2                个体内Newey-West及其滞后阶数（需 --panel 个体,时间）
  dk  dk:2                跨时期Driscoll-Kraay
  conley:200              200公里以内，需 --coords 纬度,经度

同样理解：HC1、robust、hetero、nonrobust、~firm、~firm + year、cluster(firm)、cluster firm、cluster=firm、
vce(cluster firm)、NW(2)、DK(2)、conley(200)。只写twoway或clustered没有说明按哪个变量：请写cluster:firm+year。

小样本口径另由 --ssc 选择：fixest（默认）、reghdfe、xtreg、areg、plm、linearmodels、ivreg2、none。
--reconcile 列出各口径下的同一模型。公式见 docs/methods/covariance.md。`;

/** `kaya help vcov` */
export const vcovHelp: Readonly<Record<Language, string>> = { en, zh };
