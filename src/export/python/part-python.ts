import { isStudyError } from '../../error/study-error.ts';
import { readSmallSample } from '../../model/inference/small-sample.ts';
import { printConditionPython } from '../../table/condition/print-python.ts';
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
import { listPython, quotedPython } from './spelling-python.ts';

/** A model or a table of statistics in Python, with its comparisons. */
export function partPython(part: PreparedModel | SummaryPart, study: PreparedStudy): PartLines {
  return part.kind === 'summary' ? summaryPython(part, study) : modelPython(part, study);
}

type Numbers = readonly (readonly [name: string, value: number])[];

function numbersPython(numbers: Numbers, indent: string): string {
  const words = numbers.map(([name, value]) => `${quotedPython(name)}: ${exactly(value)},`);
  return `{\n${wrapped(words, `${indent}    `).join('\n')}\n${indent}}`;
}

function rowsPython(
  where: CheckedRows | null,
  filled: readonly string[],
  study: PreparedStudy,
): string | { reason: string } {
  const also = filled.length === 0 ? '' : `, ${listPython(filled)}`;
  if (where === null) return also === '' ? 'panel' : `rows(panel, True${also})`;
  try {
    const column = (name: string): string => `panel[${quotedPython(study.namer.column(name))}]`;
    return `rows(panel, ${printConditionPython(where.condition, { column, kindOf: study.columns.kindOf })}${also})`;
  } catch (error) {
    if (isStudyError(error, 'not-available')) return { reason: `the condition ${where.text}` };
    throw error;
  }
}

function modelPython(part: PreparedModel, study: PreparedStudy): PartLines {
  const words: FrameWords = {
    refused: () => refusedEstimator(part),
    sample: ({ clusters }) => rowsPython(part.call.where, [...clusters.map((one) => one.name), ...part.filled], study),
    has: ({ effects }) => writtenOut(effects.length > 0),
  };
  return framedModel(part, words, (frame) => {
    const { named, first, heading, sample, terms, asked } = frame;
    const strength = strengthOf(part);
    const columns = terms.columns.map(({ term, name: column }) => `${quotedPython(term)}: ${quotedPython(column)}`);
    const search = searchPython(part, named);
    const lines = [
      `# ${heading}`,
      `d = ${sample}`,
      `m = lazily(lambda: ${leastSquaresPython(part, named)})`,
      `repeated(${quotedPython(part.name)},`,
      `    ${feolsPython(part, named)},`,
      '    m,',
      `    nobs=${first.nobs}, columns={${columns.join(', ')}},`,
      `    estimates=${numbersPython(terms.estimates, '    ')},`,
      '    errors=[',
      ...terms.errors.map((one) => `        ${errorsPython(one, part, named)},`),
      '    ],',
      ...(terms.r2.length === 0 ? [] : [`    r2=${numbersPython(terms.r2, '    ')},`]),
      ')',
      ...strengthLines(part, named, strength.numbers),
      ...asked.tests.map((one) => testPython(one, part, named)),
      ...search.lines,
    ];
    return framedLines(frame, lines, { strength, search });
  });
}

/** A formula of pyfixest: the instruments come last. */
export function formulaPython(named: NamedModel, hasConstant: boolean): string {
  const names = (list: readonly { readonly name: string }[]): string => list.map(({ name }) => name).join(' + ');
  const right = named.regressors.length === 0 ? '1' : names(named.regressors);
  const effects = named.effects.length > 0 ? ` | ${names(named.effects)}` : '';
  const iv = named.endogenous.length > 0 ? ` | ${names(named.endogenous)} ~ ${names(named.instruments)}` : '';
  const isBare = !hasConstant && named.effects.length === 0;
  return `${named.outcome.name} ~ ${right}${isBare ? ' - 1' : ''}${effects}${iv}`;
}

function feolsPython({ call }: PreparedModel, named: NamedModel): string {
  // Its 2SLS takes one endogenous regressor, and its formula needs a regressor beside fixed effects alone.
  if (named.endogenous.length > 1) return 'None';
  const settings = [
    quotedPython(formulaPython(named, call.formula.hasConstant)),
    'd',
    'vcov=vcov',
    'ssc=ssc',
    ...(named.weights === null ? [] : [`weights=${quotedPython(named.weights.name)}`]),
    `fixef_rm="${call.singletons === 'drop' ? 'singleton' : 'none'}"`,
    ...(named.effects.length === 0 ? [] : ['**tight']),
  ];
  return `lambda vcov, ssc: pf.feols(${settings.join(', ')})`;
}

function leastSquaresPython({ call }: PreparedModel, named: NamedModel): string {
  const list = (terms: readonly { readonly name: string }[]): string => listPython(terms.map(({ name }) => name));
  const unit = unitPlace(call, named) - 1;
  const options = [
    `d, ${quotedPython(named.outcome.name)}, ${list(named.regressors)}`,
    ...(named.effects.length === 0 ? [] : [`effects=${list(named.effects)}`]),
    ...(named.endogenous.length === 0
      ? []
      : [`endogenous=${list(named.endogenous)}`, `instruments=${list(named.instruments)}`]),
    ...(named.weights === null ? [] : [`weights=${quotedPython(named.weights.name)}`]),
    ...(unit === 0 ? [] : [`unit=${unit}`]),
    ...(call.formula.hasConstant || named.effects.length > 0 ? [] : ['has_constant=False']),
    ...(call.singletons === 'drop' ? ['drop_singletons=True'] : []),
    `rule=conventions[${quotedPython(call.ssc)}]`,
  ];
  return `least_squares(${options.join(', ')})`;
}

function errorsPython({ request, result, values }: ComparedErrors, { call }: PreparedModel, named: NamedModel): string {
  const by = clusterColumns(request.by, named);
  const ssc = sscOf(call, result);
  // pyfixest repairs nothing.
  const vcov = isRepaired(result) ? null : vcovOfPyfixest(request.type, by);
  const logical = (value: boolean): string => (value ? 'True' : 'False');
  const settings = [
    quotedPython(request.type),
    ...(by.length === 0 ? [] : [`by=(${by.map((one) => `${quotedPython(one)},`).join(' ')})`]),
    ...(vcov === null
      ? []
      : [
          `vcov=${vcov}`,
          `ssc=dict(k_adj=${logical(ssc.adjusts)}, k_fixef="${ssc.effects}", G_adj=${logical(ssc.adjustsGroups)}, G_df="${ssc.groups}")`,
        ]),
    ...(ssc.scale === 1 ? [] : [`scale=${exactly(ssc.scale)}`]),
  ];
  return `Errors(${numbersPython(values, '        ')}, ${settings.join(', ')})`;
}

/** A covariance as pyfixest is asked for it; null where the functions of the script are. */
export function vcovOfPyfixest(type: string, by: readonly string[]): string | null {
  if (type === 'iid') return '"iid"';
  if (type === 'hc0' || type === 'hc1') return '"hetero"';
  return type === 'cluster' && by.length <= 2 ? `{"CRV1": "${by.join('+')}"}` : null;
}

function strengthLines(part: PreparedModel, named: NamedModel, strength: Numbers): string[] {
  if (strength.length === 0) return [];
  const by = strengthClusters(part, named);
  const clusters = by.length === 0 ? '' : `, by=${listPython(by)}`;
  const list = (terms: readonly { readonly name: string }[]): string => listPython(terms.map((one) => one.name));
  return [
    `repeated_numbers(${quotedPython(`${part.name} instruments`)},`,
    `    strength(m(), ${quotedPython(named.endogenous[0]?.name ?? '')}, ${list(named.instruments)}, ${list(named.regressors)}, ${list(named.effects)}${clusters}),`,
    `    ${numbersPython(strength, '    ')},`,
    ')',
  ];
}

function testPython(
  { kind, text, request, parts, numbers }: ComparedTest,
  { name }: PreparedModel,
  named: NamedModel,
): string {
  const by = clusterColumns(request.by, named);
  const loads = parts.map(
    (part) => `{${part.loads.map(([column, load]) => `${quotedPython(column)}: ${exactly(load)}`).join(', ')}}`,
  );
  const constants = parts.map(({ constant }) => exactly(constant));
  const label = `${name} ${kind} ${oneLine(text)}, ${[request.type, ...request.by].join(' ')}`;
  return [
    `repeated_numbers(${quotedPython(label)},`,
    `    tested(m(), [${loads.join(', ')}], [${constants.join(', ')}], ${quotedPython(request.type)}, ${listPython(by)}),`,
    `    ${numbersPython(numbers, '    ')},`,
    ')',
  ].join('\n');
}

function searchPython(part: PreparedModel, named: NamedModel): PartLines {
  const found = searchedNumbers(part, named);
  if ('skipped' in found) return { lines: [], compared: 0, skipped: found.skipped };
  const { regime, by, controls, trim, divisor, level, numbers } = found;
  const asked = [
    `regime=${quotedPython(regime)}`,
    `q=${quotedPython(by)}`,
    `controls=${listPython(controls)}`,
    `outcome=${quotedPython(named.outcome.name)}`,
    `trim=${exactly(trim)}`,
    `divisor=${exactly(divisor)}`,
    `level=${exactly(level)}`,
  ];
  return {
    lines: [
      `repeated_numbers(${quotedPython(`${part.name} search`)},`,
      `    threshold_search(m(), ${asked.join(', ')}),`,
      `    ${numbersPython(numbers, '    ')},`,
      ')',
    ],
    compared: numbers.length,
    skipped: [],
  };
}

function summaryPython(part: SummaryPart, study: PreparedStudy): PartLines {
  const { name, where, statistics, quantiles, rows } = part;
  const sample = rowsPython(where, [], study);
  const skipped: Skipped[] = [];
  if (typeof sample !== 'string') return refusedSummary(part, sample.reason);
  let compared = 0;
  const lines = [`d = ${sample}`];
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
    const column = quotedPython(study.namer.column(row.variable));
    const unit = quotedPython(study.namer.column(study.panel.unit));
    lines.push(
      `repeated_numbers(${quotedPython(`${name} ${row.variable}`)}, summary_of(d, ${column}, ${unit}, ${quotedPython(quantiles)}), ${numbersPython(numbers, '')})`,
    );
  }
  return { lines, compared, skipped };
}

/** A convention in the words of the script's head. */
export function conventionPython(label: string): string {
  const rule = readSmallSample(label);
  const settings = [
    quotedPython(rule.counting),
    ...(rule.adjusts ? [] : ['adjusts=False']),
    ...(rule.fixefK === 'nested' ? [] : [`effects="${rule.fixefK}"`]),
    ...(rule.adjustsClusters ? [] : ['adjusts_groups=False']),
    ...(rule.clusterDf === 'min' ? [] : ['groups="conventional"']),
    ...(rule.forms.cluster.scale === 'n-1' ? [] : [`cluster="${rule.forms.cluster.scale}"`]),
    ...(rule.forms.cluster.isGrouped ? [] : ['grouped=False']),
    ...(rule.bareDivisor === 'n-1' ? [] : ['divisor="n"']),
    ...(rule.repairs === 'units' ? ['repairs="units"'] : []),
    ...(rule.printsConstant ? ['constant=True'] : []),
  ];
  return `${quotedPython(label)}: Convention(${settings.join(', ')})`;
}
