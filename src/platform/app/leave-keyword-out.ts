import { fillMeasured } from '../../data/panel/variables.ts';
import { firmColumns, firmTable, panelSpecOf } from '../../domain/china/panel/city-panel.ts';
import type { RawFiles } from '../../domain/china/panel/contract.ts';
import { panelRecipe } from '../../domain/china/panel/recipe.ts';
import { divideFirms } from '../../domain/china/place/apply-divisions.ts';
import type { FirmScan } from '../../domain/china/registry/scan-contract.ts';
import { at, entryOf } from '../../error/at.ts';
import type { ModelResult } from '../../model/result/result.ts';
import { estimateModels } from '../../study/estimate-models.ts';
import { headlineModel } from '../../study/headline-model.ts';
import type { ResolvedRawStudy } from '../../study/language/resolve.ts';
import type { QueryEngine } from '../../study/ports.ts';
import type { BuiltCityPanel } from './study-panel.ts';

/** The headline coefficient when one keyword is left out; `word` null: with all of them. */
export interface KeywordLeftOut {
  readonly word: string | null;
  /** Firms that the count loses. */
  readonly firms: number;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
}

export interface HeadlineByKeyword {
  readonly model: string;
  readonly term: string;
  readonly rows: readonly KeywordLeftOut[];
}

/**
 * Estimates the headline of a study again with each keyword left out: without keyword k a city and year has its firms less
 * those that only k finds. The panel must have been built in the engine; it is built again from the firms on, and left as it
 * was.
 * @throws bad-option for a study without a headline
 */
export async function leaveKeywordsOut(
  engine: QueryEngine,
  files: RawFiles,
  study: ResolvedRawStudy,
  { panel, scan, changes, vocabulary }: BuiltCityPanel & { readonly scan: FirmScan },
): Promise<HeadlineByKeyword> {
  const { id, model, term } = headlineModel(study);
  const single = { ...study, models: { [id]: model } };
  const spec = panelSpecOf(study, vocabulary);
  const recipe = panelRecipe(files, spec, engine.dialect);
  const again = recipe.steps.filter((step) => step.id === 'indicators' || step.id === 'variables');
  const estimateOf = async (table: BuiltCityPanel['panel']): Promise<ModelResult> =>
    at(entryOf(await estimateModels(single, table), id), 0).results[0];
  const rows: KeywordLeftOut[] = [rowOf(null, 0, await estimateOf(panel), term)];
  const rebuild = async (cells: FirmScan['cells']): Promise<BuiltCityPanel['panel']> => {
    await engine.load(firmTable, firmColumns(divideFirms(cells, changes, study.panel.divisions)));
    for (const { tables } of again)
      for (const { name, query } of tables) await engine.run(engine.dialect.define(name, query));
    const filled = fillMeasured(
      await engine.table('SELECT * FROM measured ORDER BY city, year'),
      study.panel.unit,
      spec.variables,
    );
    await engine.load('cells', filled.cells);
    await engine.run(engine.dialect.define('panel', recipe.panel));
    return engine.table('SELECT * FROM panel ORDER BY city, year');
  };
  for (const [k, { word }] of scan.keywords.entries()) {
    const table = await rebuild(scan.cells.map((cell) => ({ ...cell, firms: cell.firms - at(cell.only, k) })));
    rows.push(rowOf(word, at(scan.only, k), await estimateOf(table), term));
  }
  await rebuild(scan.cells);
  return { model: at(model.expanded, 0), term, rows };
}

function rowOf(word: string | null, firms: number, { coef }: ModelResult, term: string): KeywordLeftOut {
  const found = coef.find((one) => one.term === term);
  if (found === undefined) return { word, firms, estimate: null, se: null, p: null, ci95: null };
  return { word, firms, estimate: found.estimate, se: found.se, p: found.p, ci95: found.ci95 };
}
