import { isStudyError } from '../../error/study-error.ts';
import type { CovarianceRequest } from '../../model/contract.ts';
import { singlePeriods } from '../../model/design/terms.ts';
import { weightExpression } from '../../model/design/weights.ts';
import type { FormulaFactor, ModelFormula, Product } from '../../model/formula/ast.ts';
import { printEffect, printFactor, printProduct } from '../../model/formula/print.ts';
import { printCovariance } from '../../model/inference/print-covariance.ts';
import type { ThresholdRequest } from '../../model/request/contract.ts';
import { printConditionPython } from '../../table/condition/print-python.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { printExpression } from '../../table/expression/print.ts';
import { type ColumnNamer, columnNamer } from '../column-namer.ts';
import type { Columns, ModelCall, ModelLines } from '../contract.ts';
import { usualSsc } from '../convention.ts';
import { productOfText } from '../made-columns.ts';
import { missingAfter, sayConvention } from '../said-in-comments.ts';
import { bare, spell } from '../spelling.ts';
import { linearmodelsLines } from './linearmodels.ts';
import { quotedPython } from './spelling-python.ts';

/** What lines are made with: names that were given, lines that come before the model, and what is to be said. */
interface Writing {
  readonly namer: ColumnNamer;
  readonly call: ModelCall;
  readonly columns: Columns;
  readonly before: string[];
  readonly said: string[];
}

/** Lines of Python that repeat a model on the user's data, by pyfixest; what it has not is said in comments. */
export function linesPython(call: ModelCall, columns: Columns, file: string): ModelLines {
  const writing: Writing = { namer: columnNamer(columns.names), call, columns, before: [], said: [] };
  const { said, namer } = writing;
  const [first, ...others] = call.covariances;
  const instrumented = instrumentedLines(writing);
  if (instrumented !== null) return instrumented(file);
  const estimator = call.estimator?.id ?? '2sls';
  if (call.formula.instrumented !== null && estimator !== '2sls') {
    const own =
      estimator === 'liml'
        ? ' (linearmodels.iv.IVLIML, without fixed effects)'
        : estimator === 'gmm'
          ? ' (linearmodels.iv.IVGMM)'
          : '';
    said.push(`pyfixest has no ${estimator}${own}: what follows is 2SLS`);
  }
  if ((call.formula.instrumented?.endogenous.length ?? 0) > 1)
    said.push('pyfixest takes one endogenous regressor: use linearmodels.iv.IV2SLS');
  if (call.orthogonal.length > 0)
    said.push(`pyfixest has no test of single instruments (orthog ${call.orthogonal.join(', ')})`);
  if (call.isRelaxed) said.push('pyfixest has no bounds under a relaxed exclusion (relax)');
  if (call.threshold !== null) said.push(...unlikeThreshold(call.threshold));
  const formula = formulaOf(call.formula, writing);
  const ssc = usualSsc(call, first.type);
  const logical = (value: boolean): string => (value ? 'True' : 'False');
  const vcov = vcovOf(first, writing) ?? '"iid"';
  const weights =
    call.weights === null ? null : columnOf(weightExpression(call.weights, columns.names), call.weights, writing);
  const settings = [
    `vcov=${vcov}`,
    `ssc=pf.ssc(k_adj=${logical(ssc.adjusts)}, k_fixef="${ssc.effects}", G_adj=${logical(ssc.adjustsGroups)}, G_df="${ssc.groups}")`,
    ...(weights === null ? [] : [`weights=${quotedPython(weights)}`]),
    ...(call.split === null
      ? []
      : [`${call.split.full ? 'fsplit' : 'split'}=${quotedPython(namer.column(call.split.by))}`]),
    `fixef_rm="${call.singletons === 'drop' ? 'singleton' : 'none'}"`,
  ];
  const more = others.flatMap((one): string[] => {
    const own = vcovOf(one, writing);
    return own === null ? [] : [`print(m.vcov(${own}).tidy())`];
  });
  const after = afterOf(call);
  const where = rowsOf(writing);
  const setup = setupOf('import pyfixest as pf', file, writing, where);
  const model = [
    ...sayConvention(call, 'pyfixest').map((line) => `# ${line}`),
    ...[...new Set(said)].map((line) => `# not the same: ${line}`),
    ...(call.threshold === null
      ? [`m = pf.feols(${quotedPython(formula)}, d, ${settings.join(', ')})`, 'print(m.tidy())']
      : searchLines(call.threshold, formula, settings, writing)),
    ...more,
    ...after,
    ...missingAfter(call.after, ['wild']).map((line) => `# not repeated here: ${line}`),
  ];
  return { setup, model };
}

/** Packages, the data, and the columns and rows that a model needs. */
function setupOf(packages: string, file: string, { namer, before, call }: Writing, where: readonly string[]): string[] {
  const { frequency } = call;
  const renamed = namer.renamed().map(([own, given]) => `${quotedPython(own)}: ${quotedPython(given)}`);
  return [
    'import numpy as np',
    'import pandas as pd',
    packages,
    '',
    `d = ${readingPython(file)}`,
    ...(renamed.length === 0 ? [] : [`d = d.rename(columns={${renamed.join(', ')}})`]),
    ...(frequency === null ? [] : writtenOut(quotedPython(namer.column(frequency)))),
    ...before,
    ...where,
  ];
}

/** Rows that stand for several, as those. */
function writtenOut(column: string): string[] {
  return [
    '# no weights there count rows: the rows are written out',
    `d = d.loc[d.index.repeat(d[${column}].fillna(0).astype(int))].reset_index(drop=True)`,
  ];
}

/** The lines of a model with instruments that linearmodels has and pyfixest has not; null for any other. */
function instrumentedLines(writing: Writing): ((file: string) => ModelLines) | null {
  const { call, columns, namer } = writing;
  const { formula, estimator, weights } = call;
  const { instrumented } = formula;
  if (instrumented === null || formula.effects.length > 0 || call.split !== null) return null;
  if ((estimator === null || estimator.id === '2sls') && instrumented.endogenous.length === 1) return null;
  const own: Writing = { ...writing, before: [], said: [] };
  const list = (all: readonly Product[]): string[] => all.flatMap((one) => productOf(one, own));
  const written = linearmodelsLines(
    {
      outcome: list([[formula.outcome]]).join(''),
      exogenous: list(formula.products),
      endogenous: list(instrumented.endogenous),
      instruments: list(instrumented.instruments),
      hasConstant: formula.hasConstant,
      weights: weights === null ? null : columnOf(weightExpression(weights, columns.names), weights, own),
    },
    estimator,
    call.covariances,
    namer.column,
  );
  if (written === null || own.said.length > 0) return null;
  const where = rowsOf(own);
  const unlike = [
    ...(call.orthogonal.length > 0
      ? [`linearmodels has no test of single instruments (orthog ${call.orthogonal.join(', ')})`]
      : []),
    ...(call.isRelaxed ? ['linearmodels has no bounds under a relaxed exclusion (relax)'] : []),
    ...own.said,
  ];
  return (file) => ({
    setup: setupOf(written.setup, file, own, where),
    model: [
      ...sayConvention(call, 'linearmodels').map((line) => `# ${line}`),
      ...unlike.map((line) => `# not the same: ${line}`),
      ...written.model,
      ...missingAfter(call.after, []).map((line) => `# not repeated here: ${line}`),
    ],
  });
}

function readingPython(file: string): string {
  const path = quotedPython(file.replaceAll('\\', '/'));
  if (/\.parquet$/i.test(file)) return `pd.read_parquet(${path})`;
  if (/\.dta$/i.test(file)) return `pd.read_stata(${path}, convert_categoricals=False)`;
  if (/\.xlsx?$/i.test(file)) return `pd.read_excel(${path})`;
  return /\.tsv$/i.test(file) ? `pd.read_csv(${path}, sep="\\t")` : `pd.read_csv(${path})`;
}

function rowsOf({ call, columns, namer, said }: Writing): string[] {
  if (call.where === null) return [];
  try {
    const column = (name: string): string => `d[${quotedPython(namer.column(name))}]`;
    return [`d = d[${printConditionPython(call.where.condition, { column, kindOf: columns.kindOf })}]`];
  } catch (error) {
    if (!isStudyError(error, 'not-available')) throw error;
    said.push(`pandas has not what the condition asks, so choose these rows yourself: ${call.where.text}`);
    return [];
  }
}

function formulaOf({ outcome, products, hasConstant, effects, instrumented }: ModelFormula, writing: Writing): string {
  const list = (all: readonly Product[]): string => all.flatMap((one) => productOf(one, writing)).join(' + ');
  const right = products.length === 0 ? '1' : list(products);
  const [left = ''] = productOf([outcome], writing);
  const parts = [`${left} ~ ${right}${hasConstant || effects.length > 0 ? '' : ' - 1'}`];
  if (effects.length > 0) {
    const slopes = effects.filter((effect) => effect.slopes.length > 0);
    if (slopes.length > 0) writing.said.push(`pyfixest has no varying slopes: ${slopes.map(printEffect).join(', ')}`);
    parts.push(effects.map(({ names }) => names.map(writing.namer.column).join('^')).join(' + '));
  }
  if (instrumented !== null) parts.push(`${list(instrumented.endogenous)} ~ ${list(instrumented.instruments)}`);
  return parts.join(' | ');
}

function productOf(product: Product, writing: Writing): string[] {
  const event = product.find(({ kind }) => kind === 'event');
  if (event !== undefined) {
    writing.said.push(
      `pyfixest has no ${printFactor(event)} in a formula: see pf.event_study and pf.SaturatedEventStudy`,
    );
    return [];
  }
  const parts = product.map((factor) => factorOf(factor, writing));
  return parts.reduce((left, right) => left.flatMap((a) => right.map((b) => `${a}:${b}`)));
}

function factorOf(factor: FormulaFactor, writing: Writing): string[] {
  if (factor.kind === 'event') return [];
  if (factor.kind === 'levels') {
    const by = factor.by === null ? '' : `, ${columnOf(factor.by, printExpression(factor.by), writing)}`;
    const [ref, ...more] = factor.ref;
    if (more.length > 0) writing.said.push(`i() of pyfixest has one reference: ${printFactor(factor)}`);
    const level = ref === undefined ? '' : `, ref=${Number.isFinite(Number(ref)) && ref !== '' ? ref : `'${ref}'`}`;
    return [`i(${writing.namer.column(factor.factor)}${by}${level})`];
  }
  return singlePeriods(factor).map((one) =>
    columnOf(one.kind === 'lag' ? one : one.expression, printProduct([one]), writing),
  );
}

/** A variable, or the column that holds a term; a line makes it. */
function columnOf(expression: Expression, term: string, writing: Writing): string {
  const { namer, before } = writing;
  if (expression.kind === 'name') return namer.column(expression.name);
  const name = namer.made(term);
  const line = `d[${quotedPython(name)}] = ${written(expression, writing)}  # ${term}`;
  if (!before.includes(line)) before.push(line);
  return name;
}

function written(expression: Expression, writing: Writing): string {
  const { namer, call, columns, said } = writing;
  const cell = (name: string): string => `d[${quotedPython(name)}]`;
  const groups = (args: readonly string[]): string => `groupby([${args.join(', ')}])`;
  return bare(
    spell(expression, {
      column: (name) => cell(namer.column(name)),
      compare: (operator, left, right) => `(${left} ${operator} ${right}).astype(float)`,
      power: (left, right) => `(${left} ** ${right})`,
      lag: (operand, periods) => {
        if (call.panel === null) return operand;
        if (columns.step === null)
          said.push('a lag counts periods by time: here rows of a unit are taken for them, so a gap is not seen');
        const unit = cell(namer.column(call.panel.unit));
        const time = cell(namer.column(call.panel.time));
        if (columns.step === null) return `${operand}.groupby(${unit}).shift(${periods})`;
        const key = `pd.MultiIndex.from_arrays([${unit}, ${time}])`;
        const back = periods * columns.step;
        const then = `pd.MultiIndex.from_arrays([${unit}, ${time} - ${back}])`;
        return `pd.Series(pd.Series(${operand}.to_numpy(), index=${key}).reindex(${then}).to_numpy(), index=d.index)`;
      },
      call: (name, args) => {
        const [x = '', ...rest] = args;
        switch (name) {
          case 'min':
          case 'max':
            return args.reduce((left, right) => `np.${name}imum(${left}, ${right})`);
          case 'winsor':
          case 'winsor7': {
            const [low = '1', high = '99', ...by] = rest;
            const method = name === 'winsor' ? ', method="averaged_inverted_cdf"' : '';
            const clip = `lambda v: v.clip(*np.quantile(v.dropna(), [${low} / 100, ${high} / 100]${method}))`;
            return by.length === 0 ? `${x}.pipe(${clip})` : `${x}.${groups(by)}.transform(${clip})`;
          }
          case 'mean':
          case 'sd':
          case 'total':
          case 'count': {
            const how = { mean: 'mean', sd: 'std', total: 'sum', count: 'count' }[name];
            return rest.length === 0 ? `${x}.${how}()` : `${x}.${groups(rest)}.transform("${how}")`;
          }
          default:
            return `np.${name}(${x})`;
        }
      },
    }),
  );
}

function unlikeThreshold({ thresholds, regime, boot, shape, intercepts }: ThresholdRequest): string[] {
  return [
    ...(thresholds > 1 ? [`${thresholds} thresholds: what follows searches the first`] : []),
    ...(regime.length > 1 ? [`regime regressors ${regime.slice(1).join(', ')} beside ${regime[0]}`] : []),
    ...(shape === 'kink' ? ['a kink'] : []),
    ...(intercepts ? ['intercepts that change at the threshold'] : []),
    ...(boot > 0 ? [`no bootstrap test (${boot} replicates)`] : []),
  ];
}

/** No package has the panel threshold model: the search is written out. */
function searchLines(
  { regime, by, trim }: ThresholdRequest,
  formula: string,
  settings: readonly string[],
  writing: Writing,
): string[] {
  const [left = '', right = ''] = formula.split(' ~ ');
  const whole = `${left} ~ low + high${right.startsWith('1') ? right.slice(1) : ` + ${right}`}`;
  const column = (text: string): string => quotedPython(productOf(productOfText(text), writing)[0] ?? text);
  return [
    '# Hansen (1999): the least sum of squares over every value of the threshold variable between the trims',
    `x, q = d[${column(regime[0] ?? '')}], d[${column(by)}]`,
    `least = np.ceil(${trim} * q.notna().sum())`,
    'values = [g for g in np.sort(q.dropna().unique()) if min((q <= g).sum(), (q > g).sum()) >= least]',
    'split = lambda g: d.assign(low=x * (q <= g), high=x * (q > g))',
    `ssr = [(pf.feols(${quotedPython(whole)}, split(g)).resid() ** 2).sum() for g in values]`,
    'gamma = values[int(np.argmin(ssr))]',
    `m = pf.feols(${quotedPython(whole)}, split(gamma), ${settings.join(', ')})`,
    'print(gamma, m.tidy())',
  ];
}

/** A covariance as pyfixest takes it; null, and said, where it has none. */
function vcovOf(request: CovarianceRequest, { namer, call, said }: Writing): string | null {
  const { type, by, lag = null } = request;
  const keys = call.panel === null ? '' : `, "panel_id": ${quotedPython(namer.column(call.panel.unit))}`;
  switch (type) {
    case 'iid':
      return '"iid"';
    case 'hc0':
    case 'hc1':
      return '"hetero"';
    case 'hc2':
    case 'hc3':
      return `"${type.toUpperCase()}"`;
    case 'cluster':
      if (by.length <= 2) return `{"CRV1": ${quotedPython(by.map((one) => namer.column(one)).join(' + '))}}`;
      break;
    case 'cr3':
    case 'jackknife':
      if (by.length === 1) return `{"CRV3": ${quotedPython(namer.column(by[0] ?? ''))}}`;
      break;
    case 'nw':
    case 'dk':
      if (call.panel !== null) {
        const settings = `{"time_id": ${quotedPython(namer.column(call.panel.time))}${keys}${lag === null ? '' : `, "lag": ${lag}`}}`;
        return `"${type === 'nw' ? 'NW' : 'DK'}", vcov_kwargs=${settings}`;
      }
      break;
    default:
      break;
  }
  said.push(`pyfixest has no covariance ${printCovariance(request)}`);
  return null;
}

/** The bootstrap, by the package wildboottest. */
function afterOf({ after: { wild } }: ModelCall): string[] {
  if (wild === null) return [];
  return [
    `print(m.wildboottest(param=${quotedPython(wild.text)}, reps=${wild.reps}, seed=${wild.seed}, weights_type="${wild.weights}", impose_null=${wild.type.startsWith('WCR') ? 'True' : 'False'}, bootstrap_type="${wild.type.slice(3)}"))  # other draws`,
  ];
}
