import { keysOf } from '../../../../error/known-keys.ts';
import { registryHeaders } from '../../source/tables.ts';
import { valueAt } from './answer.ts';
import type { FieldMap, FieldSource, RegistryField } from './contract.ts';
import type { WindowName } from './window.ts';

const fields: readonly RegistryField[] = keysOf(registryHeaders);

/** Headers of the table that is written: the usual one of every registry column, then the further ones. */
export function firmHeaders({ extra }: FieldMap): readonly string[] {
  return [...fields.map((field) => registryHeaders[field][0]), ...Object.keys(extra)];
}

/** The headers of them whose cells come from the answer alone. */
export function pathHeaders(map: FieldMap): readonly string[] {
  const sources = [...fields.map((field) => map.fields[field]), ...Object.values(map.extra)];
  return firmHeaders(map).filter((_, i) => sources[i]?.kind === 'path');
}

/** A row of an answer as cells below `firmHeaders`; a field that the map lacks is empty. */
export function firmCells(row: unknown, window: WindowName, { fields: map, extra }: FieldMap): readonly string[] {
  const sources = [...fields.map((field) => map[field]), ...Object.values(extra)];
  return sources.map((source) => (source === undefined ? '' : cellOf(source, row, window)));
}

/** What a firm is known by: its social credit code, else name and founding day, else everything there is about it. */
export function firmKey(row: unknown, map: FieldMap['fields']): string {
  const text = (field: RegistryField): string => {
    const source = map[field];
    return source?.kind === 'path' ? cellText(valueAt(row, source.path)) : '';
  };
  const uscc = text('uscc');
  if (uscc !== '') return uscc;
  const name = text('name');
  return name === '' ? JSON.stringify(row) : `${name}|${text('founded')}`;
}

function cellOf(source: FieldSource, row: unknown, window: WindowName): string {
  if (source.kind === 'path') return cellText(valueAt(row, source.path));
  const [keyword, province, city] = window;
  return { keyword, province, city }[source.name] ?? '';
}

/** Lists are joined as business scopes are; anything deeper stays JSON. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('；');
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
}
