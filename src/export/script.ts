import { at, lastOf } from '../error/at.ts';
import { weightExpression } from '../model/design/weights.ts';
import type { ThresholdResult } from '../model/result/threshold.ts';
import { columnNamer } from './column-namer.ts';
import type {
  ModelPart,
  PartLines,
  PreparedModel,
  PreparedStudy,
  Program,
  Script,
  ScriptStudy,
  Skipped,
} from './contract.ts';
import {
  type MadeColumn,
  type NamedModel,
  namedModel,
  namedTerm,
  productOfText,
  type Refusal,
} from './made-columns.ts';
import { afterFitSkipped, countNumbers } from './not-repeated.ts';
import { oneLine } from './one-line.ts';

/** Names every column that the models of a study need. */
export function prepareStudy(study: ScriptStudy): PreparedStudy {
  const namer = columnNamer(study.columns.names);
  const made = new Map<string, MadeColumn>();
  const exhibits = study.exhibits.map((exhibit) => ({
    ...exhibit,
    parts: exhibit.parts.map((part) => {
      if (part.kind !== 'model') return part;
      const prepared = prepareModel(part, study, namer);
      if (!('reason' in prepared.named)) for (const one of prepared.named.made) made.set(one.name, one);
      return prepared;
    }),
  }));
  for (const name of study.columns.names) namer.column(name);
  const calls = exhibits.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'model' ? [part.call] : [])));
  return {
    ...study,
    namer,
    made: [...made.values()],
    conventions: [...new Set(calls.map(({ ssc }) => ssc))],
    exhibits,
  };
}

function prepareModel(part: ModelPart, { columns }: ScriptStudy, namer: PreparedStudy['namer']): PreparedModel {
  const { call, results } = part;
  if (call.frequency !== null) {
    const reason = `rows that stand for several (frequency ${call.frequency})`;
    return { ...part, named: { reason }, filled: [], threshold: null };
  }
  const terms = results.flatMap(({ coef, collinear, iv }) => [
    ...coef.map(({ term }) => term),
    ...collinear,
    ...(iv?.first_stage ?? []).flatMap((stage) => stage.coef.map(({ term }) => term)),
  ]);
  const clusters = call.covariances.flatMap(({ type, by }) => (type === 'cluster' ? by : []));
  const weights = call.weights === null ? null : weightExpression(call.weights, columns.names);
  const own = namedModel(call.formula, { namer, terms, clusters: [...new Set(clusters)], weights });
  const whole = part.sampleOf === null ? null : namedModel(part.sampleOf, { namer, terms });
  const { named, filled } = onSampleOf(own, whole);
  const lags =
    'reason' in named ? [] : named.made.filter(({ kind, term }) => kind === 'expression' && /\b[lfd]\(/.test(term));
  if (lags.length > 0 && columns.step === null) {
    const reason = `${at(lags, 0).term}: the times are no plain numbers`;
    return { ...part, named: { reason }, filled, threshold: null };
  }
  if (part.search === null || 'reason' in named) return { ...part, named, filled, threshold: null };
  return { ...part, filled, ...withRegimes(part.search, named, namer, terms) };
}

/** A model on the sample of another: its columns are made too, and have a value on every row. */
function onSampleOf(
  own: NamedModel | Refusal,
  whole: NamedModel | Refusal | null,
): Pick<PreparedModel, 'named' | 'filled'> {
  if (whole === null || 'reason' in own) return { named: own, filled: [] };
  if ('reason' in whole) return { named: whole, filled: [] };
  const columns = [whole.outcome, ...whole.regressors, ...whole.endogenous, ...whole.instruments];
  return { named: { ...own, made: [...own.made, ...whole.made] }, filled: columns.map(({ name }) => name) };
}

/** The regimes of a threshold model as regressors, at the thresholds found in full precision. */
function withRegimes(
  { settings, regimes, tests }: ThresholdResult,
  named: NamedModel,
  namer: PreparedStudy['namer'],
  terms: readonly string[],
): Pick<PreparedModel, 'named' | 'threshold'> {
  const refused = (reason: string): { named: Refusal; threshold: null } => ({ named: { reason }, threshold: null });
  if (settings.shape === 'kink') return refused('a kink');
  if (settings.intercepts) return refused('intercepts that change at the threshold');
  if (settings.demean !== 'within') return refused('the last period of each unit left out after demeaning');
  const by = namedTerm(productOfText(settings.by), { namer, terms });
  const regime = settings.regime.map((text) => namedTerm(productOfText(text), { namer, terms }));
  if ('reason' in by) return refused(by.reason);
  const made: MadeColumn[] = [...named.made, ...by.made];
  const threshold = at(by.columns, 0);
  const gamma = lastOf(tests).gamma;
  const columns: NamedModel['regressors'][number][] = [];
  const plain: NamedModel['regressors'][number][] = [];
  for (const one of regime) {
    if ('reason' in one) return refused(one.reason);
    made.push(...one.made);
    const own = at(one.columns, 0);
    plain.push(own);
    regimes.forEach(({ label }, r) => {
      const term = `${own.term}:[${label}]`;
      const name = namer.made(`${own.term} regime ${r + 1} of ${settings.by} at ${gamma.join(' ')}`);
      made.push({
        kind: 'regime',
        name,
        term,
        of: own.name,
        by: threshold.name,
        low: r === 0 ? null : at(gamma, r - 1),
        high: gamma[r] ?? null,
      });
      columns.push({ term, name });
    });
  }
  return {
    named: { ...named, made, regressors: [...named.regressors, ...columns] },
    threshold: { by: threshold, regime: plain },
  };
}

/** The script of a study in a program: every model of every table with what Kaya obtained, and how much of it agrees. */
export function scriptOf(program: Program, study: ScriptStudy): Script {
  const prepared = prepareStudy(study);
  const lines: string[] = [...program.head(prepared)];
  const counts: Script['exhibits'][number][] = [];
  let compared = 0;
  let notRepeated = 0;
  const skip = (name: string, skipped: readonly Skipped[]): void => {
    for (const one of skipped) {
      notRepeated += one.count;
      lines.push(program.skip(name, one));
    }
  };
  for (const { heading, title, parts } of prepared.exhibits) {
    const before = { compared, notRepeated };
    lines.push('', `${program.comment} ---- ${heading}: ${oneLine(title)} ${'-'.repeat(20)}`);
    for (const part of parts) {
      lines.push('');
      if (part.kind === 'note') {
        if (part.count > 0) skip(part.name, [{ what: part.name, count: part.count, reason: part.text }]);
        else lines.push(`${program.comment} ${part.text}`);
        continue;
      }
      const own = partLines(program, part, prepared);
      lines.push(...own.lines);
      compared += own.compared;
      skip(part.name, own.skipped);
    }
    counts.push({
      heading,
      compared: compared - before.compared,
      notRepeated: notRepeated - before.notRepeated,
    });
  }
  lines.push('', ...program.ending, '');
  const text = lines.map(program.remark ?? ((line) => line)).join('\n');
  return { text, compared, notRepeated, exhibits: counts };
}

function partLines(
  program: Program,
  part: PreparedModel | Extract<ScriptStudy['exhibits'][number]['parts'][number], { kind: 'summary' }>,
  study: PreparedStudy,
): PartLines {
  if (part.kind === 'summary') return program.part(part, study);
  const after = afterFitSkipped(part);
  if ('reason' in part.named) {
    const [first] = part.results;
    const skipped = {
      what: part.name,
      count: countNumbers(part.results.map(({ coef, nobs }) => [nobs, coef.map(({ estimate, se }) => [estimate, se])])),
      reason: part.named.reason,
    };
    return {
      lines: [`${program.comment} ${part.name}: ${first?.formula ?? ''}`],
      compared: 0,
      skipped: [skipped, ...after],
    };
  }
  const own = program.part(part, study);
  return { ...own, skipped: [...own.skipped, ...after] };
}
