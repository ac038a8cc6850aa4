import type { IndicatorDefinition } from '../../../../data/source/contract.ts';
import { at } from '../../../../error/at.ts';
import { StudyError } from '../../../../error/study-error.ts';
import { cityCodeHeader, cityNameHeader, energyHeaders, patentHeaders } from '../../source/tables.ts';
import type { FaultKey, RawGrid } from '../faults/contract.ts';
import type { Generator } from '../generator.ts';
import { wrongUnitFactor } from '../panel/internet-fault.ts';
import type { PanelShape } from '../panel/latent-panel.ts';
import { type CalibrationTargets, drawTargetPanel, type TargetPanel } from '../panel/target-panel.ts';
import { printedTarget } from '../printed/printed-target.ts';
import { drawSampledPanel } from '../sampled/sampled-panel.ts';
import { type CityTrait, existsIn, sizeScores } from './city-trait.ts';
import { type Economy, invertToEconomy } from './economy.ts';
import type { FirmTask } from './firms.ts';
import { drawFuelMix, type SyntheticFuel } from './fuel-mix.ts';
import { measuredValues } from './measured.ts';
import { type KnownTruth, knownTruth, samplingNote, truthNote } from './truth.ts';

/** Raised when the same seed gives other bytes than before. */
export const generatorVersion = 3;

/** Everything that the synthetic raw layer is made from. */
export interface RawLayerInput {
  readonly seed: number;
  readonly scale: number;
  /** Whether the panel is drawn with its errors instead of being made to the printed numbers. */
  readonly sampling: boolean;
  readonly years: readonly number[];
  readonly cities: readonly CityTrait[];
  readonly fuels: readonly SyntheticFuel[];
  /** tCO2 per MWh, NaN where none is published. */
  readonly gridFactor: (grid: string, year: number) => number;
  readonly keywords: readonly string[];
  /** CNY per 100 USD, by year. */
  readonly exchangeRates: readonly number[];
  readonly targets: CalibrationTargets;
  /** Series of the yearbooks, under whose usual headers the tables are written. */
  readonly indicators: readonly IndicatorDefinition[];
}

export interface RawLayer {
  /** Small tables, whole. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What is planted in the small tables, and the tables as they are then; null for a clean layer. */
  readonly dirt: { readonly grids: readonly RawGrid[]; readonly key: FaultKey } | null;
  /** Registry files, to be written in blocks. */
  readonly firmTasks: readonly FirmTask[];
  /** What is true of the layer: `truth.json`. */
  readonly truth: Truth;
}

/** A layer before its small tables are dirtied. */
export type CleanLayer = Omit<RawLayer, 'dirt'>;

/** The known truth beside the synthetic raw layer. */
export interface Truth extends KnownTruth {
  readonly synthetic: true;
  readonly generator: Generator;
  readonly note: string;
  readonly faults: readonly {
    readonly id: string;
    readonly file: string;
    readonly header: string;
    readonly note: string;
    /** [city code, year]. */
    readonly cells: readonly (readonly [number, number])[];
  }[];
  readonly totals: { readonly firmsWithKeyword: number; readonly decoys: number; readonly greenPatents: number };
}

/** The panel behind a raw layer, with what makes tables of it. */
export interface LayerPanel {
  readonly shape: PanelShape;
  readonly drawn: TargetPanel;
  readonly economyOf: (values: TargetPanel['values']) => Economy;
}

/**
 * Draws the panel alone. Deterministic in the input.
 * @param onFirms hears how many firms each cell has as soon as they are counted
 */
export function drawLayerPanel(
  input: RawLayerInput,
  onFirms: (firms: Int32Array) => void = () => undefined,
): LayerPanel {
  const { cities, years, seed, scale, targets, exchangeRates } = input;
  const sample = Int32Array.from(cities.flatMap((city, c) => (city.inSample ? [c] : [])));
  const shape: PanelShape = { cities: cities.length, years: years.length, sample };
  const sizes = sizeScores(cities, seed);
  const economyOf: LayerPanel['economyOf'] = (values) => invertToEconomy(values, sizes, shape, { seed, exchangeRates });
  const options = { seed, scale, shape, sizeScores: sizes, targets };
  const first = input.sampling ? drawSampledPanel(options) : drawTargetPanel(options);
  // Fewer firms are another AI: no printed number can come out then.
  if (input.sampling || scale !== 1) {
    onFirms(first.firms);
    return { shape, drawn: first, economyOf };
  }
  const asRead = (values: TargetPanel['values']): TargetPanel['values'] =>
    measuredValues(economyOf(values), values, shape, exchangeRates);
  return { shape, drawn: printedTarget(first, targets, shape, asRead, onFirms), economyOf };
}

/**
 * Draws the target panel and turns it into raw tables. Deterministic in the input alone.
 * @param onFirms hears the registry files as soon as the firms are counted, the same as in the layer
 */
export function makeRawLayer(
  input: RawLayerInput,
  onFirms: (tasks: readonly FirmTask[]) => void = () => undefined,
): RawLayer {
  const { cities, years, seed } = input;
  let firmTasks: readonly FirmTask[] = [];
  let counted: Int32Array = new Int32Array(0);
  const { shape, drawn, economyOf } = drawLayerPanel(input, (firms) => {
    counted = firms;
    firmTasks = listFirmTasks(input, firms);
    onFirms(firmTasks);
  });
  // The registry may be written by now.
  if (drawn.firms.some((firms, i) => firms !== counted[i]))
    throw new StudyError('internal', { reason: 'firms that moved after they were counted' });
  const economy = economyOf(drawn.values);
  const quantities = drawFuelMix(economy.co2, input.fuels, shape, {
    seed,
    gridFactor: (c, t) => input.gridFactor(at(cities, c).grid, at(years, t)),
  });
  return {
    files: [
      ...years.map((year, t) => ({ path: `yearbook/${year}.csv`, text: yearbookText(input, economy, year, t) })),
      { path: 'energy/city_energy.csv', text: energyText(input, quantities) },
      { path: 'patents/green_patents.csv', text: patentText(input, drawn) },
    ],
    dirt: null,
    firmTasks,
    truth: truthOf(input, drawn, firmTasks, shape),
  };
}

const economySeries: Readonly<Record<string, keyof Economy>> = {
  gdp: 'gdp',
  gdp_index: 'gdpIndex',
  tertiary_share: 'tertiaryShare',
  population: 'population',
  area: 'area',
  fdi: 'fdi',
  fiscal_expenditure: 'fiscalExpenditure',
  science_expenditure: 'scienceExpenditure',
  fixed_investment: 'fixedInvestment',
  deposits: 'deposits',
  loans: 'loans',
  students: 'students',
  internet_users: 'internetUsers',
  waste_utilisation: 'wasteUtilisation',
};

/** Header of an indicator as the yearbook of this layer prints it: its usual name with its own unit. */
function usualHeader(indicators: readonly IndicatorDefinition[], id: string): string {
  const indicator = indicators.find((candidate) => candidate.id === id);
  const unit = Object.entries(indicator?.units ?? {}).find(([, factor]) => factor === 1)?.[0];
  if (indicator === undefined || unit === undefined)
    throw new StudyError('internal', { reason: `no indicator ${id} with a unit of its own` });
  return `${indicator.headers[0]}(${unit})`;
}

function yearbookText(input: RawLayerInput, economy: Economy, year: number, t: number): string {
  const series = Object.entries(economySeries);
  const lines = [
    [cityCodeHeader, cityNameHeader, '省份', ...series.map(([id]) => usualHeader(input.indicators, id))].join(','),
  ];
  input.cities.forEach((city, c) => {
    if (!existsIn(city, year)) return;
    const row = c * input.years.length + t;
    const cells = series.map(([, key]) => (Number.isNaN(economy[key][row]) ? '' : String(economy[key][row])));
    lines.push([city.code, city.nameZh, city.provinceZh, ...cells].join(','));
  });
  return `${lines.join('\n')}\n`;
}

function energyText(input: RawLayerInput, quantities: readonly Float64Array[]): string {
  const { code, year, fuel, quantity, unit } = energyHeaders;
  const lines = [[code[0], '城市', year[0], fuel[0], quantity[0], unit[0]].join(',')];
  input.cities.forEach((city, c) => {
    input.years.forEach((y, t) => {
      if (!existsIn(city, y)) return;
      input.fuels.forEach((kind, f) => {
        lines.push(
          [city.code, city.nameZh, y, kind.nameZh, at(quantities, f)[c * input.years.length + t], kind.unitZh].join(
            ',',
          ),
        );
      });
    });
  });
  return `${lines.join('\n')}\n`;
}

function patentText(input: RawLayerInput, drawn: TargetPanel): string {
  const { code, year, inventions, utilityModels } = patentHeaders;
  const lines = [[code[0], '城市', year[0], inventions[0], utilityModels[0]].join(',')];
  input.cities.forEach((city, c) => {
    input.years.forEach((y, t) => {
      if (!existsIn(city, y)) return;
      const total = drawn.patents[c * input.years.length + t] ?? 0;
      // The part of inventions rises from a third to a half over the period.
      const invented = Math.round(total * (0.34 + (0.16 * t) / Math.max(1, input.years.length - 1)));
      lines.push([city.code, city.nameZh, y, invented, total - invented].join(','));
    });
  });
  return `${lines.join('\n')}\n`;
}

/** One registry file a province, its cities in order of code. @param firms with a keyword, by city and year */
function listFirmTasks(input: RawLayerInput, firms: Int32Array): FirmTask[] {
  const decoys = Int32Array.from(firms, (count) => Math.round(input.scale * 20 + 0.22 * count));
  const byProvince = new Map<number, FirmTask['cities'][number][]>();
  input.cities.forEach((city, c) => {
    const rows = input.years
      .map((year, t) => ({ year, row: c * input.years.length + t }))
      .filter(({ year }) => existsIn(city, year));
    const province = Math.floor(city.code / 10_000) * 10_000;
    const list = byProvince.get(province) ?? [];
    list.push({
      code: city.code,
      nameZh: city.nameZh,
      provinceZh: city.provinceZh,
      years: rows.map(({ year }) => year),
      withKeyword: rows.map(({ row }) => firms[row] ?? 0),
      decoys: rows.map(({ row }) => decoys[row] ?? 0),
    });
    byProvince.set(province, list);
  });
  return [...byProvince].map(([province, cities]) => ({
    file: `registry/firms-${province}.csv`,
    seed: input.seed,
    stream: province,
    cities,
    keywords: input.keywords,
  }));
}

function truthOf(input: RawLayerInput, drawn: TargetPanel, tasks: readonly FirmTask[], shape: PanelShape): Truth {
  const cellsOf = (rows: Iterable<number>): (readonly [number, number])[] =>
    [...rows].map(
      (row) => [at(input.cities, Math.floor(row / shape.years)).code, at(input.years, row % shape.years)] as const,
    );
  const faults = drawn.internetFaults;
  const zeroTertiary = [...drawn.values.uis.keys()].filter((row) => drawn.values.uis[row] === 0);
  const sum = (key: 'withKeyword' | 'decoys'): number =>
    tasks.reduce(
      (total, task) => total + task.cities.reduce((t, city) => t + city[key].reduce((a, b) => a + b, 0), 0),
      0,
    );
  return {
    synthetic: true,
    generator: { version: generatorVersion, seed: input.seed, scale: input.scale, sampling: input.sampling },
    note: input.sampling ? samplingNote : truthNote,
    ...knownTruth(drawn),
    faults: [
      {
        id: 'internet-wrong-unit',
        file: 'yearbook',
        header: usualHeader(input.indicators, 'internet_users'),
        note: `Reported ${wrongUnitFactor} times too large, as the printed Table 2 shows for the source.`,
        cells: cellsOf(faults.wrongUnit),
      },
      {
        id: 'internet-blank',
        file: 'yearbook',
        header: usualHeader(input.indicators, 'internet_users'),
        note: 'Left blank: the printed number of observations is smaller than that of the other variables.',
        cells: cellsOf(faults.blank),
      },
      {
        id: 'tertiary-zero',
        file: 'yearbook',
        header: usualHeader(input.indicators, 'tertiary_share'),
        note: 'Zero where a value is missing, as the printed minimum shows.',
        cells: cellsOf(zeroTertiary),
      },
    ],
    totals: {
      firmsWithKeyword: sum('withKeyword'),
      decoys: sum('decoys'),
      greenPatents: drawn.patents.reduce((a, b) => a + b, 0),
    },
  };
}
