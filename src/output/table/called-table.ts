import { ownEntry } from '../../error/at.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import type { Cell, PhraseValue, TableModel, TableRow, Text } from './contract.ts';
import { inSentence } from './covariance-name.ts';
import { calledBy, partsOf, type VariableNames } from './variable-names.ts';

/** A table whose words call every variable by its label. What is typed or stored, set as code, stays as it is. */
export function calledTable(table: TableModel, names: VariableNames): TableModel {
  const say = (text: Text): Text => calledText(text, names);
  const cellOf = (cell: Cell): Cell => {
    if (cell.kind === 'label') return { ...cell, label: say(cell.label) };
    if (cell.kind !== 'verbatim' || cell.isCode === true) return cell;
    const label = nameCalled(cell.text, names);
    if (label === cell.text) return cell;
    return { kind: 'label', label, ...(cell.align === undefined ? {} : { align: cell.align }) };
  };
  const rowOf = (row: TableRow): TableRow => ({
    ...row,
    label: cellOf(row.label),
    cells: row.cells.map(cellOf),
    ...(row.aloneLabel === undefined ? {} : { aloneLabel: say(row.aloneLabel) }),
  });
  return {
    ...table,
    title: say(table.title),
    stub: say(table.stub),
    columns: table.columns.map((column) => ({
      ...column,
      label: say(column.label),
      ...(column.sublabel === undefined ? {} : { sublabel: say(column.sublabel) }),
    })),
    rows: rowsApart(table.rows, table.rows.map(rowOf)),
    notes: table.notes.map(say),
    ...(table.spanners === undefined
      ? {}
      : { spanners: table.spanners.map((line) => line.map((one) => ({ ...one, label: say(one.label) }))) }),
  };
}

/** Rows as they are called; two that would be called alike keep their own labels. */
function rowsApart(own: readonly TableRow[], called: readonly TableRow[]): readonly TableRow[] {
  const labels = namesApart(
    own.map(({ label }) => label),
    called.map(({ label }) => label),
  );
  return called.map((row, i) => ({ ...row, label: labels[i] ?? row.label }));
}

/** What things are called; those of other names that would be called alike keep them, such as a variable and the same winsorized. */
export function namesApart<T>(own: readonly T[], called: readonly T[]): readonly T[] {
  const names = new Map<string, Set<string>>();
  own.forEach((name, i) => {
    const key = JSON.stringify(called[i]);
    names.set(key, (names.get(key) ?? new Set()).add(JSON.stringify(name)));
  });
  return own.map((name, i) => ((names.get(JSON.stringify(called[i]))?.size ?? 0) > 1 ? name : (called[i] ?? name)));
}

/** A text that calls every variable in it by its label; inside the name of a covariance as words in a sentence. */
export function calledText(text: Text, names: VariableNames): Text {
  return valueCalled(text, names, false) as Text; // of a text comes a text, of a number a number
}

function valueCalled(value: PhraseValue, names: VariableNames, isWithin: boolean): PhraseValue {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return isWithin ? inSentence(nameCalled(value, names)) : nameCalled(value, names);
  if (!('key' in value) || value.values === undefined) return value;
  const isOfErrors = isWithin || value.key.startsWith('vcov.');
  const values = Object.entries(value.values).map(([slot, own]) => [slot, valueCalled(own, names, isOfErrors)]);
  return { ...value, values: Object.fromEntries(values) };
}

/** A term, a restriction or several variables joined by `^`. A covariance as it is typed, `cluster:city`, is none. */
export function nameCalled(text: string, names: VariableNames): Text {
  const parts = partsOf(text);
  const [first = ''] = parts;
  if (parts.length > 1 && calledBy(first, names) === null && ownEntry(names, unquoteName(text)) === undefined)
    return text;
  return calledBy(text, names) ?? text;
}
