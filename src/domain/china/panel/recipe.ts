import type { PanelRecipe } from '../../../data/panel/contract.ts';
import { cellBits } from '../../../data/panel/fill.ts';
import { seriesIn } from '../../../data/panel/trace.ts';
import { duckdb } from '../../../platform/engine/duckdb/dialect.ts';
import type { PanelSpec, RawFiles } from './contract.ts';
import { citiesStep } from './step/cities.ts';
import { energyStep } from './step/energy.ts';
import { indicatorsStep } from './step/indicators.ts';
import { observedStep } from './step/observed.ts';
import { ratesStep } from './step/rates.ts';
import { variablesStep } from './step/variables.ts';

const { quoteName, quoteText } = duckdb;

/**
 * The way from the values that were read (table `observations`), the firms that were counted (table `ai_counts`) and the
 * reference files to the panel, as statements for the engine to run in order. Between the last step and `panel` the table
 * `measured` is filled (`fillMeasured`) into `cells` and `cell_bits`.
 * A step whose series no formula names is left out.
 * @throws missing-header, file-not-found before anything is read
 */
export function panelRecipe(files: RawFiles, spec: PanelSpec): PanelRecipe {
  const ids = spec.variables.map(({ id }) => id);
  const needed = new Set(spec.variables.flatMap(({ formula }) => seriesIn(formula)));
  const columns = [...ids, ...spec.groups.map(({ id }) => id)].map((id) => `, ${quoteName(id)}`).join('');
  return {
    steps: [
      citiesStep(files, spec),
      observedStep(spec.series, needed.has('green_patents')),
      ...(needed.has('co2') || needed.has('co2_fossil') ? [energyStep(files, spec.emissions)] : []),
      ...(needed.has('exchange_rate') ? [ratesStep(files)] : []),
      indicatorsStep(spec.series, needed),
      variablesStep(spec.variables),
    ],
    panel: `SELECT CAST(city AS INTEGER) AS city, CAST(year AS INTEGER) AS year, city_zh, city_en, province${columns}
      FROM cells JOIN cities USING (city) WHERE out_by IS NULL ORDER BY city, year`,
    placeNames:
      'SELECT CAST(city AS VARCHAR) AS code, city_zh AS name_zh, city_en AS name_en FROM cities ORDER BY city',
    sampleLedger: sampleLedger(spec),
    coverage: `${ids.map(yearCounts).join(' UNION ALL ')} ORDER BY place, year`,
    cellLedger: `${ids.map(cellCounts).join(' UNION ALL ')} ORDER BY place`,
  };
}

/** One row for the gazetteer (rule -1), one for the universe (0), one for each rule of the study. */
function sampleLedger(spec: PanelSpec): string {
  const last = spec.exclude.length;
  return `SELECT rule, (SELECT count(*) FROM cities WHERE out_by = rule) AS cities_out,
      (SELECT count(*) FROM cities WHERE out_by IS NULL OR out_by > rule) AS cities_left,
      (SELECT count(*) FROM frame JOIN cities USING (city) WHERE out_by IS NULL OR out_by > rule) AS rows_left
    FROM (SELECT unnest(range(-1, ${last + 1})) AS rule) ORDER BY rule`;
}

const filled = cellBits.interpolated | cellBits.extrapolated;

function cellCounts(id: string, place: number): string {
  return `SELECT ${place} AS place, ${quoteText(id)} AS variable, count(*) AS cells,
      ${countBits(id, cellBits.observed)} AS observed, ${countBits(id, cellBits.interpolated)} AS interpolated,
      ${countBits(id, cellBits.extrapolated)} AS extrapolated, ${countMissing(id)} AS missing
    FROM cell_bits JOIN cities USING (city) WHERE out_by IS NULL`;
}

function yearCounts(id: string, place: number): string {
  return `SELECT ${place} AS place, ${quoteText(id)} AS variable, year, ${countBits(id, cellBits.observed)} AS observed,
      ${countBits(id, filled)} AS filled, ${countMissing(id)} AS missing
    FROM cell_bits JOIN cities USING (city) WHERE out_by IS NULL GROUP BY year`;
}

/** Cells of a variable that have one of the bits. */
function countBits(id: string, bits: number): string {
  return `count(*) FILTER (CAST(${quoteName(id)} AS INTEGER) & ${bits} > 0)`;
}

function countMissing(id: string): string {
  return `count(*) FILTER (CAST(${quoteName(id)} AS INTEGER) & ${cellBits.observed | filled} = 0)`;
}
