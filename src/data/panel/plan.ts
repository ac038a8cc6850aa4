import { duckdb } from '../sql/dialect/duckdb.ts';
import type { PanelPlan, PanelSpec, RawFiles } from './contract.ts';
import { citiesStep } from './step/cities.ts';
import { energyStep } from './step/energy.ts';
import { indicatorsStep } from './step/indicators.ts';
import { patentsStep } from './step/patents.ts';
import { registryStep } from './step/registry.ts';
import { variablesStep } from './step/variables.ts';
import { yearbookStep } from './step/yearbook.ts';

const { quoteName, quoteText } = duckdb;

/**
 * The way from raw files to the panel, as statements for the engine to run in order.
 * @param keywords what makes a registry row an AI firm
 * @throws missing-header, unknown-unit, unknown-column (a group) before anything is read
 */
export function planPanel(files: RawFiles, spec: PanelSpec, keywords: readonly string[]): PanelPlan {
  const ids = spec.variables.map(({ id }) => id);
  const columns = [...ids, ...spec.groups].map((id) => `, ${quoteName(id)}`).join('');
  return {
    steps: [
      citiesStep(files, spec),
      yearbookStep(files),
      energyStep(files),
      registryStep(files, keywords),
      patentsStep(files),
      indicatorsStep(),
      variablesStep(spec.variables),
    ],
    panel: `SELECT city, year, city_zh, city_en, province${columns}
      FROM cells JOIN cities USING (city) WHERE out_by IS NULL ORDER BY city, year`,
    sampleLedger: sampleLedger(spec),
    cellLedger: `${ids.map(cellCounts).join(' UNION ALL ')} ORDER BY place`,
    sourceLedger: `SELECT * FROM (VALUES
      ('registry', (SELECT sum(rows) FROM ai_counts), (SELECT sum(firms) FROM ai_counts),
        (SELECT coalesce(sum(firms), 0) FROM ai_counts WHERE city IS NULL)),
      ('yearbook', (SELECT count(*) FROM yearbook_rows), (SELECT count(*) FROM yearbook), 0),
      ('energy', (SELECT count(*) FROM energy_rows), (SELECT count(*) FROM energy_rows JOIN fuels USING (fuel_zh)), 0),
      ('patents', (SELECT count(*) FROM patent_rows), (SELECT count(*) FROM patents), 0)
    ) AS ledger(source, rows_read, rows_used, rows_unplaced)`,
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

function cellCounts(id: string, place: number): string {
  const column = quoteName(id);
  return `SELECT ${place} AS place, ${quoteText(id)} AS variable, count(*) AS cells, count(measured.${column}) AS observed,
      count(cells.${column}) - count(measured.${column}) AS interpolated, count(*) - count(cells.${column}) AS missing
    FROM cells JOIN measured USING (city, year) JOIN cities USING (city) WHERE out_by IS NULL`;
}
