import { isStudyError } from '../../error/study-error.ts';
import type { ModelResult } from '../../model/result/result.ts';
import { printConditionStata } from '../../table/condition/print-stata.ts';
import { isRepaired, lackedCovariance, searchedNumbers, strengthOf } from '../compared.ts';
import type { ComparedTest } from '../compared-tests.ts';
import type { CheckedRows, PartLines, PreparedModel, PreparedStudy, Skipped, SummaryPart } from '../contract.ts';
import type { NamedModel, NamedTerm } from '../made-columns.ts';
import { type FrameWords, framedModel, type ModelFrame, refusedSummary } from '../model-frame.ts';
import { exactly } from '../spelling.ts';
import { isPlainStata, labelStata, madeStata } from './columns-stata.ts';
import { commandStata, type StataModel, vceStata } from './commands-stata.ts';

/** A model or a table of statistics in Stata, with its comparisons. */
export function partStata(part: PreparedModel | SummaryPart, study: PreparedStudy): PartLines {
  return part.kind === 'summary' ? summaryStata(part, study) : modelStata(part, study);
}

/** A column that Stata groups by: text as numbers. */
export function groupStata(
  { term, name }: NamedTerm,
  { columns, namer }: Pick<PreparedStudy, 'columns' | 'namer'>,
): string {
  return columns.kindOf(term) === 'text' ? namer.made(`id of ${term}`) : name;
}

/** A condition as an if of Stata; why not, where it has not what is asked. */
export function conditionStata(
  where: CheckedRows | null,
  { namer, columns }: PreparedStudy,
): string | { reason: string } {
  if (where === null) return '';
  try {
    const written = printConditionStata(where.condition, { column: namer.column, kindOf: columns.kindOf });
    return isPlainStata(written) ? written : { reason: `the condition ${where.text}` };
  } catch (error) {
    if (isStudyError(error, 'not-available')) return { reason: `the condition ${where.text}` };
    throw error;
  }
}

function modelStata(part: PreparedModel, study: PreparedStudy): PartLines {
  const words: FrameWords = {
    refused: ({ made }) =>
      made.flatMap((column) => {
        const own = madeStata(column, study);
        return 'reason' in own ? [own.reason] : [];
      })[0] ?? null,
    sample: () => {
      const where = conditionStata(part.call.where, study);
      if (typeof where !== 'string') return where;
      const there = part.filled.length === 0 ? '' : `!missing(${part.filled.join(', ')})`;
      return where === '' || there === '' ? where + there : `(${where}) & ${there}`;
    },
    has: (named) => (request, result) => {
      if (isRepaired(result)) return 'a covariance whose negative eigenvalues were set to 0';
      return vceStata(request, clustersStata(request.by, named, study), named.effects.length > 0) === null
        ? lackedCovariance(request)
        : null;
    },
  };
  return framedModel(part, words, (frame) => framedStata(part, frame, study));
}

/** Columns that a covariance groups by, text as numbers. */
function clustersStata(by: readonly string[], { clusters }: NamedModel, study: PreparedStudy): string[] {
  return by.map((text) => {
    const own = clusters.find(({ term }) => term === text);
    return own === undefined ? text : groupStata(own, study);
  });
}

function framedStata(
  part: PreparedModel,
  { named, first, heading, sample: condition, terms, asked }: ModelFrame,
  study: PreparedStudy,
): PartLines {
  const { name, call, results } = part;
  const model = stataModel(named, call, study);
  const hasEffects = named.effects.length > 0;
  const clustersOf = (by: readonly string[]): string[] => clustersStata(by, named, study);
  const column = (term: string): string => {
    const own = terms.columns.find((one) => one.term === term)?.name ?? term;
    return own === '(Intercept)' ? '_cons' : own;
  };
  const lines = [`* ${heading}`];
  const skipped: Skipped[] = [...terms.skipped, ...asked.skipped];
  let compared = 0;
  terms.errors.forEach(({ request, result, values }, place) => {
    const vce = vceStata(request, clustersOf(request.by), hasEffects) ?? '';
    const command = commandStata(call, model, vce, condition);
    lines.push(`quietly ${command.text}`);
    const check = (what: string, here: string, value: number): void => {
      compared++;
      lines.push(`agree ${labelStata(`${name}, ${what}`)} ${here} ${exactly(value)}`);
    };
    const hasConstant =
      command.text.startsWith('xtreg') || command.text.startsWith('areg') || named.effects.length === 0;
    const known = (term: string): boolean => term !== '(Intercept)' || hasConstant;
    if (place === 0) {
      check('N', 'e(N)', first.nobs);
      for (const [term, value] of terms.estimates) if (known(term)) check(term, `_b[${column(term)}]`, value);
    }
    const scale = command.isOwn ? 1 : scaleOf(result, call.ssc);
    if (scale !== 1)
      lines.push(`* the variance of this command times ${exactly(scale)} is that of the convention ${call.ssc}`);
    const label = [request.type, ...request.by].join(' ');
    for (const one of asked.tests.filter((test) => test.request === request)) {
      const { lines: own, numbers } = testStata(one, scale);
      lines.push(own);
      for (const [number, here] of numbers) {
        const value = one.numbers.find(([known]) => known === number)?.[1] ?? Number.NaN;
        check(`${one.kind} ${one.text} ${number}, ${label}`, here, value);
      }
    }
    for (const [term, value] of values) {
      if (known(term))
        check(`se of ${term}, ${label}`, `_se[${column(term)}]${scale === 1 ? '' : `*sqrt(${exactly(scale)})`}`, value);
    }
    // The errors of the bootstrap are those of the first covariance that clusters.
    if (request === terms.errors.find((one) => one.request.type === 'cluster')?.request) lines.push(...wildStata(part));
    if (place === 0) {
      for (const [measure, value] of terms.r2) {
        const own = command.r2[measure];
        if (own === undefined)
          skipped.push({ what: measure, count: 1, reason: `${measure} R2 is not printed by this command` });
        else check(`${measure} R2`, `e(${own})`, value);
      }
      if (!hasConstant && terms.estimates.some(([term]) => term === '(Intercept)')) {
        skipped.push({
          what: 'constant',
          count: 1 + results.length,
          reason: 'the constant of xtreg, fe: another command is used',
        });
      }
      const { numbers, skipped: unlike } = strengthOf(part);
      skipped.push(...unlike);
      for (const [test, value] of numbers) {
        if (request.type === 'iid') check(test, test === 'anderson_lm' ? 'e(idstat)' : 'e(cdf)', value);
        else skipped.push({ what: test, count: 1, reason: `${test}: printed under iid errors alone` });
      }
    }
  });
  const search = searchStata(part, named, model, condition);
  return {
    lines: [...lines, ...search.lines],
    compared: compared + search.compared,
    skipped: [...skipped, ...search.skipped],
  };
}

function stataModel(named: NamedModel, call: PreparedModel['call'], study: PreparedStudy): StataModel {
  const names = (terms: readonly NamedTerm[]): string[] => terms.map(({ name }) => name);
  const unit = named.effects.find(({ term }) => term === call.panel?.unit);
  return {
    outcome: named.outcome.name,
    regressors: names(named.regressors),
    endogenous: names(named.endogenous),
    instruments: names(named.instruments),
    effects: named.effects.map((effect) => groupStata(effect, study)),
    unit: unit === undefined ? null : groupStata(unit, study),
    weights: named.weights?.name ?? null,
    frequency: null,
    hasConstant: call.formula.hasConstant,
  };
}

/** Our variance over that of reghdfe or regress: 1 where the conventions count alike. */
export function scaleOf({ nobs, df_resid, df_model, fixef, vcov }: ModelResult, ssc: string): number {
  const [ours] = vcov.factors;
  if (ours === undefined || vcov.factors.some((factor) => factor !== ours) || ssc === 'reghdfe') return 1;
  const levels = Object.entries(fixef);
  const free = levels.filter(([name]) => !vcov.by.some((by) => name.split('^').includes(by)));
  const least = free.length < levels.length ? 1 : 0;
  const sum = free.reduce((total, [, count]) => total + count, 0);
  const clustered = df_model + least + sum - (free.length === 0 ? 0 : free.length - 1 + least);
  const G = Math.min(...vcov.clusters);
  const theirs =
    vcov.type === 'iid'
      ? 1 / df_resid
      : vcov.type === 'cluster'
        ? ((nobs - 1) / (nobs - clustered)) * (G / (G - 1))
        : nobs / df_resid;
  return Math.abs(ours / theirs - 1) < 1e-11 ? 1 : ours / theirs;
}

/** A joint test or a combination after a command whose variance is to be multiplied by `scale`. */
function testStata(
  { kind, parts }: ComparedTest,
  scale: number,
): { lines: string; numbers: readonly (readonly [string, string])[] } {
  const written = parts.map(({ loads, constant }) => {
    const sum = loads
      .map(([column, load]) => `(${exactly(load)})*_b[${column === '(Intercept)' ? '_cons' : column}]`)
      .join('+');
    return constant === 0 ? sum : `${sum}+(${exactly(constant)})`;
  });
  if (kind === 'lincom') {
    const se = scale === 1 ? 'r(se)' : `r(se)*sqrt(${exactly(scale)})`;
    return {
      lines: `quietly lincom ${written[0] ?? ''}`,
      numbers: [
        ['estimate', 'r(estimate)'],
        ['se', se],
      ],
    };
  }
  // Stata gives F or chi2 as the command has t or z.
  const chi2 = `cond(missing(r(F)),r(chi2),r(F)*r(df))${scale === 1 ? '' : `/${exactly(scale)}`}`;
  return { lines: `quietly test ${written.map((one) => `(${one} = 0)`).join(' ')}`, numbers: [['chi2', chi2]] };
}

/** The bootstrap of the term, whose draws are Stata's own. */
function wildStata({ call: { after }, named }: PreparedModel): string[] {
  const { wild } = after;
  if (wild === null || 'reason' in named) return [];
  const term = named.regressors.find((one) => one.term === wild.text);
  if (term === undefined) return [];
  const unlike =
    /[13]1$/.test(wild.type) && !wild.type.endsWith('11') ? ` // ${wild.type}: jackknifed residuals are option jk` : '';
  return [
    `capture noisily boottest ${term.name}, reps(${wild.reps}) weighttype(${wild.weights}) seed(${wild.seed})${wild.type.startsWith('WCU') ? ' nonull' : ''}${wild.type.endsWith('31') ? ' jk' : ''}${unlike}`,
  ];
}

function searchStata(part: PreparedModel, named: NamedModel, model: StataModel, condition: string): PartLines {
  const found = searchedNumbers(part, named);
  if ('skipped' in found) return { lines: [], compared: 0, skipped: found.skipped };
  const { regime, by, controls, trim, divisor, level, numbers } = found;
  const [absorbed, ...others] = model.effects;
  if (absorbed === undefined) {
    return {
      lines: [],
      compared: 0,
      skipped: [{ what: 'search', count: numbers.length, reason: 'the search without fixed effects' }],
    };
  }
  const right = [model.outcome, ...controls, ...others.map((name) => `i.${name}`)].join(' ');
  const dummies = model.effects.filter((name) => name !== model.unit).map((name) => `i.${name}`);
  const value = Object.fromEntries(numbers);
  return {
    lines: [
      `* Hansen (1999): the least sum of squares over every value of ${by}; about ${value.candidates ?? 0} regressions. A larger "every" looks at fewer.`,
      '* xthreg has the same model for a balanced panel:',
      `*   xthreg ${[model.outcome, ...controls, ...dummies].join(' ')}, rx(${regime}) qx(${by}) thnum(1) grid(400) trim(${trim}) bs(300)`,
      'preserve',
      ...(condition === '' ? [] : [`quietly keep if ${condition}`]),
      `quietly keep if !missing(${[model.outcome, ...controls, regime, by, ...model.effects].join(', ')})`,
      `quietly areg ${right} ${regime}, absorb(${absorbed})`,
      'scalar k_ssr0 = e(rss)',
      `sort ${by}, stable`,
      'generate long k_place = _n',
      `by ${by}: generate byte k_last = _n == _N`,
      `scalar k_least = ceil(${exactly(trim)} * _N * (1 - 1e-15))`,
      'quietly levelsof k_place if k_last & k_place >= scalar(k_least) & _N - k_place >= scalar(k_least), local(places)',
      'generate double k_low = .',
      'generate double k_high = .',
      'scalar k_best = .',
      'local every 1',
      'local turn 0',
      'foreach at of local places {',
      '    local ++turn',
      "    if mod(`turn', `every') == 0 {",
      `        quietly replace k_low = ${regime} * (k_place <= \`at')`,
      `        quietly replace k_high = ${regime} * (k_place > \`at')`,
      `        quietly areg ${right} k_low k_high, absorb(${absorbed})`,
      '        if e(rss) < scalar(k_best) {',
      '            scalar k_best = e(rss)',
      `            scalar k_gamma = ${by}[\`at']`,
      '        }',
      '    }',
      '}',
      `agree ${labelStata(`${part.name} search, gamma`)} scalar(k_gamma) ${exactly(value.gamma ?? Number.NaN)}`,
      `agree ${labelStata(`${part.name} search, ssr`)} scalar(k_best) ${exactly(value.ssr ?? Number.NaN)}`,
      `agree ${labelStata(`${part.name} search, f`)} (scalar(k_ssr0)-scalar(k_best))/(scalar(k_best)/${exactly(divisor)}) ${exactly(value.f ?? Number.NaN)}`,
      'restore',
    ],
    compared: 3,
    skipped: [
      {
        what: 'set',
        count: numbers.length - 3,
        reason: `the ${exactly(level)} % confidence set of the threshold and the number of candidates`,
      },
    ],
  };
}

const summarized: Readonly<Record<string, string>> = {
  obs: 'r(N)',
  mean: 'r(mean)',
  sd: 'r(sd)',
  min: 'r(min)',
  p1: 'r(p1)',
  p25: 'r(p25)',
  median: 'r(p50)',
  p75: 'r(p75)',
  p99: 'r(p99)',
  max: 'r(max)',
};
const spread: Readonly<Record<string, string>> = { within_sd: 'r(sd_w)', between_sd: 'r(sd_b)' };
const percentiles: readonly string[] = ['p1', 'p25', 'median', 'p75', 'p99'];

function summaryStata(part: SummaryPart, study: PreparedStudy): PartLines {
  const { name, where, statistics, quantiles, rows } = part;
  const condition = conditionStata(where, study);
  if (typeof condition !== 'string') return refusedSummary(part, condition.reason);
  const on = condition === '' ? '' : ` if ${condition}`;
  const lines: string[] = [];
  const skipped: Skipped[] = [];
  let compared = 0;
  for (const row of rows) {
    const isColumn = study.columns.names.includes(row.variable);
    const column = study.namer.column(row.variable);
    const of = (table: Readonly<Record<string, string>>): string[] =>
      statistics.flatMap((one) => {
        const [here, value] = [table[one], row[one]];
        if (here === undefined || value === null || !isColumn) return [];
        if (quantiles !== 'stata' && percentiles.includes(one)) return [];
        compared++;
        return [`agree ${labelStata(`${name} ${row.variable}, ${one}`)} ${here} ${exactly(value)}`];
      });
    const [own, panel] = [of(summarized), of(spread)];
    lines.push(
      ...(own.length === 0 ? [] : [`quietly summarize ${column}${on}, detail`, ...own]),
      ...(panel.length === 0 ? [] : [`quietly xtsum ${column}${on}`, ...panel]),
    );
    const left = statistics.length - own.length - panel.length;
    if (left > 0)
      skipped.push({ what: row.variable, count: left, reason: `${row.variable}: statistics that summarize has not` });
  }
  return { lines, compared, skipped };
}
