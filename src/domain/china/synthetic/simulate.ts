import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { textAt } from '../../../table/cell-at.ts';
import type { ColumnTable } from '../../../table/column.ts';
import type { GroupColumn, Pack, PrintedNumber } from '../../contract.ts';
import { readAliases, readGazetteer } from '../place/gazetteer.ts';
import { type ReferenceTables, requireTable } from '../source/reference-tables.ts';
import type { Calibration } from './calibration.ts';
import { calibrationTargets } from './calibration-targets.ts';
import { chosenFaults, type FaultChoice } from './faults/contract.ts';
import { dirtyTables } from './faults/dirty-layer.ts';
import { chosenFirmFaults } from './faults/firm-key.ts';
import type { FaultCity } from './faults/row-faults.ts';
import type { CityTrait } from './raw/city-trait.ts';
import type { FirmTask } from './raw/firms.ts';
import { type CleanLayer, makeRawLayer, type RawLayer, type RawLayerInput } from './raw/raw-layer.ts';
import { exchangeRatesOf, nearestGridFactor, syntheticFuels } from './raw/reference-inputs.ts';

/** The cities and years that a study asks for. */
export interface LayerScope {
  readonly panel: {
    readonly years: readonly [first: number, last: number];
    readonly universe: string | null;
    readonly exclude: readonly { readonly cities: readonly string[]; readonly provinces: readonly string[] }[];
  };
}

/** How a layer is drawn. */
export interface LayerOptions {
  readonly seed: number;
  readonly scale: number;
  /** Left out: the panel is made to the printed numbers, and has no errors. */
  readonly sampling?: boolean;
  readonly faults?: FaultChoice;
  readonly pack: Pack;
  readonly groups: Readonly<Record<string, GroupColumn>>;
  readonly calibration: Calibration;
}

/**
 * What a layer is made from: the cities of the reference tables, the years of the study, the printed numbers.
 * @throws study-invalid when the study names no printed numbers to calibrate to
 */
export function layerInput(
  study: LayerScope,
  reference: ReferenceTables,
  published: readonly PrintedNumber[],
  { seed, scale, sampling = false, pack, groups, calibration }: LayerOptions,
): RawLayerInput {
  const { yearbook = [] } = pack.tables;
  const [first, last] = study.panel.years;
  const years = Array.from({ length: last - first + 1 }, (_, t) => first + t);
  const cities = cityTraits(study, reference.cities);
  const gridFactors = requireTable(reference.gridFactors, 'reference/grid_factors.csv', said('file.grid'));
  const rates = requireTable(reference.exchangeRates, 'reference/exchange_rates.csv', said('file.rates'));
  const keywords = requireTable(reference.keywords, 'reference/keywords.csv', said('file.keywords'));
  if (pack.fuels === null) throw new StudyError('not-available', { feature: said('feature.synthetic_without_fuels') });
  return {
    seed,
    scale,
    sampling,
    years,
    cities,
    fuels: syntheticFuels(requireTable(reference.fuels, 'reference/fuels.csv', said('file.fuels')), pack.fuels),
    gridFactor: nearestGridFactor(gridFactors),
    keywords: columnTexts(keywords, 'zh'),
    exchangeRates: exchangeRatesOf(rates, years),
    targets: calibrationTargets(published, calibration, { cities, gazetteer: reference.cities, groups }),
    indicators: yearbook,
  };
}

/**
 * The synthetic raw layer of a study: made to the printed numbers of its publication, or drawn with its errors, over the cities of
 * its reference tables and the years of its panel; with faults the same layer, dirtied.
 * @param hear hears of the registry files when the firms are counted, and of all but the dirt of the small tables before that is planted
 * @throws study-invalid when the study names no printed numbers to calibrate to
 */
export function simulateRawLayer(
  study: LayerScope,
  reference: ReferenceTables,
  published: readonly PrintedNumber[],
  options: LayerOptions,
  hear: {
    readonly onFirms?: (tasks: readonly FirmTask[]) => void;
    readonly onClean?: (layer: CleanLayer) => void;
  } = {},
): RawLayer {
  const { seed, faults = 'none', pack } = options;
  const { yearbook = [], patents = [] } = pack.tables;
  const firmFaults = chosenFirmFaults(faults);
  const withFaults = (tasks: readonly FirmTask[]): readonly FirmTask[] =>
    firmFaults.length === 0 ? tasks : tasks.map((task) => ({ ...task, faults: firmFaults }));
  const input = layerInput(study, reference, published, options);
  const { fuels } = input;
  const layer = makeRawLayer(input, (tasks) => hear.onFirms?.(withFaults(tasks)));
  const kinds = chosenFaults(faults);
  const { dirt: _none, ...drawn } = layer;
  const clean = { ...drawn, firmTasks: withFaults(layer.firmTasks) };
  hear.onClean?.(clean);
  const dirt =
    kinds.length === 0
      ? null
      : dirtyTables(layer.files, {
          seed,
          kinds,
          cities: faultCities(reference),
          fuels,
          indicators: [...yearbook, ...patents],
        });
  return { ...clean, dirt };
}

/** What faults of names may write in the place of each city. */
export function faultCities({ cities, cityAliases }: Pick<ReferenceTables, 'cities' | 'cityAliases'>): FaultCity[] {
  const gazetteer = readGazetteer(cities);
  const aliases = cityAliases === null ? [] : readAliases(cityAliases, gazetteer);
  return gazetteer.map(({ code, name, province }, row) => {
    const traditional = 'name_zh_trad' in cities.columns ? textAt(cities, 'name_zh_trad', row) : '';
    return {
      code,
      nameZh: name,
      provinceZh: province,
      traditional: traditional === '' || traditional === name ? null : traditional,
      aliases: aliases
        .filter(({ kind, city }) => kind === 'name' && city === code)
        .map(({ alias, from, to }) => ({ name: alias, from, to })),
    };
  });
}

/** The keyword list of a study, as its reference table writes it. */
export function columnTexts(table: ColumnTable, name: string): string[] {
  return Array.from({ length: table.nrow }, (_, row) => textAt(table, name, row));
}

export function cityTraits(study: LayerScope, cities: ColumnTable): CityTrait[] {
  const excluded = new Set(study.panel.exclude.flatMap((rule) => [...rule.cities, ...rule.provinces]));
  return Array.from({ length: cities.nrow }, (_, row) => {
    const text = (name: string): string => textAt(cities, name, row);
    const year = (name: string): number | null => (text(name) === '' ? null : Number(text(name)));
    const { universe } = study.panel;
    const inUniverse = universe === null || text(universe) === '1';
    const names = [text('name_zh'), text('code'), text('province_zh'), text('province_code')];
    return {
      code: Number(text('code')),
      nameZh: text('name_zh'),
      provinceZh: text('province_zh'),
      grid: text('grid'),
      sizeClass: text('size_class'),
      agglomeration: text('agglomeration'),
      sinceYear: year('prefecture_level_since'),
      untilYear: year('dissolved'),
      inUniverse,
      inSample: inUniverse && !names.some((name) => excluded.has(name)),
    };
  });
}
