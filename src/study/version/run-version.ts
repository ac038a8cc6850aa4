import { isStudyError, type StudyError } from '../../error/study-error.ts';
import type { ReplicateRunner } from '../../model/replicate/contract.ts';
import type { TableBlock } from '../../output/document/contract.ts';
import type { FigureModel } from '../../output/figure/contract.ts';
import { houseStyleOf } from '../../output/format/house/catalog.ts';
import type { TableAnswers } from '../../output/report/answers.ts';
import type { Headline, HypothesisRow, ReportExhibit, Standing } from '../../output/report/outline.ts';
import type { ComparisonRow } from '../../output/table/comparison-table.ts';
import type { TruthRow } from '../../output/table/truth-table.ts';
import { type ColumnTable, takeMarked } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import type { EstimatedColumn } from '../estimated.ts';
import { figureKindOf, type ResolvedFigure, type ResolvedTable } from '../exhibit/catalog.ts';
import type { StudyTable } from '../exhibit/contract.ts';
import { makeFigure, makeTable } from '../exhibit/make.ts';
import { headlineCoefficient } from '../headline-coefficient.ts';
import { judgeHypothesis } from '../judge-hypotheses.ts';
import type { ResolvedModel } from '../language/resolve.ts';
import { type ResolvedHypothesis, type ResolvedRule, rulesOf } from '../language/resolved-hypothesis.ts';
import { filledExhibit, type PlannedExhibit } from '../report-exhibits.ts';
import { tableAnswers } from '../table-answers.ts';
import { unitKeys } from '../unit-names.ts';
import { type AuthorsAccount, printedInVersion, sizeOfVersion, truthInVersion } from './account.ts';
import { rowsOf, type StudyOnPanel, versionOf } from './apply.ts';
import type { Version } from './contract.ts';
import { columnsOfVersion, type Extent, type KeptColumns, takesLonger } from './estimate-version.ts';
import { offeredCovariances } from './offers.ts';
import type { LivingStudy } from './packed-study.ts';
import { drawnFrom, modelsOfClaim, type Touched, touchedBy } from './touched.ts';

/** A part of a report that a version made anew. */
export type VersionPart =
  /** How many rows and units there are to estimate on, of how many. */
  | { readonly kind: 'rows'; readonly rows: Share; readonly units: Share }
  /** What the version cannot change: tables and figures by their places, the coefficient of the first screen, all verdicts. */
  | {
      readonly kind: 'left';
      readonly places: readonly string[];
      readonly coefficient: boolean;
      readonly verdicts: boolean;
      /** What is counted that stays; left out: nothing is counted. */
      readonly counted?: readonly Counted[];
    }
  /** A table of estimates alone: what is folded below it and drawn beside it takes longer, and follows. */
  | { readonly kind: 'table'; readonly block: TableBlock; readonly answers: TableAnswers | null }
  | { readonly kind: 'exhibit'; readonly exhibit: ReportExhibit; readonly answers: TableAnswers | null }
  /** A table or figure that cannot be had in this version. */
  | { readonly kind: 'fault'; readonly id: string; readonly error: StudyError }
  | { readonly kind: 'coefficient'; readonly coefficient: Headline['coefficient'] }
  | { readonly kind: 'verdicts'; readonly hypotheses: readonly HypothesisRow[] }
  /** The numbers of the first screen. */
  | { readonly kind: 'size'; readonly size: Headline['size'] }
  /** Distances from printed numbers. */
  | { readonly kind: 'comparison'; readonly rows: readonly ComparisonRow[] }
  | { readonly kind: 'truth'; readonly rows: readonly TruthRow[] }
  | { readonly kind: 'progress'; readonly done: number; readonly of: number };

/** How a run of a version shares its thread. */
export interface Pace {
  /** Before each model; waited for. What it throws ends the run. */
  readonly turn: () => Promise<void>;
  /** Runs the replicates of tests. */
  readonly draw: ReplicateRunner;
}

/** What a report counts from rows and estimates beside its tables and figures. */
export type Counted = 'size' | 'comparison' | 'truth';

/** How much is left of something. */
export interface Share {
  readonly left: number;
  readonly of: number;
}

/**
 * The report of a version, part by part: every table of estimates first, then what takes longer. Whoever takes the parts may stop
 * after any.
 * @param kept what earlier versions estimated: what comes back costs nothing
 * @param pace left out: the thread is its own
 * @throws the codes of conditions and formulas where the version itself cannot be read
 */
export async function* runVersion(
  living: LivingStudy,
  version: Version,
  kept: KeptColumns,
  pace: Pace | null = null,
): AsyncGenerator<VersionPart, void, void> {
  const made = {
    ...versionOf(living, version),
    data: JSON.stringify(version.tails),
    rows: rowsOf(version, living.study, living.table),
  };
  yield rowsPart(living, version);
  const touched = touchedBy(living, version, made.study);
  const counted = countedAnew(living, touched, made.rows);
  yield {
    ...{ kind: 'left', places: touched.left, coefficient: !touched.headline, verdicts: touched.claims.size === 0 },
    ...(living.account === undefined ? {} : { counted: allCounted.filter((one) => !counted.includes(one)) }),
  };
  const run = startRun(living, made, { kept, touched, pace });
  const later = touched.models.filter((id) => takesLonger(modelNamed(made.study, id)));
  for (const id of touched.models) await run.estimate(id, 'prompt');

  const planned = touched.exhibits;
  const rest = planned.filter((one) => !isPrompt(one, later));
  for (const one of planned.filter((exhibit) => !rest.includes(exhibit))) yield* run.exhibit(one);
  for (const { table } of rest) if (table !== null && isOfEstimates(table)) yield* run.table(table);
  if (touched.headline) yield { kind: 'coefficient', coefficient: run.coefficient() };
  if (counted.includes('size')) yield run.size();
  if (counted.includes('truth')) yield run.truth();
  yield { kind: 'verdicts', hypotheses: run.verdicts(later) };

  const steps = later.length + rest.length;
  let done = 0;
  const waiting = new Set(later);
  const isReady = ({ models: own }: PlannedExhibit): boolean => !own.some((id) => waiting.has(id));
  const ahead = new Set(rest);
  for (const id of [null, ...later]) {
    if (id !== null) {
      yield { kind: 'progress', done, of: steps };
      await run.estimate(id, 'whole');
      waiting.delete(id);
      done += 1;
    }
    // What describes the data alone comes last.
    for (const one of rest) {
      if (!ahead.has(one) || one.models.length === 0 || !isReady(one)) continue;
      ahead.delete(one);
      yield* run.exhibit(one);
      done += 1;
    }
    // A verdict on draws waits for its own model alone.
    if (id !== null && waiting.size > 0 && run.isJudgedBy(id))
      yield { kind: 'verdicts', hypotheses: run.verdicts([...waiting]) };
  }
  for (const one of ahead) {
    yield { kind: 'progress', done, of: steps };
    yield* run.exhibit(one);
    done += 1;
  }
  yield { kind: 'verdicts', hypotheses: run.verdicts([]) };
  for (const one of touched.ofAll) yield* run.exhibit(one);
  if (counted.includes('comparison')) yield run.comparison();
  yield { kind: 'progress', done: steps, of: steps };
}

const allCounted: readonly Counted[] = ['size', 'comparison', 'truth'];

/** What a version counts otherwise than the authors. */
function countedAnew({ account }: LivingStudy, touched: Touched, rows: string | null): readonly Counted[] {
  if (account === undefined) return [];
  const { printed, truths } = account;
  return [
    ...(rows === null ? [] : (['size'] as const)),
    ...(printed.some(({ number }) => touched.tables.has(number.table)) ? (['comparison'] as const) : []),
    ...(truths.some(({ model }) => touched.changed.has(model)) ? (['truth'] as const) : []),
  ];
}

function modelNamed({ models }: StudyOnPanel['study'], id: string): ResolvedModel {
  const model = models[id];
  if (model === undefined) throw new RangeError(`no model is called ${id}`);
  return model;
}

/** Whether an exhibit shows estimates alone. */
function isPrompt({ table, figures, models }: PlannedExhibit, later: readonly string[]): boolean {
  const isOfModels = models.length > 0 && !models.some((id) => later.includes(id));
  return isOfModels && (table === null ? figures.length > 0 : isOfEstimates(table));
}

/** Tables of coefficients and thresholds: no draws of their own. */
function isOfEstimates({ kind }: ResolvedTable): boolean {
  return kind === 'regression' || kind === 'thresholds';
}

const nothingCounted: AuthorsAccount = { size: [], printed: [], truths: [] };

/** What a run of a version has so far, and the steps that go on from it. */
function startRun(
  living: LivingStudy,
  made: StudyOnPanel & { readonly data: string; readonly rows: string | null },
  { kept, touched, pace }: { readonly kept: KeptColumns; readonly touched: Touched; readonly pace: Pace | null },
) {
  const { study, table: panel } = made;
  const { isSynthetic, account = nothingCounted } = living;
  const offered = offeredCovariances(living.study);
  const models: Record<string, readonly EstimatedColumn[]> = {};
  const faults = new Map<string, StudyError>();
  const tables = new Map<string, StudyTable>();
  let verdicts: readonly HypothesisRow[] = [];
  const context = { study, panel, models, isSynthetic, house: houseStyleOf(study.report.style ?? '') };

  /** Makes something of models; the error of a model or its own where it cannot be had. */
  const attempted = <T>(needed: readonly string[], make: () => T): T | StudyError => {
    const fault = needed.flatMap((id) => faults.get(id) ?? [])[0];
    if (fault !== undefined) return fault;
    try {
      return make();
    } catch (error) {
      if (isStudyError(error)) return error;
      throw error;
    }
  };
  const tableOf = (spec: ResolvedTable, needed: readonly string[]): StudyTable | StudyError => {
    const one = attempted(needed, () => makeTable(spec, context));
    if (isStudyError(one)) tables.delete(spec.id);
    else tables.set(spec.id, one);
    return one;
  };
  const figureOf = (spec: ResolvedFigure, needed: readonly string[]): FigureModel | StudyError =>
    attempted(needed, () => {
      const { isOfAll, isOfPanel } = figureKindOf(spec);
      // A table that stays is not made otherwise.
      for (const id of isOfAll === true ? [] : drawnFrom(spec, study)) {
        const own = study.tables.find((one) => one.id === id);
        if (own !== undefined && !tables.has(id)) tableOf(own, needed);
      }
      const number = String(study.figures.indexOf(spec) + 1);
      const shown = isOfPanel === true ? rowsLeft() : panel;
      return makeFigure(spec, { ...context, panel: shown, number, tables: [...tables.values()], verdicts });
    });

  return {
    estimate: async (id: string, extent: Extent): Promise<void> => {
      await pace?.turn();
      const found = await columnsOfVersion(made, id, { extent, offered, draw: pace?.draw ?? null }, kept);
      faults.delete(id);
      if (isStudyError(found)) faults.set(id, found);
      else models[id] = found;
    },
    *table(spec: ResolvedTable): Generator<VersionPart> {
      const one = tableOf(spec, 'models' in spec ? spec.models : []);
      yield isStudyError(one)
        ? { kind: 'fault', id: spec.id, error: one }
        : { kind: 'table', block: one.blocks[0], answers: tableAnswers(one, study, panel) };
    },
    *exhibit(planned: PlannedExhibit): Generator<VersionPart> {
      const { table: spec, figures: specs, models: needed } = planned;
      const table = spec === null ? null : tableOf(spec, needed);
      if (isStudyError(table)) {
        yield { kind: 'fault', id: spec?.id ?? '', error: table };
        return;
      }
      const figures = specs.map((one) => [one.id, figureOf(one, needed)] as const);
      const drawn = figures.flatMap(([, figure]) => (isStudyError(figure) ? [] : [figure]));
      const exhibit = filledExhibit(planned, { tables: table === null ? [] : [table], figures: drawn });
      const answers = table === null ? null : tableAnswers(table, study, panel);
      if (exhibit.table !== null || drawn.length > 0) yield { kind: 'exhibit', exhibit, answers };
      for (const [id, figure] of figures) if (isStudyError(figure)) yield { kind: 'fault', id, error: figure };
    },
    size: (): VersionPart => ({ kind: 'size', size: sizeOfVersion(account.size, study, rowsLeft()) }),
    comparison: (): VersionPart => ({
      kind: 'comparison',
      rows: printedInVersion(account.printed, [...tables.values()], touched.tables),
    }),
    truth: (): VersionPart => ({ kind: 'truth', rows: truthInVersion(account.truths, models, touched.changed) }),
    coefficient: (): Headline['coefficient'] => headlineCoefficient(study, [...tables.values()]),
    /** Whether a claim about draws that the version touches is about those of a model. */
    isJudgedBy: (id: string): boolean =>
      study.hypotheses.some(
        (claim) => isJudgedLate(claim) && touched.claims.has(claim.id) && modelsOfClaim(claim, study).includes(id),
      ),
    /** @param waiting models that are not there as a whole yet: the authors' rows stand for what is judged by them */
    verdicts: (waiting: readonly string[]): readonly HypothesisRow[] => {
      const rows = study.hypotheses.flatMap((claim): readonly HypothesisRow[] => {
        const authors = living.verdicts.filter(({ id }) => id === claim.id);
        if (!touched.claims.has(claim.id)) return authors;
        const instead = (standing: Standing) => authors.map((row): HypothesisRow => ({ ...row, standing }));
        if (modelsOfClaim(claim, study).some((id) => waiting.includes(id)) && isJudgedLate(claim))
          return instead('waiting');
        const needed = rulesOf<ResolvedRule>(claim).flatMap((rule) => ('model' in rule ? [rule.model] : []));
        const row = attempted(needed, () => judgeHypothesis(claim, [...tables.values()], models));
        return row === null || isStudyError(row) || row.verdicts.length === 0 ? instead('authors') : [row];
      });
      verdicts = rows.filter(({ standing }) => standing === undefined);
      return rows;
    },
  };

  /** The rows of the version, for figures that show the panel itself. */
  function rowsLeft(): ColumnTable {
    if (made.rows === null) return panel;
    return takeMarked(panel, markRows(readRowCondition(made.rows), panel, 'where'));
  }
}

/** Whether a claim is about draws, which come after the estimates. */
function isJudgedLate(claim: ResolvedHypothesis): boolean {
  return rulesOf<ResolvedRule>(claim).some((rule) => 'order' in rule || 'slopes' in rule || 'mediator' in rule);
}

function rowsPart({ study, table }: LivingStudy, version: Version): VersionPart {
  const condition = rowsOf(version, study, table);
  const keys = unitKeys(table, study.panel.unit);
  const marks = condition === null ? null : markRows(readRowCondition(condition), table, 'where');
  const left = keys.filter((_, row) => marks === null || marks[row] === 1);
  const count = (all: readonly (string | null)[]): number => new Set(all.filter((key) => key !== null)).size;
  return {
    kind: 'rows',
    rows: { left: left.length, of: table.nrow },
    units: { left: count(left), of: count(keys) },
  };
}
