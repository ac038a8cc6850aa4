/** Weight of a row as SQL; null: every row counts once. */
export type RowWeight = string | null;

/** A sum over rows by their weights. */
export function weightedSum(weight: RowWeight, value: string): string {
  return weight === null ? `sum(${value})` : `sum(${weight} * ${value})`;
}

/** A row's value times its weight. */
export function weightedValue(weight: RowWeight, value: string): string {
  return weight === null ? value : `${weight} * ${value}`;
}

/** The sum of the weights. */
export function weightTotal(weight: RowWeight): string {
  return weight === null ? 'count(*)' : `sum(${weight})`;
}
