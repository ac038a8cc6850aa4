import type { Dialect } from '../data/sql/dialect.ts';
import type { ModelRequest } from '../model/request/contract.ts';
import { type ColumnTable, columnTable, numberColumn } from '../table/column.ts';
import type { EngineSource, Pass, Passes, PassId, Slice } from './contract.ts';
import { emptyTableOf, modelPasses, partPasses, requestedModels, requireEngineCan } from './run-by-engine.ts';
import type { EnginePart } from './split-parts.ts';

/** A pass as it would be run. */
export interface ExplainedPass {
  readonly id: PassId;
  readonly sql: string;
  /** The part of the rows that it reads; left out: all. */
  readonly slice?: Slice;
  readonly reads: 'source' | 'rows' | 'levels' | 'sends';
  /** Bytes that it reads, at most; null where that is not known. */
  readonly bytes: number | null;
}

export interface ExplainedModel {
  readonly formula: string;
  /** The variable by whose values it is fitted once each; null: on all rows. */
  readonly by: string | null;
  readonly passes: readonly ExplainedPass[];
}

/** Rows that a level of the larger effect is taken to have, and levels that stand for all of them. */
const rowsOfLevel = 10;
const shownLevels = 1000;
/** Bytes of a number, or of a key. */
const cellBytes = 8;

/**
 * The passes of every model without running one: each goes on from an answer that is made up, of a sample that is whole, with effects
 * of many levels. Numbers that come from answers stand as `?`.
 * @param nrow rows of the source, where that is known
 * @throws engine-refused and what is wrong with the request
 */
export function explainRequest(
  request: ModelRequest,
  {
    source,
    dialect,
    nrow,
    memory = null,
  }: {
    readonly source: EngineSource;
    readonly dialect: Dialect;
    readonly nrow: number | null;
    readonly memory?: number | null;
  },
): readonly ExplainedModel[] {
  const table = emptyTableOf(source);
  requireEngineCan(request, table);
  const parts = ran(partPasses(request, { source, dialect, memory: null }));
  // Fewer levels stand for all, and as much less memory.
  const levels = Math.max(shownLevels, (nrow ?? 0) / rowsOfLevel);
  const share = memory === null ? null : (memory * shownLevels) / levels;
  const models = requestedModels(
    request,
    parts.value.map((part) => (part.sample === null ? part : anyPart(part))),
  );
  return models.map(({ model, part }, place) => {
    let isFromAnswers = false;
    const shown: Dialect = {
      ...dialect,
      number: (value) => (isFromAnswers && value !== 0 && value !== 1 ? '?' : dialect.number(value)),
    };
    const { passes } = ran(
      modelPasses(request, model, table, { source, dialect: shown, memory: share, part }),
      ({ id }) => {
        if (id === 'losses') isFromAnswers = true;
      },
    );
    const all = [...(place === 0 ? parts.passes : []), ...passes];
    const by = part.sample === null ? null : (request.split?.by ?? null);
    return { formula: model.text, by, passes: all.map((pass) => explained(pass, source, nrow)) };
  });
}

/** Any of the parts: which ones there are is an answer. */
function anyPart({ sample, rows }: EnginePart): EnginePart {
  return { sample, rows: rows?.replace(/ = .*$/s, ' = ?') ?? null };
}

/** Goes through passes on answers that are made up. */
function ran<T>(
  running: Passes<T>,
  onPass?: (pass: Pass) => void,
): { readonly value: T; readonly passes: readonly Pass[] } {
  const passes: Pass[] = [];
  let answer: ColumnTable = columnTable({});
  for (;;) {
    const { done, value } = running.next(answer);
    if (done === true) return { value, passes };
    passes.push(value);
    onPass?.(value);
    answer = value.kind === 'read' ? answerTo(value) : columnTable({});
  }
}

function explained(pass: Pass, source: EngineSource, nrow: number | null): ExplainedPass {
  if (pass.kind === 'load') return { id: pass.id, sql: pass.name, reads: 'sends', bytes: null };
  const { id, sql, slice } = pass;
  const own = { id, sql, ...(slice === undefined ? {} : { slice }) };
  if (sql.includes(`FROM ${source.relation}`)) return { ...own, reads: 'source', bytes: source.bytes };
  if (!/\bkaya_(rows|net|lagged)\b/.test(sql)) return { ...own, reads: 'levels', bytes: null };
  const columns = new Set(sql.match(/\b[pn]\d+\b|\bw\b/g) ?? []).size;
  return { ...own, reads: 'rows', bytes: nrow === null ? null : nrow * columns * cellBytes };
}

/** One row with a number for every column that a query names: a sample without gaps, independent columns, a fit that is not exact. */
function answerTo({ id, sql }: Extract<Pass, { kind: 'read' | 'make' }>): ColumnTable {
  const names = [...new Set([...sql.matchAll(/ AS (\w+)/g)].map(([, name = '']) => name))];
  const answerOf = (name: string): number => {
    const pair = /^([qc])(\d+)_(\d+)$/.exec(name);
    if (pair !== null) {
      const [a, b] = [Number(pair[2]), Number(pair[3])];
      // Coordinates of columns that no few others make up.
      return a === b ? 4 : pair[1] === 'q' ? 0.5 : Math.sin(1 + 7 * a + 13 * b);
    }
    if (id === 'levels') return name === 'levels' ? shownLevels : 0;
    if (id === 'losses') return name === 'n' ? 1e6 : name === 'kept' ? 1 : name === 'cause' ? Number.NaN : 0;
    if (id === 'panel') return name === 'times' ? 10 : name === 'units' ? 1000 : name === 'v' ? 2000 : 0;
    if (id === 'nested' || id === 'names' || id === 'singletons') return 0;
    if (id === 'pairs') return name === 'pairs' ? 1e3 : name === 'a' ? 0 : 1;
    if (id === 'right-hand-sides') return name === 'code' ? 0 : 3;
    if (/^[cl]\d+$/.test(name) || name === 'lw') return 3;
    if (name === 'w') return 1e6;
    // No step is left where the residuals are.
    if (/^g\d+$/.test(name)) return 0;
    return name === 'ssr' || name === 'n' ? 1e3 : 0.25;
  };
  const twice = id === 'terms' || (id === 'panel' && names.includes('v')) ? 1 : 0;
  return columnTable(
    Object.fromEntries(
      names.map((name) => [name, numberColumn(Array.from({ length: 1 + twice }, (_, row) => answerOf(name) + row))]),
    ),
  );
}
