import {
  type CellChange,
  type CellWeight,
  cellWeights,
  type DiffCounts,
  type NumberChange,
  type PartChange,
  type RunDiff,
  type RunSide,
} from '../../output/table/run-diff/contract.ts';
import { causesOfAnswers } from './answers.ts';
import { type Causes, causesOfRuns, fileChange } from './causes.ts';
import { type PrintedChanges, printedChanges, type Uncaused } from './cells.ts';
import type { RunRecord, StudyResults } from './contract.ts';
import { documentChanges } from './numbers.ts';
import { partOfSection } from './reach.ts';
import { claimChanges, verdictChanges } from './verdicts.ts';

export interface DiffOptions {
  /** Relative change up to which numbers count as the same; 0: any change of the printed text is one. */
  readonly tolerance: number;
  /** Ids of the tables and figures to look at; empty: all. Verdicts are always looked at. */
  readonly only: readonly string[];
}

/**
 * All that differs between two runs of studies, or between two documents that commands printed, and what it can have come from.
 * What is equal is counted.
 */
export function diffRuns(a: RunRecord, b: RunRecord, options: DiffOptions): RunDiff {
  const [x, y] = [a.document, b.document];
  return x.kind === 'study' && y.kind === 'study'
    ? diffStudies([a, b], [x.results, y.results], options)
    : diffAnswers([a, b], options);
}

/** How many differences a reader could see: what is the same as printed is none. `marks`: signs and stars. */
export function differencesIn(diff: RunDiff): {
  readonly verdicts: number;
  readonly marks: number;
  readonly others: number;
} {
  const { by, counts, claims, parts, cells, numbers } = diff;
  const seen = (changes: readonly { readonly weight: CellWeight }[]) =>
    changes.filter(({ weight }) => weight !== 'beyond' && weight !== 'within');
  const told = seen(by === 'print' ? cells : numbers);
  const marks = told.filter(({ weight }) => weight === 'sign' || weight === 'stars').length;
  const others = counts.holdings + claims.length + parts.length + told.length - marks;
  // Most numbers of the documents are those of the printed tables again: they count where nothing else differs.
  const isAlone = counts.verdicts + marks + others === 0;
  if (isAlone) return { verdicts: 0, marks, others: seen(numbers).length };
  return { verdicts: counts.verdicts, marks, others };
}

/** Ids of tables and figures that either run has. */
export function exhibitsOf(runs: readonly RunRecord[]): readonly string[] {
  return [
    ...new Set(
      runs.flatMap(({ document, manifest }) => [
        ...(document.kind === 'study' ? document.results.tables.map(({ id }) => id) : []),
        ...figuresOf(manifest?.outputs ?? {}).keys(),
      ]),
    ),
  ];
}

/** Keys of results.json that are compared by themselves. */
const apart = ['kaya', 'study', 'synthetic', 'run', 'hypotheses', 'comparison'];

function diffStudies(
  runs: readonly [RunRecord, RunRecord],
  results: readonly [StudyResults, StudyResults],
  { tolerance, only }: DiffOptions,
): RunDiff {
  const [a, b] = runs;
  const [x, y] = results;
  const causes = causesOfRuns(runs, results);
  const isWanted = (id: string): boolean => only.length === 0 || only.includes(id);
  const printed =
    a.printed === null || b.printed === null ? null : printedChanges(a.printed, b.printed, { tolerance, isWanted });
  const [first, second] = [x, y].map(({ tables, ...rest }) => {
    const wanted = tables.filter(({ id }) => isWanted(id));
    return only.length === 0 ? { tables, ...rest } : { tables: wanted };
  });
  const found = documentChanges(first ?? {}, second ?? {}, { skipped: apart, tolerance });
  const file = resultsFile;
  return assembled(runs, {
    by: printed === null ? 'numbers' : 'print',
    tolerance,
    causes,
    verdicts: verdictChanges(x, y).map((change) => ({
      ...change,
      cause: causes.of({ part: `hypotheses.${change.id}`, what: 'number', file }),
    })),
    claims: claimChanges(x, y)
      .filter(({ table }) => isWanted(tableOf(table, results)))
      .map((change) => ({
        ...change,
        cause: causes.of({ part: `tables.${tableOf(change.table, results)}`, what: 'claim', file }),
      })),
    printed,
    figures: figureChanges(runs).filter((change) => isWanted(change.in)),
    found,
  });
}

function diffAnswers(runs: readonly [RunRecord, RunRecord], { tolerance }: DiffOptions): RunDiff {
  const [x, y] = [runs[0].document.results, runs[1].document.results];
  const found = documentChanges(x, y, { skipped: ['kaya'], tolerance });
  const causes = causesOfAnswers([x.kaya, y.kaya], found);
  return assembled(runs, {
    ...{ by: 'numbers', tolerance, causes, verdicts: [], claims: [], printed: null, figures: [], found },
  });
}

const resultsFile = 'results.json';
const printedFile = 'printed.json';

interface Found extends Pick<RunDiff, 'by' | 'tolerance' | 'verdicts' | 'claims'> {
  readonly causes: Causes;
  readonly printed: PrintedChanges | null;
  readonly figures: readonly Uncaused<PartChange>[];
  readonly found: ReturnType<typeof documentChanges>;
}

function assembled([a, b]: readonly [RunRecord, RunRecord], all: Found): RunDiff {
  const { by, tolerance, causes, printed, figures, found } = all;
  const verdicts = [...all.verdicts].sort((one, other) => Number(isFlip(other)) - Number(isFlip(one)));
  const parts = [...(printed?.parts ?? []), ...figures].map((part) => ({ ...part, cause: causeOfPart(part, causes) }));
  const cells = byWeight((printed?.cells ?? []).map((cell) => ({ ...cell, cause: causeOfCell(cell, causes) })));
  const numbers = byWeight(found.changes.map((change) => ({ ...change, cause: causeOfNumber(change, causes) })));
  const counts: DiffCounts = {
    verdicts: verdicts.filter(isFlip).length,
    holdings: verdicts.filter((one) => !isFlip(one)).length,
    claims: all.claims.length,
    parts: parts.length,
    cells: printed?.compared ?? 0,
    by_weight: countsOf(cells),
    numbers: found.compared,
    numbers_differ: numbers.length,
    numbers_beyond: numbers.filter(({ weight }) => weight === 'beyond' || weight === 'within').length,
  };
  return {
    ...{
      a: sideOf(a),
      b: sideOf(b),
      by,
      tolerance,
      causes: causes.causes,
      same_panel: causes.samePanel,
      same_study: causes.sameStudy,
    },
    ...{ verdicts, claims: all.claims, parts, cells, numbers, captions: captionsOf([a, b]), counts },
    languages: a.printed?.language === b.printed?.language ? 'one' : 'two',
  };
}

function sideOf({ path, document, printed, altered }: RunRecord): RunSide {
  const common = { path, altered, has_print: printed !== null };
  if (document.kind === 'answer') return { ...common, kaya: document.results.kaya, study: null, synthetic: null };
  const { kaya, study, synthetic } = document.results;
  return { ...common, kaya, study, synthetic };
}

/** As the second run has them; of tables that it lacks as the first. */
function captionsOf(runs: readonly RunRecord[]): RunDiff['captions'] {
  return Object.fromEntries(
    runs.flatMap(({ printed }) => (printed?.tables ?? []).map(({ id, parts }) => [id, parts[0]?.caption ?? id])),
  );
}

/** Another verdict, rather than the same one by other columns. */
function isFlip({ before, after }: RunDiff['verdicts'][number]): boolean {
  return before?.verdict !== after?.verdict;
}

/** Of one weight what stands in a table before what is folded below one. */
function byWeight<T extends { readonly weight: CellWeight; readonly part?: string | null }>(
  changes: readonly T[],
): readonly T[] {
  const rank = ({ weight, part = null }: T): number => 2 * cellWeights.indexOf(weight) + (part === null ? 0 : 1);
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

function countsOf(cells: readonly Pick<CellChange, 'weight'>[]): Readonly<Record<CellWeight, number>> {
  const counts = { sign: 0, stars: 0, printed: 0, words: 0, form: 0, within: 0, beyond: 0 };
  for (const { weight } of cells) counts[weight] += 1;
  return counts;
}

function causeOfCell({ table, weight, change, p }: Uncaused<CellChange>, causes: Causes): CellChange['cause'] {
  // Stars of the same estimate differ by their p, or else by their rule alone.
  const isSameFit = [change, p].every((one) => one === null || one.before === one.after);
  const isSameNumber = weight === 'form' || (weight === 'stars' && isSameFit);
  const what = isSameNumber ? 'print' : weight === 'words' ? 'words' : 'number';
  return causes.of({ part: `tables.${table}`, what, file: printedFile });
}

function causeOfPart(part: Uncaused<PartChange>, causes: Causes): PartChange['cause'] {
  if (part.kind === 'figure')
    return causes.of({ part: `figures.${part.in}`, what: 'figure', file: `figures/${part.in}.svg` });
  if (part.kind === 'table' && part.change === 'reordered')
    return causes.of({ part: null, what: 'order', file: printedFile });
  return causes.of({ part: `tables.${part.in}`, what: 'number', file: printedFile });
}

function causeOfNumber({ section, weight }: Uncaused<NumberChange>, causes: Causes): NumberChange['cause'] {
  const what = weight === 'words' ? 'words' : 'number';
  return causes.of({ part: partOfSection(section), what, file: resultsFile });
}

/** The id of a table whose number the comparison has. */
function tableOf(number: string, results: readonly StudyResults[]): string {
  const ids = results.flatMap(({ tables }) => tables.map(({ id }) => id));
  return ids.find((id) => id.replace(/^table/, '') === number) ?? number;
}

/** Figures that were drawn otherwise, or by one of the two alone: by the hashes of their drawings. */
function figureChanges([a, b]: readonly [RunRecord, RunRecord]): readonly Uncaused<PartChange>[] {
  if (a.manifest === null || b.manifest === null) return [];
  const [before, after] = [figuresOf(a.manifest.outputs), figuresOf(b.manifest.outputs)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const change = fileChange(before.get(id), after.get(id));
    return change === null ? [] : [{ kind: 'figure', change, in: id, part: null, name: id } as const];
  });
}

function figuresOf(outputs: Readonly<Record<string, { readonly sha256: string }>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(outputs).flatMap(([name, { sha256 }]) => {
      const id = /^figures\/(.+)\.svg$/.exec(name)?.[1];
      return id === undefined ? [] : [[id, sha256] as const];
    }),
  );
}
