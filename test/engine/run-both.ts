import type { EngineExecutor } from '../../src/engine/contract.ts';
import { runByEngine } from '../../src/engine/run-by-engine.ts';
import type { ErrorCode } from '../../src/error/codes.ts';
import { isStudyError } from '../../src/error/study-error.ts';
import type { ResultAfter } from '../../src/model/post/after-fit.ts';
import { readRequest } from '../../src/model/request/read.ts';
import type { RequestResult } from '../../src/model/request/result.ts';
import { estimateRequested } from '../../src/model/request/run.ts';
import type { RequestWords } from '../../src/model/request/schema.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { type Difference, resultDifferences } from './compare.ts';
import { loadedSource } from './loaded-source.ts';

/** What became of a request: its results under every covariance, or the code of its error. */
export type Outcome = { readonly results: readonly ResultAfter[] } | { readonly error: ErrorCode };

/** A request on a table, in memory and by an engine. */
export async function runBoth(
  engine: EngineExecutor,
  table: ColumnTable,
  words: RequestWords,
): Promise<{ readonly memory: Outcome; readonly engine: Outcome }> {
  const request = readRequest(words);
  const source = await loadedSource(engine, table);
  return {
    memory: await outcomeOf(() => estimateRequested(request, table)),
    engine: await outcomeOf(() =>
      runByEngine(request, { executor: engine, source, name: engine.dialect.id, version: 'here' }),
    ),
  };
}

async function outcomeOf(run: () => RequestResult | Promise<RequestResult>): Promise<Outcome> {
  try {
    return { results: (await run()).columns.flatMap(({ results }) => results) };
  } catch (error) {
    // A fault of the engine is one of ours: it fails the test with its SQL.
    if (isStudyError(error) && error.code !== 'engine-failure') return { error: error.code };
    throw error;
  }
}

/** What the two differ in. */
export function outcomeDifferences({ memory, engine }: { memory: Outcome; engine: Outcome }): readonly Difference[] {
  if ('error' in memory || 'error' in engine) {
    const [theirs, ours] = [memory, engine].map((one) => ('error' in one ? one.error : 'done'));
    return ours === theirs ? [] : [{ place: 'error', ours, theirs }];
  }
  const counts = [engine, memory].map(({ results }) => results.length);
  if (counts[0] !== counts[1]) return [{ place: 'results', ours: counts[0], theirs: counts[1] }];
  return engine.results.flatMap((ours, k) => {
    const theirs = memory.results[k];
    if (theirs === undefined) return [{ place: String(k), ours: 'a result', theirs: 'none' }];
    const wanted = isUnconnected(ours) ? withoutCorrelations(theirs) : theirs;
    return resultDifferences(withoutSet(ours), withoutSet(wanted));
  });
}

/**
 * Where two effects fall into parts that share no level, what belongs to either is not determined, nor are the two correlations of
 * xtreg: an engine has none, memory those of one solution among many (docs/scale.md).
 */
function isUnconnected({ r2, fixef }: ResultAfter): boolean {
  return Object.keys(fixef).length >= 2 && r2.xtreg_between === null && r2.xtreg_overall === null;
}

function withoutCorrelations(result: ResultAfter): ResultAfter {
  return { ...result, r2: { ...result.r2, xtreg_between: null, xtreg_overall: null } };
}

/**
 * With fewer groups than the two reduced forms have directions their covariance has no inverse, and the set of Anderson and Rubin may be
 * cut where that of one hypothesis has none: a place that is rounding in memory as well. The conditional test has none at all then.
 */
function withoutSet(result: ResultAfter): ResultAfter {
  const { iv } = result;
  if (iv == null || iv.conditional_lr !== null) return result;
  return { ...result, iv: { ...iv, anderson_rubin: { ...iv.anderson_rubin, ci95: null, shape: null } } };
}
