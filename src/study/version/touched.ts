import { figureKindOf, tableKindOf } from '../exhibit/catalog.ts';
import type { ResolvedModel, StudyCore } from '../language/resolve.ts';
import { type ResolvedHypothesis, type ResolvedRule, rulesOf } from '../language/resolved-hypothesis.ts';
import { modelsNamed, type PlannedExhibit, plannedExhibits } from '../report-exhibits.ts';
import { versionOf } from './apply.ts';
import { authorsVersion, type Version } from './contract.ts';
import type { LivingStudy } from './packed-study.ts';

/** What of a report a version can change; the rest stands as the authors have it, and nothing of it is estimated. */
export interface Touched {
  /** Tables and figures to be made anew, in the order of the report. */
  readonly exhibits: readonly PlannedExhibit[];
  /** Figures of the study as a whole, which come last. */
  readonly ofAll: readonly PlannedExhibit[];
  /** Tables and figures that stay, by the id of their place in the report. */
  readonly left: readonly string[];
  /** Tables among them, by their id. */
  readonly tables: ReadonlySet<string>;
  /** Models that are not as the authors have them, by their id. */
  readonly changed: ReadonlySet<string>;
  /** Models that what is made anew needs, those that stay among them. */
  readonly models: readonly string[];
  /** Claims to be judged anew, by their id. */
  readonly claims: ReadonlySet<string>;
  /** Whether the coefficient of the first screen may be another. */
  readonly headline: boolean;
}

/** What a model is of, as text: two of the same text give the same columns on the same data. */
export function wishOf({ expanded, samples, words }: ResolvedModel): string {
  return JSON.stringify([expanded, samples.map(({ where }) => where?.text ?? null), words]);
}

/** @param after the study of the version */
export function touchedBy(
  authors: Omit<LivingStudy, 'isSynthetic' | 'verdicts'>,
  version: Version,
  after: StudyCore,
): Touched {
  const { hypotheses, report } = after;
  const before = versionOf(authors, authorsVersion).study.models;
  const { period, where, without, tails } = version;
  const isOfData = period !== null || where !== null || without.length > 0 || tails !== null;
  const changed = new Set(Object.keys(after.models).filter((id) => isOfData || !isSame(before[id], after.models[id])));
  const isTouched = (models: readonly string[]): boolean => isOfData || models.some((id) => changed.has(id));
  const planned = plannedExhibits(after);
  const claims = hypotheses.filter((claim) => isTouched(modelsOfClaim(claim, after)));
  const isOfRaw = ({ table }: PlannedExhibit): boolean => table !== null && tableKindOf(table).isOfRaw === true;
  const exhibits = planned.filter((one) => !one.isOfAll && !isOfRaw(one) && isTouched(one.models));
  const ofAll = claims.length === 0 ? [] : planned.filter(({ isOfAll }) => isOfAll);
  const left = planned.filter((one) => !exhibits.includes(one) && !ofAll.includes(one));
  const asked = ofAll.length === 0 ? claims : hypotheses.filter((claim) => 'slopes' in claim || claims.includes(claim));
  const needed = new Set([
    ...exhibits.flatMap(({ models }) => models),
    ...asked.flatMap((claim) => modelsOfClaim(claim, after)),
    ...(authors.account?.truths ?? []).flatMap(({ model }) => (changed.has(model) ? [model] : [])),
  ]);
  return {
    exhibits,
    ofAll,
    tables: new Set(exhibits.flatMap(({ table }) => table?.id ?? [])),
    changed,
    left: left.map(placeOf),
    models: Object.keys(after.models).filter((id) => needed.has(id)),
    claims: new Set(claims.map(({ id }) => id)),
    headline: report.headline !== null && isTouched(modelsOfTable(report.headline.table, after)),
  };
}

/** Models that decide a claim, by its own rule and by its stricter one. */
export function modelsOfClaim(claim: ResolvedHypothesis, study: StudyCore): readonly string[] {
  const models = rulesOf<ResolvedRule>(claim).flatMap((rule) =>
    'model' in rule ? [rule.model] : modelsOfTable(rule.table, study),
  );
  return [...new Set(models)];
}

function modelsOfTable(id: string, { tables }: StudyCore): readonly string[] {
  return tables.filter((one) => one.id === id).flatMap(modelsNamed);
}

/** Tables that a figure is drawn from. */
export function drawnFrom(figure: PlannedExhibit['figures'][number], study: StudyCore): readonly string[] {
  return figureKindOf(figure).tables(figure, study);
}

function isSame(before: ResolvedModel | undefined, after: ResolvedModel | undefined): boolean {
  return before !== undefined && after !== undefined && wishOf(before) === wishOf(after);
}

/** The id of the element that an exhibit is on a page. */
function placeOf({ table, figures }: PlannedExhibit): string {
  return table?.id ?? figures[0]?.id ?? '';
}
