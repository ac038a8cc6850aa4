import type { Dialect } from '../data/sql/dialect.ts';
import { type RowCondition, readRowCondition } from '../table/condition/row-condition.ts';
import { hasLag, namesIn } from '../table/expression/ast.ts';
import { parsePanelExpression } from '../table/expression/parse.ts';
import type { EngineColumn, EngineSource } from './contract.ts';
import { engineColumn, valueSql } from './expression-sql.ts';
import { refused } from './refuse.ts';
import { conditionSql } from './run-by-engine.ts';

/** What makes a panel of the rows of a source. */
export interface PanelRules {
  readonly unit: string;
  readonly time: string;
  /** Made on all rows, later ones out of earlier ones too; a condition gives 1, 0, or missing where it is unknown. */
  readonly derived: readonly {
    readonly name: string;
    readonly formula: string;
    readonly kind: 'expression' | 'condition';
  }[];
  /** Applied in this order after rows without a key are gone. */
  readonly sample: readonly { readonly kind: 'keep' | 'exclude'; readonly where: RowCondition }[];
}

/** The rows of a source with their derived columns, and those of them that are the panel. */
export interface PanelRelation {
  readonly all: EngineSource;
  readonly panel: EngineSource;
  /** True of the rows that have both keys; then of those that every rule up to one leaves, in their order. */
  readonly kept: readonly string[];
  /** Of each derived column: true where all columns of its expression have a value. */
  readonly present: readonly string[];
}

/** @throws unknown-column, not-numeric, bad-where; engine-refused for lags and functions of whole columns among the derived */
export function panelRelation(
  { source, dialect }: { readonly source: EngineSource; readonly dialect: Dialect },
  { unit, time, derived, sample }: PanelRules,
): PanelRelation {
  let all = source;
  const present: string[] = [];
  for (const [j, one] of derived.entries()) {
    const made = derivedSql(one, all, dialect);
    const name = `kaya_d${j}`;
    const column: EngineColumn = { name: one.name, kind: 'number', value: name, key: name, keyKind: 'number' };
    const relation = `(SELECT *, ${made.value} AS ${name} FROM ${all.relation}) AS kaya_source${j}`;
    present.push(made.present);
    all = { ...all, relation, columns: [...all.columns, column] };
  }
  const how = { columns: all.columns, where: 'panel' };
  const keyed = [unit, time].map((name) => `${engineColumn(how, name).key} IS NOT NULL`).join(' AND ');
  const kept = [`(${keyed})`];
  for (const { kind, where } of sample) {
    const met = `coalesce(${conditionSql(where, all, dialect)}, FALSE)`;
    kept.push(`(${kept.at(-1)} AND ${kind === 'keep' ? met : `NOT ${met}`})`);
  }
  const relation = `(SELECT * FROM ${all.relation} WHERE ${kept.at(-1)}) AS kaya_panel`;
  return { all, panel: { ...all, relation }, kept, present };
}

function derivedSql(
  { name, formula, kind }: PanelRules['derived'][number],
  source: EngineSource,
  dialect: Dialect,
): { readonly value: string; readonly present: string } {
  const where = `derived.${name}`;
  if (kind === 'condition') {
    const met = conditionSql(readRowCondition(formula, where), source, dialect);
    const value = `(CASE WHEN ${met} THEN ${dialect.number(1)} WHEN NOT ${met} THEN ${dialect.number(0)} END)`;
    return { value, present: 'FALSE' };
  }
  const expression = parsePanelExpression(formula);
  if (hasLag(expression)) throw refused(where, { kind: 'derived', name: formula });
  const how = { dialect, columns: source.columns, where: `${where}: ${formula}`, lag: null, causeId: () => 0 };
  const value = valueSql(expression, how);
  const used = [...new Set(namesIn(expression))].map((one) => `${engineColumn(how, one).value} IS NOT NULL`);
  return {
    value: `(CASE WHEN ${dialect.isFinite(value)} THEN ${value} END)`,
    present: used.length === 0 ? 'TRUE' : `(${used.join(' AND ')})`,
  };
}
