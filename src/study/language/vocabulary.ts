import type { OtherDefinition } from '../../data/clean/definitions.ts';
import { type CellsOf, ownCell } from '../../data/panel/trace.ts';
import type { IndicatorDefinition } from '../../data/source/contract.ts';
import type { Unit } from '../../data/source/unit.ts';
import type {
  DerivedIndicator,
  FuelWords,
  GroupColumn,
  MeasureDefinition,
  Pack,
  PackSource,
} from '../../domain/contract.ts';
import { domains } from '../../domain/domains.ts';

/** The names that a study file may use and what they mean, known before any data is read. */
export interface Vocabulary {
  /** Null: the study names no pack. */
  readonly pack: Pack | null;
  readonly measures: readonly MeasureDefinition[];
  /** Series that the formula of a new measure may use. */
  readonly indicators: readonly string[];
  /** Unit of each of them; null for a name that is none. */
  readonly unitOf: (indicator: string) => Unit | null;
  /** Group columns that a panel may carry. */
  readonly groups: Readonly<Record<string, GroupColumn>>;
  /** Raw series by kind of table, but those that reference tables tell of. */
  readonly tables: Readonly<Record<string, readonly IndicatorDefinition[]>>;
  readonly definitions: readonly OtherDefinition[];
  readonly derived: readonly DerivedIndicator[];
  readonly fuels: FuelWords | null;
  /** The raw values behind a series. */
  readonly cellsOf: CellsOf;
  /** Kind of files that a series is counted in; null for one that is read from cells. */
  readonly countedIn: (series: string) => string | null;
  /** Kind of table of a raw series; null for a name that is none. */
  readonly kindOf: (indicator: string) => string | null;
  /** Whether what these series count may be counted twice. */
  readonly countsTwice: (series: readonly string[], fuels: readonly string[]) => boolean;
  /** A pack of the program that has a measure; null for none. Asked only when the study names no pack. */
  readonly packWith: (measure: string) => string | null;
}

/** What a study file may add to its pack. */
export interface OwnNames {
  /** Group columns out of the study's own table of places. */
  readonly groups: Readonly<Record<string, GroupColumn>>;
}

/** The vocabulary of a study that names a pack, or none. */
export function vocabularyOf(
  pack: Pack | null,
  own: OwnNames = { groups: {} },
  packs: PackSource = noPacks,
): Vocabulary {
  const domain = pack === null || pack.domain === null ? null : domains[pack.domain];
  const tables = pack?.tables ?? {};
  const kinds = new Map(Object.entries(tables).flatMap(([kind, all]) => all.map(({ id }) => [id, kind] as const)));
  const derived = pack?.derived ?? [];
  const units = new Map<string, Unit>(
    [...Object.values(tables).flat(), ...derived].map(({ id, unit }) => [id, unit] as const),
  );
  return {
    pack,
    measures: pack?.measures ?? [],
    indicators: [...units.keys()],
    unitOf: (id) => units.get(id) ?? null,
    groups: { ...pack?.groups, ...own.groups },
    tables,
    definitions: pack?.definitions ?? [],
    derived,
    fuels: pack?.fuels ?? null,
    cellsOf: domain?.cellsOf ?? ownCell,
    countedIn: (series) => domain?.counted[series] ?? null,
    kindOf: (id) => kinds.get(id) ?? domain?.kindOf(id) ?? null,
    countsTwice: domain?.countsTwice ?? (() => false),
    packWith: (measure) =>
      packs.names.find((name) => packs.read(name).measures.some(({ id }) => id === measure)) ?? null,
  };
}

/** A place without packs. */
export const noPacks: PackSource = {
  names: [],
  read: (name) => {
    throw new Error(`no pack ${name}: there is no place of packs`);
  },
};
