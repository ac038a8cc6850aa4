import type { Dialect } from '../data/sql/dialect.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { StudyError } from '../error/study-error.ts';
import type { Singletons } from '../model/contract.ts';
import { singletonDiagnostic } from '../model/design/build-design.ts';
import { namedAlone, namedLevels } from '../model/design/singletons.ts';
import type { ModelFormula } from '../model/formula/ast.ts';
import { printEffect, printFactor } from '../model/formula/print.ts';
import { numberAt, textAt } from '../table/cell-at.ts';
import { make, type Passes, read } from './contract.ts';
import { shownKey } from './keys.ts';
import type { LagRelation } from './lag-columns.ts';
import { countOfRows } from './row-copies.ts';

/** What is asked of a model. */
interface SingledModel {
  readonly formula: ModelFormula;
  readonly dialect: Dialect;
  readonly singletons: Singletons;
  readonly where: string;
  /** Windows leave rows in no order. */
  readonly lags: LagRelation | null;
}

/** The rows that are left, and what is to be said of those that are not. */
interface Singled {
  readonly table: string;
  readonly nobs: number;
  readonly dropped: number;
  readonly notes: readonly Diagnostic[];
  /** Levels of the effects. */
  readonly levels: readonly number[];
}

/** Rows alone in a level of an effect, found again and again as each removal leaves others alone (`singletonRows`). */
export function* withoutSingletons(
  model: SingledModel,
  rows: {
    readonly table: string;
    readonly layDown: () => Passes<string>;
    readonly copies: string | null;
  },
  effects: readonly string[],
  nobs: number,
): Passes<Singled> {
  const { formula, dialect, singletons, where } = model;
  const levels: number[] = [];
  const size = countOfRows(rows.copies);
  let found = false;
  const countLevels = function* (from: string) {
    levels.length = 0;
    for (const key of effects) {
      const counts = yield* read(
        'levels',
        `SELECT count(*) AS levels, sum(CASE WHEN n = 1 THEN 1 ELSE 0 END) AS alone FROM (SELECT ${size} AS n FROM ${from} GROUP BY ${key}) AS sizes`,
      );
      levels.push(numberAt(counts, 'levels'));
      if (numberAt(counts, 'alone') > 0) found = true;
    }
  };
  yield* countLevels(rows.table);
  const none: readonly Diagnostic[] = [];
  if (!found) return { table: rows.table, nobs, dropped: 0, notes: none, levels };
  // They are read again and again, and named in their order.
  const table = dialect.laysRowsDown ? rows.table : yield* rows.layDown();
  const drops = singletons === 'drop';
  const alone = effects.map(() => 0);
  const shown = effects.map((): string[] => []);
  let left = table;
  // A table is never made of itself: two names take turns.
  let [next, other] = ['kaya_rows_left', drops ? table : 'kaya_rows_rest'];
  while (found) {
    found = false;
    for (const [f, key] of effects.entries()) {
      const single = `SELECT ${key} AS level FROM ${left} GROUP BY ${key} HAVING ${size} = 1`;
      const counted = yield* read('singletons', `SELECT count(*) AS n FROM (${single}) AS single`);
      const now = numberAt(counted, 'n');
      if (now === 0) continue;
      found = true;
      alone[f] = (alone[f] ?? 0) + now;
      const names = shown[f] ?? [];
      const rest = namedLevels - names.length;
      const effect = formula.effects[f];
      if (rest > 0 && effect !== undefined) {
        const order = dialect.rowPlace === null || model.lags !== null ? 'level' : `min(${dialect.rowPlace})`;
        const some = yield* read('singletons', `${single} ORDER BY ${order} LIMIT ${rest}`);
        for (let row = 0; row < some.nrow; row++) names.push(shownKey(textAt(some, 'level', row), effect.names.length));
      }
      const kept = `SELECT r.* FROM ${left} AS r LEFT JOIN (${single}) AS single ON r.${key} = single.level WHERE single.level IS NULL`;
      yield* make('singletons', dialect.define(next, kept));
      left = next;
      [next, other] = [other, next];
    }
  }
  const names = formula.effects.flatMap((effect, f) => {
    const count = alone[f] ?? 0;
    return count === 0 ? [] : [namedAlone(printEffect(effect), shown[f] ?? [], count)];
  });
  const count = alone.reduce((a, b) => a + b, 0);
  const notes = [singletonDiagnostic(count, drops, names)];
  if (!drops) return { table, nobs, dropped: 0, notes, levels };
  if (count === nobs) {
    const most = Math.max(...levels);
    const finest = formula.effects[levels.indexOf(most)];
    throw new StudyError('no-within-variation', {
      ...{ where, name: printFactor(formula.outcome) },
      finest: most > nobs / 2 && finest !== undefined ? { name: printEffect(finest), levels: most, rows: nobs } : null,
    });
  }
  yield* countLevels(left);
  return { table: left, nobs: nobs - count, dropped: count, notes, levels };
}
