import type { Dialect } from '../data/sql/dialect.ts';
import { requireBudget } from '../error/budget.ts';
import { requireGroups } from '../model/design/sample-parts.ts';
import type { ModelRequest } from '../model/request/contract.ts';
import { numberAt } from '../table/cell-at.ts';
import { columnNamed } from '../table/column.ts';
import { factorOf } from '../table/factor.ts';
import { type EngineSource, type Passes, read } from './contract.ts';
import { engineColumn } from './expression-sql.ts';
import { levelSql } from './keys.ts';

/** A part of the sample: its name and SQL that is true of its rows; null both of the whole. */
export interface EnginePart {
  readonly sample: string | null;
  readonly rows: string | null;
}

const whole: EnginePart = { sample: null, rows: null };

/**
 * The parts of the sample by the values of the split variable, in the order that memory has (`samplesOf`).
 * @param filter SQL that is true of the rows that are split; null: all
 * @throws unknown-column, bad-option, over-budget
 */
export function* splitParts(
  { split, formulas }: Pick<ModelRequest, 'split' | 'formulas'>,
  {
    source,
    dialect,
    filter,
  }: { readonly source: EngineSource; readonly dialect: Dialect; readonly filter: string | null },
): Passes<readonly EnginePart[]> {
  if (split === null) return [whole];
  const where = `split ${split.by}`;
  const { key, keyKind } = engineColumn({ columns: source.columns, where }, split.by);
  const kept = filter === null ? '' : ` WHERE ${filter}`;
  const found = yield* read(
    'parts',
    `SELECT ${key} AS level, count(*) AS n FROM ${source.relation}${kept} GROUP BY ${key}`,
  );
  const { labels } = factorOf(columnNamed(found, 'level'));
  let rows = 0;
  for (let row = 0; row < found.nrow; row++) rows += numberAt(found, 'n', row);
  requireGroups('split', split.by, labels.length, rows);
  const models = formulas.reduce((sum, one) => sum + one.models.length, 0);
  requireBudget('models', labels.length * models, where);
  const isText = keyKind === 'text';
  const parts = labels.map((sample): EnginePart => ({ sample, rows: `${key} = ${levelSql(sample, isText, dialect)}` }));
  return split.full ? [whole, ...parts] : parts;
}
