import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import {
  type DivisionChange,
  type GazetteerCity,
  type PlaceAlias,
  readAliases,
  readDivisionChanges,
  readGazetteer,
} from '../src/domain/china/place/gazetteer.ts';
import { type ColumnTable, columnTable, textColumn } from '../src/table/column.ts';

const folder = new URL('../packs/china-cities/reference/', import.meta.url);

/** A reference table of the shipped pack, every cell as text. */
export function studyTable(name: string): ColumnTable {
  const [header, ...rows] = parse(readFileSync(new URL(name, folder))) as string[][];
  return columnTable(Object.fromEntries(header.map((column, i) => [column, textColumn(rows.map((row) => row[i]))])));
}

/** Gazetteer, aliases and changes of divisions of the shipped pack. */
export function studyPlaces(): {
  gazetteer: readonly GazetteerCity[];
  aliases: readonly PlaceAlias[];
  changes: readonly DivisionChange[];
} {
  const gazetteer = readGazetteer(studyTable('cities.csv'));
  return {
    gazetteer,
    aliases: readAliases(studyTable('city_aliases.csv'), gazetteer),
    changes: readDivisionChanges(studyTable('division_changes.csv'), gazetteer),
  };
}
