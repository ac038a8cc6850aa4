import type { PanelRecipe } from '../../../data/panel/contract.ts';
import { cellBits } from '../../../data/panel/fill.ts';
import { seriesIn } from '../../../data/panel/trace.ts';
import type { Dialect } from '../../../data/sql/dialect.ts';
import type { PanelSpec, RawFiles } from './contract.ts';
import { citiesStep } from './step/cities.ts';
import { energyStep } from './step/energy.ts';
import { indicatorsStep } from './step/indicators.ts';
import { observedStep } from './step/observed.ts';
import { ratesStep } from './step/rates.ts';
import { variablesStep } from './step/variables.ts';

/**
 * The way from the values that were read (table `observations`), the firms that were counted (table `ai_counts`) and the
 * reference files to the panel, as statements for the engine to run in order. Between the last step and `panel` the table
 * `measured` is filled (`fillMeasured`) into `cells` and `cell_bits`.
 * A step whose series no formula names is left out.
 * @throws missing-header, file-not-found before anything is read
 */
export function panelRecipe(files: RawFiles, spec: PanelSpec, dialect: Dialect): PanelRecipe {
  const { quoteName, stored } = dialect;
  const ids = spec.variables.map(({ id }) => id);
  const needed = new Set(spec.variables.flatMap(({ formula }) => seriesIn(formula)));
  const columns = [...ids, ...spec.groups.map(({ id }) => id)].map((id) => `, ${quoteName(id)}`).join('');
  return {
    steps: [
      citiesStep(files, spec, dialect),
      observedStep(spec.series, needed.has('green_patents'), dialect),
      ...(needed.has('co2') || needed.has('co2_fossil') ? [energyStep(files, spec.emissions, dialect)] : []),
      ...(needed.has('exchange_rate') ? [ratesStep(files, dialect)] : []),
      indicatorsStep(spec.series, needed, dialect),
      variablesStep(spec.variables, dialect),
    ],
    panel: `SELECT ${stored('city', 'whole')} AS city, ${stored('year', 'whole')} AS year, city_zh, city_en, province, province_en${columns}
      FROM cells JOIN cities USING (city) WHERE out_by IS NULL ORDER BY city, year`,
    placeNames: `SELECT ${stored('province_code', 'text')} AS code, province AS name_zh, min(province_en) AS name_en FROM cities
      WHERE province IS NOT NULL GROUP BY 1, 2
      UNION ALL SELECT ${stored('city', 'text')}, city_zh, city_en FROM cities ORDER BY code, name_zh`,
    sampleLedger: sampleLedger(spec, dialect),
    coverage: `${ids.map((id, place) => yearCounts(id, place, dialect)).join(' UNION ALL ')} ORDER BY place, year`,
    cellLedger: `${ids.map((id, place) => cellCounts(id, place, dialect)).join(' UNION ALL ')} ORDER BY place`,
  };
}

/** One row for the gazetteer (rule -1), one for the universe (0), one for each rule of the study. */
function sampleLedger(spec: PanelSpec, dialect: Dialect): string {
  const rules = dialect.wholeNumbers([-1, spec.exclude.length], { table: 'rules', column: 'rule' });
  return `SELECT rule, (SELECT count(*) FROM cities WHERE out_by = rule) AS cities_out,
      (SELECT count(*) FROM cities WHERE out_by IS NULL OR out_by > rule) AS cities_left,
      (SELECT count(*) FROM frame JOIN cities USING (city) WHERE out_by IS NULL OR out_by > rule) AS rows_left
    FROM ${rules} ORDER BY rule`;
}

const filled = cellBits.interpolated | cellBits.extrapolated;

function cellCounts(id: string, place: number, dialect: Dialect): string {
  const { observed, interpolated, extrapolated } = cellBits;
  const count = (bits: number): string => countBits(id, bits, dialect);
  return `SELECT ${place} AS place, ${dialect.quoteText(id)} AS variable, count(*) AS cells,
      ${count(observed)} AS observed, ${count(interpolated)} AS interpolated,
      ${count(extrapolated)} AS extrapolated, ${countMissing(id, dialect)} AS missing
    FROM cell_bits JOIN cities USING (city) WHERE out_by IS NULL`;
}

function yearCounts(id: string, place: number, dialect: Dialect): string {
  return `SELECT ${place} AS place, ${dialect.quoteText(id)} AS variable, year,
      ${countBits(id, cellBits.observed, dialect)} AS observed, ${countBits(id, filled, dialect)} AS filled,
      ${countMissing(id, dialect)} AS missing
    FROM cell_bits JOIN cities USING (city) WHERE out_by IS NULL GROUP BY year`;
}

/** Cells of a variable that have one of the bits. */
function countBits(id: string, bits: number, dialect: Dialect): string {
  return dialect.where('count(*)', dialect.sharesBit(dialect.quoteName(id), bits));
}

function countMissing(id: string, dialect: Dialect): string {
  const held = dialect.sharesBit(dialect.quoteName(id), cellBits.observed | filled);
  return dialect.where('count(*)', `NOT ${held}`);
}
