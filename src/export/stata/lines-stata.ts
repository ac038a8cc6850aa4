import { isStudyError } from '../../error/study-error.ts';
import { singlePeriods } from '../../model/design/terms.ts';
import { weightExpression } from '../../model/design/weights.ts';
import type { EffectTerm, FormulaFactor, Product } from '../../model/formula/ast.ts';
import { printEffect, printFactor, printProduct } from '../../model/formula/print.ts';
import { printCovariance } from '../../model/inference/print-covariance.ts';
import { readSmallSample } from '../../model/inference/small-sample.ts';
import { printConditionStata } from '../../table/condition/print-stata.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { type ColumnNamer, columnNamer } from '../column-namer.ts';
import type { Columns, ModelCall, ModelLines } from '../contract.ts';
import { missingAfter } from '../said-in-comments.ts';
import { isPlainStata, madeStata, quotedStata } from './columns-stata.ts';
import { commandStata, vceStata } from './commands-stata.ts';

interface Writing {
  readonly namer: ColumnNamer;
  readonly call: ModelCall;
  readonly columns: Columns;
  readonly before: string[];
  readonly said: string[];
}

/** Lines of Stata that repeat a model on the user's data; what its commands have not is said in comments. */
export function linesStata(call: ModelCall, columns: Columns, file: string): ModelLines {
  const writing: Writing = { namer: columnNamer(columns.names), call, columns, before: [], said: [] };
  const { namer, before, said } = writing;
  const { formula, panel, threshold } = call;
  const opened = openingStata(file, writing);
  if (panel !== null) {
    const delta = columns.step === null || columns.step === 1 ? '' : `, delta(${columns.step})`;
    before.push(`xtset ${groupColumn([panel.unit], writing)} ${namer.column(panel.time)}${delta}`);
  }
  const list = (all: readonly Product[]): string[] => all.flatMap((one) => productStata(one, writing));
  const condition = conditionOf(writing);
  const effects = formula.effects.map((effect) => effectStata(effect, writing));
  const unit = formula.effects.findIndex((effect) => printEffect(effect) === panel?.unit);
  const model = {
    outcome: list([[formula.outcome]])[0] ?? '',
    regressors: list(formula.products),
    endogenous: list(formula.instrumented?.endogenous ?? []),
    instruments: list(formula.instrumented?.instruments ?? []),
    effects,
    unit: unit < 0 ? null : (effects[unit] ?? null),
    weights:
      call.weights === null ? null : valueStata(weightExpression(call.weights, columns.names), call.weights, writing),
    frequency: call.weights === null && call.frequency !== null ? namer.column(call.frequency) : null,
    hasConstant: formula.hasConstant,
  };
  if (call.weights !== null && call.frequency !== null) {
    const column = namer.column(call.frequency);
    before.push(
      '* Stata takes one kind of weights: the rows are written out',
      `drop if ${column} == 0`,
      `expand ${column}`,
    );
  }
  if (call.isRelaxed) said.push('bounds under a relaxed exclusion (relax): plausexog');
  const split = call.split === null ? null : namer.column(call.split.by);
  const commands =
    threshold === null
      ? call.covariances.flatMap((request): string[] => {
          const clusters = request.by.map((text) => groupColumn(text.split('^'), writing));
          const vce = vceStata(request, clusters, effects.length > 0);
          if (vce === null) {
            said.push(`no command of these has the covariance ${printCovariance(request)}${elsewhere(request.type)}`);
            return [];
          }
          const command = commandStata(call, model, vce, condition);
          const { counting } = readSmallSample(call.ssc);
          if (!command.isOwn && !(counting === 'fixest' && request.type !== 'hc0')) {
            said.push(
              `${command.text.split(' ')[0]} corrects small samples in its own way, which is not that of ${call.ssc}`,
            );
          }
          const orthogonal = call.orthogonal.length === 0 ? '' : ` orthog(${call.orthogonal.join(' ')})`;
          const text = command.text + (command.text.includes(',') || orthogonal === '' ? orthogonal : `,${orthogonal}`);
          return split === null ? [text] : [`bysort ${split}: ${text}`, ...(call.split?.full === true ? [text] : [])];
        })
      : xthregStata(writing, model);
  if (call.ssc === 'fixest' && effects.length > 0) {
    before.push(
      '* the convention fixest has the factor of reghdfe where effects have one component; t of G - 1 in both',
    );
  }
  const setup = [...opened, ...before];
  const lines = [
    ...[...new Set(said)].map((line) => `* not the same: ${line}`),
    ...commands,
    ...afterStata(call, writing),
    ...missingAfter(call.after, ['tests', 'lincoms', 'nlcoms', 'wild']).map((line) => `* not repeated here: ${line}`),
  ];
  return { setup, model: lines };
}

function openingStata(file: string, { namer }: Writing): string[] {
  const path = quotedStata(file.replaceAll('\\', '/'));
  const renamed = namer.renamed().map(([own, given]) => `rename ${own} ${given}`);
  const open = /\.dta$/i.test(file)
    ? `use ${path}, clear`
    : /\.xlsx?$/i.test(file)
      ? `import excel ${path}, firstrow clear`
      : /\.parquet$/i.test(file)
        ? `* Stata reads no Parquet: write it as dta first, by kaya panel build or pq use ${path}`
        : `import delimited ${path}, clear case(preserve) encoding("utf-8")`;
  return [open, ...renamed];
}

function conditionOf({ call, columns, namer, said }: Writing): string {
  if (call.where === null) return '';
  try {
    const written = printConditionStata(call.where.condition, { column: namer.column, kindOf: columns.kindOf });
    if (isPlainStata(written)) return written;
  } catch (error) {
    if (!isStudyError(error, 'not-available')) throw error;
  }
  said.push(`Stata has not what the condition asks, so choose these rows yourself: ${call.where.text}`);
  return '';
}

const elsewhere = (type: string): string =>
  ({
    cr2: ' (reg_sandwich)',
    nw: ' (newey2, ivreg2 bw())',
    dk: ' (xtscc)',
    conley: ' (acreg)',
    pcse: ' (xtpcse)',
    cr3: ' (summclust, jackknife)',
  })[type] ?? '';

/** Columns that are grouped by: text and combinations as numbers. */
function groupColumn(names: readonly string[], { namer, columns, before }: Writing): string {
  const [only = '', ...more] = names;
  const isNumber = columns.kindOf(only) !== 'text';
  if (more.length === 0 && isNumber) return namer.column(only);
  const name = namer.made(`id of ${names.join(' and ')}`);
  const line = `egen long ${name} = group(${names.map(namer.column).join(' ')})`;
  if (!before.includes(line)) before.push(line);
  return name;
}

function effectStata(effect: EffectTerm, writing: Writing): string {
  const group = groupColumn(effect.names, writing);
  if (effect.slopes.length === 0) return group;
  return effect.slopes.length === 1
    ? `${group}##c.${writing.namer.column(effect.slopes[0] ?? '')}`
    : `${group}##c.(${effect.slopes.map(writing.namer.column).join(' ')})`;
}

function productStata(product: Product, writing: Writing): string[] {
  const event = product.find(({ kind }) => kind === 'event');
  if (event !== undefined) {
    writing.said.push(`${printFactor(event)}: eventdd and eventstudyinteract have it`);
    return [];
  }
  if (product.length === 1) return product.flatMap((factor) => factorStata(factor, writing));
  const parts = product.map((factor) =>
    factorStata(factor, writing).map((name) =>
      /^i(b[\d.]+)?\./.test(name) || name.includes('#') ? name : `c.${name}`,
    ),
  );
  return parts.reduce((left, right) => left.flatMap((a) => right.map((b) => `${a}#${b}`)));
}

function factorStata(factor: FormulaFactor, writing: Writing): string[] {
  if (factor.kind === 'event') return [];
  if (factor.kind === 'levels') {
    const group = groupColumn([factor.factor], writing);
    const [ref] = factor.ref;
    if (ref !== undefined && writing.columns.kindOf(factor.factor) === 'text') {
      writing.said.push(`the base of ${factor.factor} is ${ref}: ib#.${group} takes its number`);
    }
    const base = ref !== undefined && writing.columns.kindOf(factor.factor) !== 'text' ? `ib${ref}.` : 'i.';
    const by = factor.by === null ? '' : `#c.${valueStata(factor.by, 'by', writing)}`;
    return [`${base}${group}${by}`];
  }
  return singlePeriods(factor).map((one) => {
    if (one.kind === 'lag' && one.operand.kind === 'name' && one.operator !== 'd') {
      return `${one.operator === 'l' ? 'L' : 'F'}${one.from}.${writing.namer.column(one.operand.name)}`;
    }
    return valueStata(one.kind === 'lag' ? one : one.expression, printProduct([one]), writing);
  });
}

/** A variable, or the column that holds a term; lines make it. */
function valueStata(expression: Expression, term: string, writing: Writing): string {
  const { namer, columns, before, said } = writing;
  if (expression.kind === 'name') return namer.column(expression.name);
  const name = namer.made(term);
  const made = madeStata({ kind: 'expression', name, term, expression }, { namer, columns });
  if ('reason' in made) said.push(`${term} must be made by hand as ${name}: ${made.reason}`);
  else for (const line of made) if (!before.includes(line)) before.push(line);
  return name;
}

function xthregStata(
  { call, said, namer }: Writing,
  model: {
    readonly outcome: string;
    readonly regressors: readonly string[];
    readonly effects: readonly string[];
    readonly unit: string | null;
  },
): string[] {
  const { threshold } = call;
  if (threshold === null) return [];
  const { regime, by, thresholds, trim, grid, boot, level, seed } = threshold;
  const others = model.effects.filter((name) => name !== model.unit).map((name) => `i.${name}`);
  said.push(
    'xthreg takes a balanced panel and looks at grid() quantiles of the threshold variable, Kaya at every value',
  );
  if (threshold.shape === 'kink') said.push('xthreg has no kink: xthenreg has');
  if (threshold.intercepts) said.push('xthreg has no intercept that changes at the threshold');
  if (threshold.scale !== 'xthreg')
    said.push(`F is scaled by ${threshold.scale} here, by T(n-1) in xthreg: --scale xthreg`);
  const times = (value: string | number): string => Array.from({ length: thresholds }, () => value).join(' ');
  return [
    `set seed ${seed}`,
    `xthreg ${[model.outcome, ...model.regressors, ...others].join(' ')}, rx(${regime.map(namer.column).join(' ')}) qx(${namer.column(by)}) thnum(${thresholds}) trim(${times(trim)}) grid(${grid === 'all' ? 400 : grid}) bs(${times(boot)}) thlevel(${level})`,
  ];
}

/** Tests, combinations and the bootstrap after the fit. */
function afterStata({ after }: ModelCall, { namer, said }: Writing): string[] {
  const { wild } = after;
  const plain = (text: string): string => text.replaceAll(':', '#');
  const jackknifed = wild !== null && wild.type.slice(3) === '31' ? ' jk' : '';
  if (wild !== null && !['11', '31'].includes(wild.type.slice(3))) said.push(`boottest has no ${wild.type}`);
  return [
    ...after.tests.map(
      (text) =>
        `test ${text
          .split(',')
          .map((one) => `(${plain(one.trim())})`)
          .join(' ')}`,
    ),
    ...after.lincoms.map((text) => `lincom ${plain(text)}`),
    ...after.nlcoms.map((text) => `nlcom ${text.replace(/[A-Za-z_]\w*(?!\()/g, (name) => `_b[${name}]`)}`),
    ...(wild === null
      ? []
      : [
          `boottest ${wild.text
            .split(',')
            .map((one) => (wild.text.includes('=') ? `{${one.trim()}}` : namer.column(one.trim())))
            .join(
              ' ',
            )}, reps(${wild.reps}) weighttype(${wild.weights}) seed(${wild.seed})${wild.type.startsWith('WCU') ? ' nonull' : ''}${jackknifed}`,
        ]),
  ];
}
