import type { Dialect } from '../data/sql/dialect.ts';
import { requireBudget } from '../error/budget.ts';
import { leavesFirst, shownLevels } from '../model/design/terms.ts';
import type { Product } from '../model/formula/ast.ts';
import { columnNamed } from '../table/column.ts';
import { factorOf } from '../table/factor.ts';
import { type Passes, read } from './contract.ts';
import { levelSql } from './keys.ts';
import type { StagedPart, StagedSample } from './sample.ts';

/** A column of the design as SQL over the rows of the sample. */
export interface SqlColumn {
  readonly name: string;
  readonly sql: string;
}

/**
 * The columns of all products as `productColumns` has them, whose names come once. Levels are those that the sample has.
 * @throws formula-syntax (unknown level), over-budget
 */
export function* designColumns(
  { table }: Pick<StagedSample, 'table'>,
  products: readonly Product[],
  staged: readonly (readonly StagedPart[])[],
  context: {
    readonly dialect: Dialect;
    readonly hasBase: boolean;
    readonly where: string;
    /** Levels that were read for other columns. */
    readonly labels: Map<string, readonly string[]>;
  },
): Passes<readonly SqlColumn[]> {
  const seen = new Set<string>();
  const columns: SqlColumn[] = [];
  for (const [p, product] of products.entries()) {
    let made: readonly SqlColumn[] | null = null;
    for (const [k, part] of (staged[p] ?? []).entries()) {
      const factor = product[k];
      if (factor === undefined) continue;
      const hasBase = leavesFirst(factor, product, context.hasBase);
      const own: readonly SqlColumn[] =
        part.kind === 'columns' ? part.columns : yield* levelColumns(part, table, { ...context, hasBase });
      requireBudget('terms', (made?.length ?? 1) * own.length, context.where);
      made =
        made === null
          ? own
          : made.flatMap((left) =>
              own.map((right) => ({ name: `${left.name}:${right.name}`, sql: `(${left.sql} * ${right.sql})` })),
            );
    }
    for (const column of made ?? []) {
      if (seen.has(column.name)) continue;
      seen.add(column.name);
      columns.push(column);
    }
  }
  return columns;
}

function* levelColumns(
  { source, key, isText, by }: Extract<StagedPart, { kind: 'levels' }>,
  table: string,
  context: {
    readonly dialect: Dialect;
    readonly hasBase: boolean;
    readonly where: string;
    readonly labels: Map<string, readonly string[]>;
  },
): Passes<readonly SqlColumn[]> {
  const { dialect, where } = context;
  let labels = context.labels.get(key);
  if (labels === undefined) {
    const found = yield* read('terms', `SELECT DISTINCT ${key} AS level FROM ${table}`);
    requireBudget('terms', found.nrow, where);
    labels = factorOf(columnNamed(found, 'level')).labels;
    context.labels.set(key, labels);
  }
  const [one, zero] = [by ?? dialect.number(1), dialect.number(0)];
  const levels = labels;
  return shownLevels(source, levels, context).map(({ code, name }) => {
    const label = levels[code] ?? '';
    const level = levelSql(label, isText, dialect);
    return { name, sql: `(CASE WHEN ${key} = ${level} THEN ${one} ELSE ${zero} END)` };
  });
}
