import { isStudyError } from '../../error/study-error.ts';
import type { CovarianceRequest } from '../../model/contract.ts';
import type { FormulaFactor, ModelFormula, Product } from '../../model/formula/ast.ts';
import { printEffect, printFactor } from '../../model/formula/print.ts';
import { printCovariance } from '../../model/inference/print-covariance.ts';
import { printConditionR } from '../../table/condition/print-r.ts';
import type { Expression, FunctionName } from '../../table/expression/ast.ts';
import type { Columns, ModelCall, ModelLines } from '../contract.ts';
import { usualSsc } from '../convention.ts';
import { missingAfter, sayConvention } from '../said-in-comments.ts';
import { bare, spell } from '../spelling.ts';
import { quotedR } from './spelling-r.ts';

/** Lines of R that repeat a model on the user's data, by fixest; what it has not is said in comments. */
export function linesR(call: ModelCall, columns: Columns, file: string): ModelLines {
  const said: string[] = [];
  const { panel, formula, threshold } = call;
  if (threshold !== null) return thresholdR(call, columns, file);
  const where = conditionOf(call, columns, said);
  const [first, ...others] = call.covariances;
  const keys = panel === null || !needsPanel(call) ? [] : [panelId(panel, columns)];
  const ssc = usualSsc(call, first.type);
  const logical = (value: boolean): string => (value ? 'TRUE' : 'FALSE');
  const settings = [
    `data = ${where === null ? 'd' : `subset(d, ${where})`}`,
    ...(call.weights === null ? [] : [`weights = ~ ${call.weights}`]),
    ...(call.split === null ? [] : [`${call.split.full ? 'fsplit' : 'split'} = ~ ${nameR(call.split.by)}`]),
    `vcov = ${vcovR(first, call, said) ?? '"iid"'}`,
    `ssc = ssc(K.adj = ${logical(ssc.adjusts)}, K.fixef = "${ssc.effects}", G.adj = ${logical(ssc.adjustsGroups)}, G.df = "${ssc.groups}")`,
    `fixef.rm = "${call.singletons === 'drop' ? 'singleton' : 'none'}"`,
    ...keys,
  ];
  const estimator = call.estimator?.id ?? '2sls';
  if (formula.instrumented !== null && estimator !== '2sls')
    said.push(`fixest has no ${estimator}: what follows is 2SLS`);
  if (call.orthogonal.length > 0)
    said.push(`fixest has no test of single instruments (orthog ${call.orthogonal.join(', ')})`);
  if (call.isRelaxed) said.push('fixest has no bounds under a relaxed exclusion (relax)');
  const asked = [
    ...others.flatMap((one): string[] => {
      const vcov = vcovR(one, call, said);
      return vcov === null ? [] : [`summary(m, vcov = ${vcov})`];
    }),
    ...afterR(call, said),
  ];
  const rows = call.frequency === null ? [] : writtenOut(nameR(call.frequency));
  const setup = ['library(fixest)', `d <- ${readingR(file)}`, ...rows];
  const model = [
    ...sayConvention(call, 'fixest').map((line) => `# ${line}`),
    ...[...new Set(said)].map((line) => `# not the same: ${line}`),
    `m <- feols(${formulaR(formula)}, ${settings.join(', ')})`,
    ...asked,
    ...missingAfter(call.after, ['tests', 'lincoms', 'wild']).map((line) => `# not repeated here: ${line}`),
  ];
  return { setup, model };
}

/** Rows that stand for several, as those. */
function writtenOut(column: string): string[] {
  return [
    '# fixest has no weights that count rows: the rows are written out',
    `d <- d[rep(seq_len(nrow(d)), ifelse(is.na(d$${column}), 0, d$${column})), ]`,
  ];
}

/** How a data file is read, by its ending. */
export function readingR(file: string): string {
  const path = quotedR(file.replaceAll('\\', '/'));
  if (/\.parquet$/i.test(file)) return `as.data.frame(arrow::read_parquet(${path}))`;
  if (/\.dta$/i.test(file)) return `as.data.frame(haven::read_dta(${path}))`;
  if (/\.xlsx?$/i.test(file)) return `as.data.frame(readxl::read_excel(${path}))`;
  if (/\.tsv$/i.test(file)) return `read.delim(${path}, check.names = FALSE)`;
  return `read.csv(${path}, check.names = FALSE)`;
}

const nameR = (name: string): string =>
  /^[\p{L}.][\p{L}\p{N}._]*$/u.test(name) ? name : `\`${name.replaceAll('`', '\\`')}\``;

function conditionOf({ where }: ModelCall, { kindOf }: Columns, said: string[]): string | null {
  if (where === null) return null;
  try {
    return printConditionR(where.condition, { column: nameR, kindOf });
  } catch (error) {
    if (!isStudyError(error, 'not-available')) throw error;
    said.push(`R has not what the condition asks, so choose these rows yourself: ${where.text}`);
    return null;
  }
}

function panelId({ unit, time }: NonNullable<ModelCall['panel']>, { step }: Columns): string {
  const every = step === null || step === 1 ? '' : `, panel.time.step = ${step}`;
  return `panel.id = ~ ${nameR(unit)} + ${nameR(time)}${every}`;
}

function needsPanel({ formula, covariances }: ModelCall): boolean {
  const text = formula.text;
  return /\b[lfd]\(/.test(text) || covariances.some(({ type }) => type === 'nw' || type === 'dk');
}

/** A covariance as fixest takes it; null, and said, where it has none. */
function vcovR(request: CovarianceRequest, { panel }: ModelCall, said: string[]): string | null {
  const { type, by, lag = null, spatial } = request;
  const keys = panel === null ? '' : ` ~ ${nameR(panel.unit)} + ${nameR(panel.time)}`;
  switch (type) {
    case 'iid':
      return '"iid"';
    case 'hc1':
    case 'hc0':
      return '"hetero"';
    case 'hc2':
    case 'hc3':
      return `"${type.toUpperCase()}"`;
    case 'cluster':
      return `~ ${by.map((one) => one.split('^').map(nameR).join('^')).join(' + ')}`;
    case 'nw':
      return `NW(${lag ?? ''})${keys}`;
    case 'dk':
      return `DK(${lag ?? ''})${panel === null ? '' : ` ~ ${nameR(panel.time)}`}`;
    case 'conley':
      if (spatial?.kernel === 'uniform' && lag === null)
        return `conley(${spatial.cutoffKm}) ~ ${nameR(spatial.latitude)} + ${nameR(spatial.longitude)}`;
      break;
    case 'cr2':
      said.push(
        `fixest has no ${printCovariance(request)}: clubSandwich::vcovCR(lm(...), cluster = d$${by.join('')}, type = "CR2")`,
      );
      return null;
    default:
      break;
  }
  said.push(`fixest has no covariance ${printCovariance(request)}`);
  return null;
}

/** A formula in fixest's words: most are its own. */
function formulaR({ outcome, products, hasConstant, effects, instrumented }: ModelFormula): string {
  const right = products.length === 0 ? '1' : products.map(productR).join(' + ');
  const parts = [`${factorR(outcome)} ~ ${right}${hasConstant || effects.length > 0 ? '' : ' - 1'}`];
  if (effects.length > 0) parts.push(effects.map((effect) => printEffect(effect).replaceAll('"', '`')).join(' + '));
  if (instrumented !== null) {
    parts.push(
      `${instrumented.endogenous.map(productR).join(' + ')} ~ ${instrumented.instruments.map(productR).join(' + ')}`,
    );
  }
  return parts.join(' | ');
}

const productR = (product: Product): string => product.map(factorR).join(':');

function factorR(factor: FormulaFactor): string {
  switch (factor.kind) {
    case 'variable':
      return expressionR(factor.expression);
    case 'protected':
      return `I(${arithmeticR(factor.expression)})`;
    case 'lag': {
      const { operator, operand, from, to } = factor;
      return `${operator}(${expressionR(operand)}, ${from === to ? from : `${from}:${to}`})`;
    }
    case 'levels': {
      const by = factor.by === null ? '' : `, ${expressionR(factor.by)}`;
      const levels = factor.ref.map((level) =>
        Number.isFinite(Number(level)) && level !== '' ? level : quotedR(level),
      );
      const ref = levels.length === 0 ? '' : `, ref = ${levels.length === 1 ? levels[0] : `c(${levels.join(', ')})`}`;
      return `i(${nameR(factor.factor)}${by}${ref})`;
    }
    case 'event':
      return printFactor(factor);
  }
}

const native: readonly FunctionName[] = ['log', 'log1p', 'exp', 'sqrt', 'abs'];

/** An expression as a regressor: arithmetic stands inside I(). */
function expressionR(expression: Expression): string {
  const written = arithmeticR(expression);
  return expression.kind === 'binary' || expression.kind === 'negate' ? `I(${written})` : written;
}

function arithmeticR(expression: Expression): string {
  return bare(
    spell(expression, {
      column: nameR,
      compare: (operator, left, right) => `(${left} ${operator} ${right})`,
      power: (left, right) => `${left}^${right}`,
      lag: (operand, periods) => (periods < 0 ? `f(${operand}, ${-periods})` : `l(${operand}, ${periods})`),
      call: (name, args) => callR(name, args),
    }),
  );
}

function callR(name: FunctionName, args: readonly string[]): string {
  const [x = '', ...rest] = args;
  if (native.includes(name)) return `${name}(${x})`;
  const groups = rest.length === 0 ? '' : `, ${rest.join(', ')}`;
  switch (name) {
    case 'min':
    case 'max':
      return `p${name}(${args.join(', ')})`;
    case 'winsor':
    case 'winsor7': {
      const [low = '1', high = '99'] = rest;
      const ends = `quantile(v, c(${low}, ${high}) / 100, na.rm = TRUE, type = ${name === 'winsor' ? 2 : 7})`;
      const cut = `function(v) pmin(pmax(v, ${ends}[1]), ${ends}[2])`;
      return rest.length > 2 ? `ave(${x}, ${rest.slice(2).join(', ')}, FUN = ${cut})` : `(${cut})(${x})`;
    }
    default: {
      const own = {
        mean: 'mean(v, na.rm = TRUE)',
        sd: 'sd(v, na.rm = TRUE)',
        total: 'sum(v, na.rm = TRUE)',
        count: 'sum(!is.na(v))',
      };
      return `ave(${x}${groups}, FUN = function(v) ${own[name as keyof typeof own]})`; // the functions that are left
    }
  }
}

/** Tests, combinations and the bootstrap, where a package of R has them. */
function afterR({ after, covariances }: ModelCall, said: string[]): string[] {
  const cluster = covariances.find(({ type }) => type === 'cluster');
  const wild = after.wild;
  if (wild !== null && wild.type !== 'WCR11' && wild.type !== 'WCU11') {
    said.push(`fwildclusterboot has no ${wild.type} with fixed effects: the line below is ${wild.type.slice(0, 3)}11`);
  }
  return [
    ...after.tests.map(
      (text) =>
        `car::linearHypothesis(m, c(${text
          .split(',')
          .map((one) => quotedR(one.trim()))
          .join(', ')}))`,
    ),
    ...after.lincoms.map((text) => `multcomp::glht(m, ${quotedR(`${text} = 0`)})`),
    ...(wild === null
      ? []
      : [
          `fwildclusterboot::boottest(m, param = ${quotedR(wild.text)}, clustid = ${cluster === undefined ? 'NULL' : `c(${cluster.by.map(quotedR).join(', ')})`}, B = ${wild.reps}, type = "${wild.weights}", impose_null = ${wild.type.startsWith('WCR') ? 'TRUE' : 'FALSE'})`,
        ]),
  ];
}

/** No package of CRAN has the panel threshold model: the search is written out. */
function thresholdR(call: ModelCall, columns: Columns, file: string): ModelLines {
  const { threshold, formula } = call;
  if (threshold === null) return { setup: [], model: [] };
  const said: string[] = [];
  const where = conditionOf(call, columns, said);
  const [regime = ''] = threshold.regime;
  const unlike = [
    ...(threshold.thresholds > 1 ? [`${threshold.thresholds} thresholds: what follows searches the first`] : []),
    ...(threshold.regime.length > 1
      ? [`regime regressors ${threshold.regime.slice(1).join(', ')} beside ${regime}`]
      : []),
    ...(threshold.shape === 'kink' ? ['a kink'] : []),
    ...(threshold.intercepts ? ['intercepts that change at the threshold'] : []),
    ...(threshold.boot > 0 ? [`the bootstrap test (${threshold.boot} replicates)`] : []),
  ];
  const q = threshold.by;
  const setup = ['library(fixest)', `d <- ${readingR(file)}`];
  const model = [
    ...(where === null ? [] : [`d <- subset(d, ${where})`]),
    ...said.map((line) => `# not the same: ${line}`),
    ...unlike.map((line) => `# not repeated here: ${line}`),
    '# Hansen (1999): the least sum of squares over every value of the threshold variable between the trims',
    `q <- d$${nameR(q)}; n <- sum(!is.na(q)); values <- sort(unique(q))`,
    `values <- values[sapply(values, function(g) min(sum(q <= g, na.rm = TRUE), sum(q > g, na.rm = TRUE)) >= ceiling(${threshold.trim} * n))]`,
    'ssr <- sapply(values, function(g) {',
    `  d$low <- d$${nameR(regime)} * (q <= g); d$high <- d$${nameR(regime)} * (q > g)`,
    `  sum(resid(feols(${withRegimes(formulaR(formula))}, data = d, notes = FALSE))^2)`,
    '})',
    'gamma <- values[which.min(ssr)]',
    `low <- d$${nameR(regime)} * (q <= gamma); high <- d$${nameR(regime)} * (q > gamma)`,
    `summary(feols(${withRegimes(formulaR(formula))}, data = transform(d, low = low, high = high)))`,
    '# its bootstrap test: xthreg of Stata',
  ];
  return { setup, model };
}

/** The formula with the two regimes before its other regressors. */
function withRegimes(formula: string): string {
  const [left = '', right = '', ...rest] = formula.split(/ ~ | \| /);
  const others = right === '1' || right === '' ? '' : ` + ${right}`;
  return [`${left} ~ low + high${others}`, ...rest].join(' | ');
}
