import type { CovarianceRequest } from '../model/contract.ts';
import type { ModelResult } from '../model/result/result.ts';
import { type ComparedErrors, type ComparedTerms, comparedTerms, type strengthOf } from './compared.ts';
import { comparedTests } from './compared-tests.ts';
import type { PartLines, PreparedModel, Skipped } from './contract.ts';
import type { NamedModel } from './made-columns.ts';
import { oneLine } from './one-line.ts';

/** What a program says of a model before its lines are written. */
export interface FrameWords {
  /** Why the program cannot have the model at all; null: it can. */
  readonly refused: (named: NamedModel) => string | null;
  /** The rows of the model as the program writes them. @param named columns that the model has there */
  readonly sample: (named: NamedModel) => string | { readonly reason: string };
  /** Why the program has not a covariance; null: it has. */
  readonly has: (named: NamedModel) => (request: CovarianceRequest, result: ModelResult) => string | null;
}

/** A model that a program repeats: what every program needs for its lines. */
export interface ModelFrame {
  readonly named: NamedModel;
  readonly first: ModelResult;
  /** Its formula, rows and convention, for the comment above its lines. */
  readonly heading: string;
  readonly sample: string;
  readonly terms: ComparedTerms;
  readonly asked: ReturnType<typeof comparedTests>;
}

/**
 * Writes a model by its frame: nothing where it has no result, and a refusal with its reason where the program has not the model, a column
 * or its rows.
 */
export function framedModel(
  part: PreparedModel,
  words: FrameWords,
  write: (frame: ModelFrame) => PartLines,
): PartLines {
  const { name, call, results, named } = part;
  const [first] = results;
  if (first === undefined || 'reason' in named) return { lines: [], compared: 0, skipped: [] };
  const refuse = (reason: string): PartLines => ({
    lines: [],
    compared: 0,
    skipped: [{ what: name, count: 1, reason }],
  });
  const refused = words.refused(named);
  if (refused !== null) return refuse(refused);
  const sample = words.sample(named);
  if (typeof sample !== 'string') return refuse(sample.reason);
  const terms = comparedTerms(part, named, words.has(named));
  return write({
    named,
    first,
    heading: `${oneLine(first.formula)}${call.where === null ? '' : ` where ${oneLine(call.where.text)}`} (${call.ssc})`,
    sample,
    terms,
    asked: comparedTests(
      part,
      terms.columns,
      terms.errors.map(({ request }) => request),
    ),
  });
}

/**
 * The lines of a model with the account of all its numbers.
 * @param strength of its instruments
 * @param search of a threshold model
 */
export function framedLines(
  frame: ModelFrame,
  lines: readonly string[],
  { strength, search }: { readonly strength: ReturnType<typeof strengthOf>; readonly search: Omit<PartLines, 'lines'> },
): PartLines {
  const { terms, asked } = frame;
  const tested = asked.tests.flatMap(({ numbers }) => numbers).length;
  return {
    lines,
    compared: comparedCount(frame) + strength.numbers.length + search.compared + tested,
    skipped: [...terms.skipped, ...strength.skipped, ...asked.skipped, ...search.skipped],
  };
}

/** How many numbers of the model itself are compared: rows, estimates, errors under every covariance, its fit. */
function comparedCount({ terms: { estimates, errors, r2 } }: ModelFrame): number {
  const ofErrors = errors.reduce((sum: number, { values }: ComparedErrors) => sum + values.length, 0);
  return 1 + estimates.length + ofErrors + r2.length;
}

/** Of a table of statistics whose rows cannot be written: all of it is skipped. */
export function refusedSummary(
  {
    name,
    rows,
    statistics,
  }: { readonly name: string; readonly rows: readonly unknown[]; readonly statistics: readonly unknown[] },
  reason: string,
): PartLines {
  const skipped: Skipped = { what: name, count: rows.length * statistics.length, reason };
  return { lines: [], compared: 0, skipped: [skipped] };
}
