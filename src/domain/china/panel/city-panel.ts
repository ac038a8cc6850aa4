import type { PanelVariable } from '../../../data/panel/contract.ts';
import { requireFile } from '../../../data/panel/header.ts';
import type { IndicatorDefinition } from '../../../data/source/contract.ts';
import type { PlaceIndex } from '../../../data/source/places.ts';
import type { Dialect } from '../../../data/sql/dialect.ts';
import { entryOf } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { textAt } from '../../../table/cell-at.ts';
import { type ColumnTable, columnTable, numberColumn } from '../../../table/column.ts';
import type { DomainPanel, FuelWords, GroupColumn } from '../../contract.ts';
import { divideFirms, divideObservations } from '../place/apply-divisions.ts';
import type { DivisionChange, GazetteerCity } from '../place/gazetteer.ts';
import type { DivisionPolicy } from '../place/harmonize.ts';
import { aliasEntry } from '../place/unresolved.ts';
import { countedFirms } from '../registry/counted-firms.ts';
import type { FirmCell, FirmScan } from '../registry/scan-contract.ts';
import { type FuelRow, fuelIndicators } from '../source/energy.ts';
import type { EmissionRules, ExclusionRule, PanelSpec, RawFiles, RawKind } from './contract.ts';
import { panelRecipe } from './recipe.ts';

/** What a study says of its panel of cities. */
export interface CityStudy {
  readonly panel: {
    readonly years: readonly [first: number, last: number];
    readonly universe: string | null;
    readonly exclude: readonly ExclusionRule[];
    readonly groups: readonly string[];
    readonly emissions: EmissionRules;
    readonly divisions: DivisionPolicy;
  };
  readonly measures: readonly {
    readonly id: string;
    readonly formula: string;
    readonly missing: PanelVariable['fill'];
  }[];
}

/** What its words mean. */
export interface CityWords {
  readonly groups: Readonly<Record<string, GroupColumn>>;
  readonly tables: Readonly<Record<string, readonly IndicatorDefinition[]>>;
  readonly fuels: FuelWords | null;
}

/** What a panel of cities is made with besides the study and its files. */
export interface CityPanelOptions {
  /** How the engine that will make it spells SQL. */
  readonly dialect: Dialect;
  readonly words: CityWords;
  /** Kinds of raw tables that the measures need. */
  readonly needed: { readonly has: (kind: RawKind) => boolean };
  /** Counts the firms of the registry tables. */
  readonly scanFirms: () => Promise<FirmScan>;
  /** English names of the words that firms are found by. */
  readonly keywordNames: ReadonlyMap<string, string>;
  readonly places: PlaceIndex;
  readonly gazetteer: readonly GazetteerCity[];
  readonly changes: readonly DivisionChange[];
}

/** The panel of cities of a study. @throws missing-header, file-not-found before anything is read */
export function cityPanel(files: RawFiles, study: CityStudy, options: CityPanelOptions): DomainPanel {
  const { words, needed, changes } = options;
  const { divisions } = study.panel;
  const { registry, energy, yearbook, patents } = files;
  return {
    recipe: (wanted) => {
      const measures = study.measures.filter(({ id }) => wanted.some((one) => one.id === id));
      return panelRecipe(files, panelSpecOf({ ...study, measures }, words), options.dialect);
    },
    tables: { yearbook, energy, patents },
    files: { registry, energy, yearbook, patents },
    places: options.places,
    aliasRow: (query, answer) => aliasEntry(query, answer, options.gazetteer),
    series: () => {
      const fuels = needed.has('energy') ? fuelRows(files) : [];
      return {
        indicators: {
          yearbook: words.tables.yearbook ?? [],
          energy: words.fuels === null ? [] : fuelIndicators(fuels, words.fuels),
          patents: words.tables.patents ?? [],
        },
        fuels: fuels.map(({ key }) => key),
      };
    },
    count:
      !needed.has('registry') || registry.length === 0
        ? null
        : {
            kind: 'registry',
            run: async (engine) => {
              const scan = await options.scanFirms();
              await engine.load(firmTable, firmColumns(divideFirms(scan.cells, changes, divisions)));
              return countedFirms(scan, options.keywordNames);
            },
          },
    settle: (observations) => divideObservations(observations, changes, divisions),
  };
}

/** What the study asks of the panel. */
export function panelSpecOf(study: CityStudy, words: Pick<CityWords, 'groups' | 'tables'>): PanelSpec {
  return {
    years: study.panel.years,
    universe: study.panel.universe,
    exclude: study.panel.exclude,
    groups: study.panel.groups.map((id) => ({ id, ...entryOf(words.groups, id) })),
    series: (words.tables.yearbook ?? []).map(({ id }) => id),
    variables: study.measures.map(({ id, formula, missing }) => ({ id, formula, fill: missing })),
    emissions: study.panel.emissions,
  };
}

/** The table of counted firms in the engine. */
export const firmTable = 'ai_counts';

/** Table `ai_counts`: city, year, firms; city missing for firms that no city could be found for, year without a usable date. */
export function firmColumns(cells: readonly Pick<FirmCell, 'city' | 'year' | 'firms'>[]): ColumnTable {
  return columnTable({
    city: numberColumn(cells.map(({ city }) => city || null)),
    year: numberColumn(cells.map(({ year }) => year || null)),
    firms: numberColumn(cells.map(({ firms }) => firms)),
  });
}

/** Kinds of energy that the study counts, out of the reference table. */
function fuelRows({ reference }: RawFiles): FuelRow[] {
  const { table } = requireFile(reference.fuels, 'reference/fuels.csv', said('file.fuels'));
  const optional = (name: string, row: number): string => (name in table.columns ? textAt(table, name, row) : '');
  return Array.from({ length: table.nrow }, (_, row) => row)
    .filter((row) => textAt(table, 'in_paper', row) === '1')
    .map((row) => ({
      key: textAt(table, 'key', row),
      nameZh: textAt(table, 'name_zh', row),
      nameEn: optional('name_en', row) || textAt(table, 'key', row),
      baseUnit: textAt(table, 'base_unit', row),
      kgcePerUnit: optional('kgce_per_unit', row) === '' ? null : Number(optional('kgce_per_unit', row)),
    }));
}
