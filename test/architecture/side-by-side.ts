import type { ProgramName } from '../../src/export/contract.ts';

/** One job as it is typed here; what another program takes is what `--as` prints, so that page and program cannot differ. */
interface Job {
  readonly title: string;
  readonly line: string;
}

export const jobs: readonly Job[] = [
  {
    title: 'Two-way fixed effects, clustered by city',
    line: 'reg panel.csv "y ~ ai + hc | city + year" --vcov cluster:city',
  },
  { title: 'Robust errors, no fixed effects', line: 'reg panel.csv "y ~ ai + hc" --vcov hc1' },
  {
    title: 'A dummy for every year but the first',
    line: 'reg panel.csv "y ~ ai + i(year) | city" --vcov cluster:city',
  },
  { title: 'Clusters in two ways', line: 'reg panel.csv "y ~ ai + hc | city + year" --vcov cluster:city+year' },
  { title: 'An interaction', line: 'reg panel.csv "y ~ ai*hc | city + year" --vcov cluster:city' },
  { title: 'A lag', line: 'reg panel.csv "y ~ l(ai, 1) + hc | city + year" --panel city,year --vcov cluster:city' },
  {
    title: 'Rows of one region, after 2011',
    line: `reg panel.csv "y ~ ai + hc | city + year" --where "region = 'A' and year > 2011" --vcov cluster:city`,
  },
  { title: 'Analytic weights', line: 'reg panel.csv "y ~ ai + hc | city + year" --weights pop --vcov cluster:city' },
  { title: 'Province by year effects', line: 'reg panel.csv "y ~ ai + hc | city + region^year" --vcov cluster:city' },
  { title: 'A trend for every city', line: 'reg panel.csv "y ~ ai + hc | city[year] + year" --vcov cluster:city' },
  { title: 'Two-stage least squares', line: 'reg panel.csv "y ~ hc | city + year | ai ~ iv" --vcov cluster:city' },
  { title: 'Driscoll-Kraay errors', line: 'reg panel.csv "y ~ ai + hc | city + year" --panel city,year --vcov dk:2' },
  {
    title: 'A test that two slopes are equal',
    line: 'reg panel.csv "y ~ ai + hc | city + year" --vcov cluster:city --test "ai = hc"',
  },
  {
    title: 'Wild cluster bootstrap',
    line: 'reg panel.csv "y ~ ai + hc | city + year" --vcov cluster:region --wild ai',
  },
  {
    title: 'Columns that add controls',
    line: 'reg panel.csv "y ~ ai + csw0(hc, size) | city + year" --vcov cluster:city',
  },
  { title: 'One model a region', line: 'reg panel.csv "y ~ ai + hc | city + year" --split region --vcov cluster:city' },
  {
    title: 'A panel threshold',
    line: 'threshold panel.csv "y ~ hc | city" --regime ai --by size --panel city,year --boot 300',
  },
];

/** What the words of a program are here. */
interface Words {
  readonly title: string;
  readonly fence: string;
  readonly intro: readonly string[];
  readonly pairs: readonly (readonly [theirs: string, ours: string])[];
}

export const programs: Readonly<Record<ProgramName, Words>> = {
  stata: {
    title: 'Coming from Stata',
    fence: 'stata',
    intro: [
      'Standard errors follow fixest unless told otherwise; `--ssc reghdfe`, `xtreg`, `areg` or `ivreg2` is the convention of that command, and',
      '`--reconcile` prints a model under each of them with what makes the difference. Missing values never compare: `hc > 3` keeps no row',
      'without `hc` (in Stata a missing value is larger than any number). Panels need no `xtset` in the file: `--panel city,year`.',
    ],
    pairs: [
      [
        '`use`, `import delimited`, `import excel`',
        'the first word of a command: `panel.dta`, `panel.csv`, `book.xlsx::Sheet`',
      ],
      ['`xtset city year`', '`--panel city,year`; gaps in time are gaps, as in Stata'],
      ['`reghdfe`, `xtreg, fe`, `areg`, `regress`', '`kaya reg FILE "y ~ x \\| city + year"`'],
      [
        '`i.year`, `ib2010.year`, `c.x#c.z`, `L.x`, `D.x`',
        'understood as they are; also `i(year)`, `x:z`, `l(x)`, `d(x)`',
      ],
      ['`vce(robust)`, `vce(cluster id)`', '`--vcov hc1`, `--vcov cluster:id`; `"vce(cluster id)"` is understood'],
      ['`if year > 2010 & region == 1`', '`--where "year > 2010 and region = 1"`'],
      ['`[aw=pop]`', '`--weights pop`'],
      ['`winsor2 x, cuts(1 99)`', '`winsor(x, 1, 99)` in the formula'],
      [
        '`ivreg2`, `ivreghdfe`, `ivregress`',
        'a third part of the formula: `\\| ai ~ iv`; first-stage tests stand below the table',
      ],
      ['`test`, `lincom`, `nlcom`, `margins`', '`--test`, `--lincom`, `--nlcom`, `--margins "ai by er"`'],
      ['`boottest`, `ritest`, `rwolf`, `suest`', '`--wild`, `--permute`, `--family … --adjust rw`, `--differences`'],
      ['`psacalc`, `b1x2`, `specurve`', '`--omitted`, `--changes`, `--curve`'],
      ['`xtserial`, `xttest3`, `xtcsd`, `estat vif`, `estat ovtest`', '`--diagnose serial,hetero,cd,vif,reset`'],
      ['`xtunitroot`', '`kaya describe FILE x --kind panel_tests --panel city,year`'],
      ['`xthreg`', '`kaya threshold`; `--scale xthreg` for its F'],
      ['`hausman`, `xtreg, re`', '`--hausman`, `--re`, `--mundlak`'],
      ['`summarize`, `tabstat`, `pwcorr, star`, `ttest`', '`kaya describe`, `--kind correlations`, `--kind groups`'],
      ['`predict`', '`--predict FILE`, `--fixef FILE`'],
      [
        '`esttab using t.tex`, `outreg2`',
        'several formulas in one command and `--out t.tex`, `.docx`, `.xlsx`, `.md`; `--style aer`',
      ],
      ['a do-file', '`study.yaml` and `kaya study run`; `kaya export stata` writes the do-file of a study'],
    ],
  },
  r: {
    title: 'Coming from R',
    fence: 'r',
    intro: [
      'Formulas are those of fixest, and its small-sample convention is the default, so that digits agree without an option.',
      'What plm, lm with sandwich, and felm do otherwise has a name: `--ssc plm`, `--vcov hc0`, and the parts of a felm formula are understood.',
    ],
    pairs: [
      [
        '`feols(y ~ x \\| city + year, d, vcov = ~city)`',
        '`kaya reg FILE "y ~ x \\| city + year" --vcov cluster:city`',
      ],
      ['`feols(y ~ 1 \\| city \\| ai ~ iv, d)`', '`kaya reg FILE "y ~ 1 \\| city \\| ai ~ iv"`'],
      ['`i()`, `l()`, `f()`, `d()`, `sw()`, `csw0()`, `^`, `[ ]`', 'the same'],
      ['`factor()`, `lag()`, `lead()`, `I()`, `log10()`', 'understood'],
      ['`panel.id = ~city + year`, `pdata.frame`', '`--panel city,year`'],
      ['`subset = year > 2010`', '`--where "year > 2010"`'],
      ['`split = ~region`, `fsplit`', '`--split region`, `--fsplit region`'],
      [
        '`vcov = "HC1"`, `vcovHC`, `NW(2)`, `DK(2)`, `conley(200)`',
        '`--vcov hc1`, `nw:2`, `dk:2`, `conley:200`; both spellings are understood',
      ],
      ['`ssc()`', '`--ssc`; `--reconcile` shows all of them'],
      ['`wald()`, `linearHypothesis()`, `deltaMethod()`', '`--test`, `--lincom`, `--nlcom`'],
      ['`fwildclusterboot::boottest`, `ritest`', '`--wild`, `--permute`'],
      ['`sunab(first, year)`', 'the same'],
      ['`plm(model = "random")`, `phtest`', '`--re`, `--hausman`'],
      ['`purtest`, `pcdtest`, `cor.test`', '`kaya describe --kind panel_tests`, `--kind correlations`'],
      ['`sensemakr`, `mediation`, `interflex`, `specr`', '`--omitted`, `--mediators`, `--margins`, `--curve`'],
      ['`etable()`, `modelsummary()`', 'several formulas in one command and `--out t.tex`, `.docx`, `.html`, `.typ`'],
      ['`predict()`, `resid()`, `fixef()`', '`--predict FILE`, `--fixef FILE`'],
      ['a script', '`study.yaml` and `kaya study run`; `kaya export r` writes the script of a study'],
    ],
  },
  python: {
    title: 'Coming from Python',
    fence: 'python',
    intro: [
      'Formulas are those of pyfixest, with the spellings of statsmodels and linearmodels understood; `--ssc linearmodels` is the convention of',
      'linearmodels; the default is that of fixest, which pyfixest is told by the lines below.',
    ],
    pairs: [
      ['`pd.read_csv`, `read_stata`, `read_parquet`, `read_excel`', 'the first word of a command: the file'],
      [
        '`pf.feols("y ~ x \\| city + year", d, vcov={"CRV1": "city"})`',
        '`kaya reg FILE "y ~ x \\| city + year" --vcov cluster:city`',
      ],
      [
        '`PanelOLS(…, entity_effects=True, time_effects=True)`',
        '`EntityEffects + TimeEffects` in the formula with `--panel city,year`',
      ],
      ['`C(year)`, `C(year, Treatment(2010))`, `Q("two words")`, `np.log(x)`, `x ** 2`', 'understood'],
      ['`IV2SLS.from_formula("y ~ hc + [ai ~ iv]")`', 'understood; also `y ~ hc \\| city \\| ai ~ iv`'],
      ['`cov_type="HC1"`, `"clustered"`, `"kernel"`', '`--vcov hc1`, `cluster:city`, `dk`'],
      ['`d.query("year > 2010")`', '`--where "year > 2010"`'],
      [
        '`d.groupby("city")["x"].shift(1)`',
        '`l(x, 1)` with `--panel city,year`: the period before, not the row before',
      ],
      ['`m.wildboottest()`, `m.ritest()`, `pf.rwolf()`', '`--wild`, `--permute`, `--family … --adjust rw`'],
      ['`m.wald_test()`, `t_test`', '`--test`, `--lincom`'],
      [
        '`pf.etable()`, `summary_col`, `Stargazer`',
        'several formulas in one command and `--out t.tex`, `.docx`, `.html`',
      ],
      ['`d.describe()`, `d.corr()`', '`kaya describe`, `--kind correlations`'],
      ['a notebook', '`study.yaml` and `kaya study run`; `kaya export python` writes the script of a study'],
    ],
  },
};

/** What `--as` printed for a job, and its reading of the file taken off the front. */
export function withoutReading(text: string): string {
  const lines = text.trimEnd().split('\n');
  const isReading = (line: string): boolean =>
    /^(import delimited|import numpy|import pandas|import pyfixest|library\(|d <- read|d = pd\.read|use )/.test(line) ||
    line === '';
  const start = lines.findIndex((line) => !isReading(line));
  return lines.slice(Math.max(start, 0)).join('\n');
}

/** The page of one program. `said` are its lines, in the order of the jobs; `reading` how the file is read there. */
export function sideBySide(program: ProgramName, said: readonly string[], reading: string): string {
  const { title, fence, intro, pairs } = programs[program];
  const block = (language: string, text: string): string[] => ['', `\`\`\`${language}`, text, '```'];
  return `${[
    `# ${title}`,
    '',
    'Made by `npm run docs` from what `kaya … --as PROGRAM` prints; a test holds this page to it. `kaya help formula` has every operator.',
    '',
    ...intro,
    '',
    '## What is called what',
    '',
    '| there | here |',
    '|---|---|',
    ...pairs.map(([theirs, ours]) => `| ${theirs} | ${ours} |`),
    '',
    '## The same job side by side',
    '',
    'Each job is read there from',
    ...block(fence, reading),
    ...jobs.flatMap(({ title: job, line }, place) => [
      '',
      `### ${job}`,
      ...block('sh', `kaya ${line}`),
      ...block(fence, said[place] ?? ''),
    ]),
  ].join('\n')}\n`;
}
