import { aliasKey, indicatorFinder, readHeader } from '../../../../data/clean/header.ts';
import { yearInName } from '../../../../data/clean/subject.ts';
import { type KeyRole, keyHeaders } from '../../../../data/language/key-headers.ts';
import type { IndicatorDefinition } from '../../../../data/source/contract.ts';
import { fuelIndicator } from '../../source/energy.ts';
import type { FaultKey, RawGrid, TableFaultKind } from './contract.ts';
import { faultsVersion } from './contract.ts';
import { type ColumnReader, draftOf } from './draft.ts';
import { plantFaults } from './plant-faults.ts';
import type { FaultCity } from './row-faults.ts';

/** What the tables of a clean layer are dirtied with. */
export interface DirtInput {
  readonly seed: number;
  readonly kinds: readonly TableFaultKind[];
  readonly cities: readonly FaultCity[];
  /** Kinds of energy by the name that the tables give them. */
  readonly fuels: readonly { readonly key: string; readonly nameZh: string }[];
  /** Series of yearbooks and patent counts. */
  readonly indicators: readonly IndicatorDefinition[];
  /** Share of the files that have a kind; half when not given. */
  readonly share?: number;
}

/** The small tables of a clean layer as dirty grids, with the answer key. Deterministic in seed, kinds and tables. */
export function dirtyTables(
  files: readonly { readonly path: string; readonly text: string }[],
  { seed, kinds, cities, fuels, indicators, share }: DirtInput,
): { grids: RawGrid[]; key: FaultKey } {
  const fuelIds = new Map(fuels.map(({ key, nameZh }) => [nameZh, fuelIndicator(key)]));
  const drafts = files.map(({ path, text }) =>
    draftOf(path, gridOf(text), {
      column: columnReader(indicators),
      indicatorOf: (name) => fuelIds.get(name) ?? name,
      year: yearInName(path),
    }),
  );
  const options = { seed, cities: new Map(cities.map((city) => [city.code, city])), ...(share ? { share } : {}) };
  const { grids, key } = plantFaults(drafts, new Set(kinds), options);
  return { grids, key: { version: faultsVersion, kinds, faults: key } };
}

/** Cells of a clean table: no cell holds a comma. */
function gridOf(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}

const plainRoles: readonly Exclude<KeyRole, 'value'>[] = ['code', 'name', 'province', 'year', 'indicator', 'unit'];

function columnReader(indicators: readonly IndicatorDefinition[]): ColumnReader {
  const find = indicatorFinder(indicators);
  const isName = (text: string): boolean => find({ name: text, notes: [] }) !== null;
  return (header) => {
    const role = plainRoles.find((one) => keyHeaders[one].some((alias) => aliasKey(alias) === aliasKey(header)));
    if (role !== undefined) return { role, indicator: null };
    return { role: 'value', indicator: find(readHeader([header], isName))?.indicator.id ?? null };
  };
}
