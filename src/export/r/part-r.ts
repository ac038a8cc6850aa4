import { isStudyError } from '../../error/study-error.ts';
import { readSmallSample } from '../../model/inference/small-sample.ts';
import { printConditionR } from '../../table/condition/print-r.ts';
import type { ComparedErrors } from '../compared.ts';
import {
  clusterColumns,
  isRepaired,
  refusedEstimator,
  searchedNumbers,
  strengthClusters,
  strengthOf,
  unitPlace,
  writtenOut,
} from '../compared.ts';
import type { ComparedTest } from '../compared-tests.ts';
import type { CheckedRows, PartLines, PreparedModel, PreparedStudy, Skipped, SummaryPart } from '../contract.ts';
import { sscOf } from '../convention.ts';
import type { NamedModel } from '../made-columns.ts';
import { type FrameWords, framedLines, framedModel, refusedSummary } from '../model-frame.ts';
import { oneLine } from '../one-line.ts';
import { exactly, wrapped } from '../spelling.ts';
import { quotedR, vectorR } from './spelling-r.ts';

/** A model or a table of statistics in R, with its comparisons. */
export function partR(part: PreparedModel | SummaryPart, study: PreparedStudy): PartLines {
  return part.kind === 'summary' ? summaryR(part, study) : modelR(part, study);
}

type Numbers = readonly (readonly [name: string, value: number])[];

/** Named numbers as a vector over several lines. */
function numbersR(numbers: Numbers, indent: string): string {
  const words = numbers.map(
    ([name, value], i) => `${quotedR(name)} = ${exactly(value)}${i < numbers.length - 1 ? ',' : ''}`,
  );
  return `c(\n${wrapped(words, `${indent}  `).join('\n')}\n${indent})`;
}

/** The rows of a condition; null where R has not what it asks. */
export function rowsR(
  where: CheckedRows | null,
  filled: readonly string[],
  study: PreparedStudy,
): string | { reason: string } {
  const also = filled.length === 0 ? '' : `, ${vectorR(filled)}`;
  if (where === null) return also === '' ? 'panel' : `rows(panel, TRUE${also})`;
  const written = conditionR(where, study.namer.column, study);
  return typeof written === 'string' ? `rows(panel, with(panel, ${written})${also})` : written;
}

/** A condition as R writes it. */
export function conditionR(
  { condition, text }: CheckedRows,
  column: (name: string) => string,
  { columns }: Pick<PreparedStudy, 'columns'>,
): string | { reason: string } {
  try {
    return printConditionR(condition, { column, kindOf: columns.kindOf });
  } catch (error) {
    if (isStudyError(error, 'not-available')) return { reason: `the condition ${text}` };
    throw error;
  }
}

function modelR(part: PreparedModel, study: PreparedStudy): PartLines {
  const words: FrameWords = {
    refused: () => refusedEstimator(part),
    sample: ({ clusters }) => rowsR(part.call.where, [...clusters.map((one) => one.name), ...part.filled], study),
    has: ({ effects }) => writtenOut(effects.length > 0),
  };
  return framedModel(part, words, (frame) => {
    const { named, first, heading, sample, terms, asked } = frame;
    const strength = strengthOf(part);
    const columns = numberless(terms.columns.map(({ term, name: column }) => [term, column]));
    const search = searchR(part, named);
    const lines = [
      `# ${heading}`,
      `d <- ${sample}`,
      `delayedAssign("m", ${leastSquaresR(part, named)})`,
      `repeated(${quotedR(part.name)},`,
      `  ${feolsR(part, named)},`,
      '  m,',
      `  nobs = ${first.nobs}, columns = ${columns},`,
      `  estimates = ${numbersR(terms.estimates, '  ')},`,
      `  errors = list(`,
      terms.errors.map((one) => `    ${errorsR(one, part, named)}`).join(',\n'),
      `  )${terms.r2.length === 0 ? '' : `,\n  r2 = ${numbersR(terms.r2, '  ')}`}`,
      ')',
      ...strengthLines(part, named, strength.numbers),
      ...asked.tests.map((one) => testR(one, part, named)),
      ...search.lines,
    ];
    return framedLines(frame, lines, { strength, search });
  });
}

/** Columns by term. */
function numberless(pairs: readonly (readonly [string, string])[]): string {
  return `c(${pairs.map(([term, column]) => `${quotedR(term)} = ${quotedR(column)}`).join(', ')})`;
}

function feolsR({ call }: PreparedModel, named: NamedModel): string {
  const names = (list: readonly { readonly name: string }[]): string => list.map(({ name }) => name).join(' + ');
  const right = named.regressors.length === 0 ? '1' : names(named.regressors);
  const hasConstant = named.effects.length > 0 || call.formula.hasConstant;
  const effects = named.effects.length > 0 ? ` | ${names(named.effects)}` : '';
  const iv = named.endogenous.length > 0 ? ` | ${names(named.endogenous)} ~ ${names(named.instruments)}` : '';
  const weights = named.weights === null ? '' : `, weights = ~${named.weights.name}`;
  const rest = `data = d${weights}, fixef.rm = "${call.singletons === 'drop' ? 'singleton' : 'none'}", fixef.tol = 1e-10`;
  return `feols(${named.outcome.name} ~ ${right}${hasConstant ? '' : ' - 1'}${effects}${iv}, ${rest})`;
}

function leastSquaresR({ call }: PreparedModel, named: NamedModel): string {
  const list = (terms: readonly { readonly name: string }[]): string =>
    terms.length === 0 ? 'character()' : vectorR(terms.map(({ name }) => name));
  const unit = unitPlace(call, named);
  const options = [
    `d, ${quotedR(named.outcome.name)}, ${list(named.regressors)}`,
    ...(named.effects.length === 0 ? [] : [`effects = ${list(named.effects)}`]),
    ...(named.endogenous.length === 0
      ? []
      : [`endogenous = ${list(named.endogenous)}`, `instruments = ${list(named.instruments)}`]),
    ...(named.weights === null ? [] : [`weights = ${quotedR(named.weights.name)}`]),
    ...(unit === 1 ? [] : [`unit = ${unit}`]),
    ...(call.formula.hasConstant || named.effects.length > 0 ? [] : ['has_constant = FALSE']),
    ...(call.singletons === 'drop' ? ['drop_singletons = TRUE'] : []),
    `rule = conventions[[${quotedR(call.ssc)}]]`,
  ];
  return `least_squares(${options.join(', ')})`;
}

function errorsR({ request, result, values }: ComparedErrors, { call }: PreparedModel, named: NamedModel): string {
  const by = clusterColumns(request.by, named);
  const ssc = sscOf(call, result);
  // fixest repairs in the units of the regressors.
  const isOwn = isRepaired(result) && readSmallSample(call.ssc).repairs !== 'units';
  const fixest = isOwn ? null : vcovOfFixest(request.type, by);
  const settings = [
    quotedR(request.type),
    ...(by.length === 0 ? [] : [`by = ${vectorR(by)}`]),
    ...(fixest === null
      ? []
      : [
          `vcov = ${fixest}`,
          `ssc = function() ssc_of(${ssc.adjusts ? 'TRUE' : 'FALSE'}, "${ssc.effects}", ${ssc.adjustsGroups ? 'TRUE' : 'FALSE'}, "${ssc.groups}")`,
        ]),
    ...(ssc.scale === 1 ? [] : [`scale = ${exactly(ssc.scale)}`]),
  ];
  return `errors(${numbersR(values, '    ')}, ${settings.join(', ')})`;
}

/** A covariance as feols is asked for it; null where the functions of the script are. */
export function vcovOfFixest(type: string, by: readonly string[]): string | null {
  if (type === 'iid') return '"iid"';
  if (type === 'hc0' || type === 'hc1') return '"hetero"';
  return type === 'cluster' ? `~ ${by.join(' + ')}` : null;
}

function strengthLines(part: PreparedModel, named: NamedModel, strength: Numbers): string[] {
  if (strength.length === 0) return [];
  const by = strengthClusters(part, named);
  const clusters = by.length === 0 ? '' : `, by = ${vectorR(by)}`;
  const endogenous = named.endogenous[0]?.name ?? '';
  const regressors = named.regressors.map((one) => one.name);
  return [
    `repeated_numbers(${quotedR(`${part.name} instruments`)},`,
    `  strength(m, ${quotedR(endogenous)}, ${vectorR(named.instruments.map((one) => one.name))}, ${regressors.length === 0 ? 'character()' : vectorR(regressors)}, ${vectorR(named.effects.map((one) => one.name))}${clusters}),`,
    `  ${numbersR(strength, '  ')}`,
    ')',
  ];
}

function testR(
  { kind, text, request, parts, numbers }: ComparedTest,
  { name }: PreparedModel,
  named: NamedModel,
): string {
  const by = clusterColumns(request.by, named);
  const loads = parts.map(
    (part) => `c(${part.loads.map(([column, load]) => `${quotedR(column)} = ${exactly(load)}`).join(', ')})`,
  );
  const constants = parts.map(({ constant }) => exactly(constant));
  const label = `${name} ${kind} ${oneLine(text)}, ${[request.type, ...request.by].join(' ')}`;
  const also = by.length === 0 ? '' : `, ${vectorR(by)}`;
  return [
    `repeated_numbers(${quotedR(label)},`,
    `  tested(m, list(${loads.join(', ')}), c(${constants.join(', ')}), ${quotedR(request.type)}${also}),`,
    `  ${numbersR(numbers, '  ')}`,
    ')',
  ].join('\n');
}

function searchR(part: PreparedModel, named: NamedModel): PartLines {
  const found = searchedNumbers(part, named);
  if ('skipped' in found) return { lines: [], compared: 0, skipped: found.skipped };
  const { regime, by, controls, trim, divisor, level, numbers } = found;
  const asked = [
    `regime = ${quotedR(regime)}`,
    `q = ${quotedR(by)}`,
    `controls = ${controls.length === 0 ? 'character()' : vectorR(controls)}`,
    `outcome = ${quotedR(named.outcome.name)}`,
    `trim = ${exactly(trim)}`,
    `divisor = ${exactly(divisor)}`,
    `level = ${exactly(level)}`,
  ];
  return {
    lines: [
      `repeated_numbers(${quotedR(`${part.name} search`)},`,
      `  threshold_search(m, ${asked.join(', ')}),`,
      `  ${numbersR(numbers, '  ')}`,
      ')',
    ],
    compared: numbers.length,
    skipped: [],
  };
}

function summaryR(part: SummaryPart, study: PreparedStudy): PartLines {
  const { name, where, statistics, quantiles, rows } = part;
  const sample = rowsR(where, [], study);
  const skipped: Skipped[] = [];
  if (typeof sample !== 'string') return refusedSummary(part, sample.reason);
  const { unit, time } = study.panel;
  let compared = 0;
  const lines = [`d <- ${sample}`];
  for (const row of rows) {
    if (!study.columns.names.includes(row.variable)) {
      skipped.push({
        what: row.variable,
        count: statistics.length,
        reason: `${row.variable} is no column of the panel`,
      });
      continue;
    }
    const numbers = statistics.flatMap((one): Numbers => {
      const value = row[one];
      return value === null ? [] : [[one, value]];
    });
    compared += numbers.length;
    lines.push(
      `repeated_numbers(${quotedR(`${name} ${row.variable}`)},`,
      `  summary_of(d, ${quotedR(study.namer.column(row.variable))}, ${quotedR(study.namer.column(unit))}, ${quotedR(study.namer.column(time))}, ${quotedR(quantiles)}),`,
      `  ${numbersR(numbers, '  ')}`,
      ')',
    );
  }
  return { lines, compared, skipped };
}

/** A convention in the words of the script's head. */
export function conventionR(label: string): string {
  const rule = readSmallSample(label);
  const logical = (value: boolean): string => (value ? 'TRUE' : 'FALSE');
  const settings = [
    quotedR(rule.counting),
    ...(rule.adjusts ? [] : ['adjusts = FALSE']),
    ...(rule.fixefK === 'nested' ? [] : [`effects = "${rule.fixefK}"`]),
    ...(rule.adjustsClusters ? [] : ['adjusts_groups = FALSE']),
    ...(rule.clusterDf === 'min' ? [] : ['groups = "conventional"']),
    ...(rule.forms.cluster.scale === 'n-1' ? [] : [`cluster = "${rule.forms.cluster.scale}"`]),
    ...(rule.forms.cluster.isGrouped ? [] : ['grouped = FALSE']),
    ...(rule.bareDivisor === 'n-1' ? [] : ['divisor = "n"']),
    ...(rule.repairs === 'units' ? ['repairs = "units"'] : []),
    ...(rule.printsConstant ? [`constant = ${logical(true)}`] : []),
  ];
  return `${quotedR(label)} = convention(${settings.join(', ')})`;
}
