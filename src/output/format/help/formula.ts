import type { Language } from '../text-key.ts';

const en = `A formula: OUTCOME ~ REGRESSORS | FIXED EFFECTS | ENDOGENOUS ~ INSTRUMENTS

  y ~ x1 + x2                       least squares
  y ~ x1 + x2 | city + year         with fixed effects
  y ~ x1 | city | d ~ z1 + z2       with instruments (y ~ x1 | 0 | d ~ z without fixed effects)
  c(y1, y2) ~ x | csw0(a, b)        several models: outcomes, sw(), sw0(), csw(), csw0()

Put it between quotation marks: the shell takes |, ~, *, ( and blanks for itself.

Regressors
  log(x) exp sqrt abs log1p min max   functions of columns
  I(a/b) I(x > 1) x^2                 arithmetic inside I(); a power may stand alone
  x:z   x*z                           product; both alone and their product
  i(year)  i(g, x)  i(year, ref=2010) dummies, slopes by group, the level left out
  l(x) l(x,2) l(x,1:3) f(x) d(x)      lags, leads, changes by the periods of --panel UNIT,TIME
  event(first, year, leads=5, lags=5) leads and lags of a treatment; event(since) counted from it
  sunab(first, year)                  the same by cohort, averaged (Sun and Abraham); docs/methods/event-study.md
  winsor(x, 1, 99)                    percentiles 1 and 99 become its ends
  mean(x, firm)                       of the row's group; also sd, total, count
  -1  or  0 +                         no constant
  \`two words\`                         a name that is no plain word, in options too

Fixed effects
  city + year    city^year    city[trend]     levels, levels taken together, slopes by level

Understood as well
  Stata    i.year ib2010.year c.x#c.z c.x##c.z i.g#c.x 1.treat L.x L2.x L(1/3).x F.x D.x D2.x S4.x (d = z1 z2)
  R        factor() as.factor() lag() lead() diff() log10() pmin() pmax() | fe | (d ~ z), felm's | fe | 0 | 0
  Python   C(year) C(year, Treatment(2010)) Q("two words") np.log(x) x ** 2 [d ~ z] EntityEffects (with --panel)
  signs    （ ） ～ ＋ ｜ ， ： “ ” – and − for those of the keyboard
A column of that very name goes before: L.x is the column L.x where there is one.

Pasted commands (reg y x, absorb(id); feols(y ~ x | id, cluster = ~id); smf.ols(…)), options behind a comma and other habits
are refused with the formula and the options to type instead. docs/methods/formula.md lists them all.`;

const zh = `公式：被解释变量 ~ 解释变量 | 固定效应 | 内生变量 ~ 工具变量

  y ~ x1 + x2                       最小二乘
  y ~ x1 + x2 | city + year         含固定效应
  y ~ x1 | city | d ~ z1 + z2       含工具变量（无固定效应时写 y ~ x1 | 0 | d ~ z）
  c(y1, y2) ~ x | csw0(a, b)        多个模型：多个被解释变量、sw()、sw0()、csw()、csw0()

请放在引号之内：|、~、*、( 和空格会被终端截取。

解释变量
  log(x) exp sqrt abs log1p min max   列的函数
  I(a/b) I(x > 1) x^2                 算术写在I()之内；幂可单独书写
  x:z   x*z                           乘积；各自及其乘积
  i(year)  i(g, x)  i(year, ref=2010) 虚拟变量、分组斜率、略去的水平
  l(x) l(x,2) l(x,1:3) f(x) d(x)      滞后、前导、变化，按 --panel 个体,时间 的时期
  event(first, year, leads=5, lags=5) 处理的先行项与滞后项；event(since)从处理起计
  sunab(first, year)                  逐批次估计再平均（Sun和Abraham）；见docs/methods/event-study.md
  winsor(x, 1, 99)                    缩尾：以第1和第99百分位为两端
  mean(x, firm)                       所在组的均值；另有sd、total、count
  -1  或  0 +                         无常数项
  \`two words\`                         不是单词的名称，选项中亦然

固定效应
  city + year    city^year    city[trend]     水平、水平的组合、分水平的斜率

同样理解
  Stata    i.year ib2010.year c.x#c.z c.x##c.z i.g#c.x 1.treat L.x L2.x L(1/3).x F.x D.x D2.x S4.x (d = z1 z2)
  R        factor() as.factor() lag() lead() diff() log10() pmin() pmax() | fe | (d ~ z)，felm的 | fe | 0 | 0
  Python   C(year) C(year, Treatment(2010)) Q("two words") np.log(x) x ** 2 [d ~ z] EntityEffects（需 --panel）
  符号     全角（ ） ～ ＋ ｜ ， ： 引号“ ” 以及 – 与 −
若数据中有该名称的列，则以列为准：有名为L.x的列时，L.x就是该列。

整条粘贴的命令（reg y x, absorb(id)；feols(y ~ x | id, cluster = ~id)；smf.ols(…)）、逗号后的选项以及其他写法会被拒绝，
并给出应写的公式与选项。全部列于 docs/methods/formula.md。`;

/** `kaya help formula` */
export const formulaHelp: Readonly<Record<Language, string>> = { en, zh };
