import type { EngineExecutor, EngineSource, Passes } from '../../engine/contract.ts';
import { describeByEngine } from '../../engine/describe-by-engine.ts';
import { engineColumn } from '../../engine/expression-sql.ts';
import { panelFlow, shapeByEngine, unitSpreads } from '../../engine/panel-account.ts';
import { type PanelRules, panelRelation } from '../../engine/panel-relation.ts';
import { conditionSql, emptyTableOf } from '../../engine/run-by-engine.ts';
import { runPasses } from '../../engine/run-passes.ts';
import { at } from '../../error/at.ts';
import type { SummaryRequest } from '../../model/describe/contract.ts';
import type { Description, TextDescription } from '../../model/result/description.ts';
import type { RowCondition } from '../../table/condition/row-condition.ts';
import type { PercentileRule } from '../../table/percentile.ts';
import type { ResolvedPanelFileStudy } from '../language/resolve-panel-file.ts';
import type { FilesAccount, PanelElsewhere, StudyPanel } from './contract.ts';
import { usedVariables } from './variable-roles.ts';

/** How a study makes a panel of the rows of its source. */
export function panelRulesOf({ panel, derived, sample }: ResolvedPanelFileStudy): PanelRules {
  return { unit: panel.unit, time: panel.time, derived, sample };
}

/**
 * A panel whose rows stay where they are: derived variables and the rules of the sample as SQL over the source, and all that is told of
 * a panel counted there.
 * @param files as they are told
 * @throws duplicate-key, empty-sample; engine-refused for what is not made there
 */
export async function panelElsewhere(
  executor: EngineExecutor,
  source: EngineSource,
  study: ResolvedPanelFileStudy,
  files: FilesAccount['files'],
): Promise<Extract<StudyPanel, { kind: 'panel-file' }>> {
  const { dialect } = executor;
  const rules = panelRulesOf(study);
  const relation = panelRelation({ source, dialect }, rules);
  const run = <T>(passes: Passes<T>): Promise<T> => runPasses(passes, executor);
  const flow = await run(panelFlow(relation, rules));
  const shape = await run(shapeByEngine({ source: relation.panel, dialect }, study.panel));
  const describe: PanelElsewhere['describe'] = (variables, where, quantiles) =>
    run(described(variables, { where, quantiles, unit: study.panel.unit }, { source: relation.panel, dialect }));
  const { unit, time } = study.panel;
  const used = usedVariables(study).filter((name) => name !== unit && name !== time);
  const names = [...new Set([...used, ...study.derived.map(({ name }) => name)])];
  const variables = await describe(names, null, 'stata');
  const rulesCounted = study.sample.map((rule, i) => {
    const [before, after] = [at(flow.kept, i), at(flow.kept, i + 1)];
    return {
      ...rule,
      where: rule.where.text,
      ...{ rowsOut: before.rows - after.rows, rowsLeft: after.rows },
      ...{ unitsOut: before.units - after.units, unitsLeft: after.units },
    };
  });
  const start = at(flow.kept, 0);
  return {
    kind: 'panel-file',
    study,
    table: emptyTableOf(relation.panel),
    files: {
      files: files.map((file) => (files.length === 1 ? { ...file, rows: flow.rows } : file)),
      joins: [],
      derived: study.derived.map(({ name, formula }, j) => ({ name, formula, ...at(flow.derived, j) })),
      ...{ rows: flow.rows, units: start.units, keyless: flow.rows - start.rows, rules: rulesCounted },
    },
    raw: null,
    valueTexts: {},
    elsewhere: { source: relation.panel, shape, variables, describe },
  };
}

/** Columns as `describeColumns` has them, with what varies within units and between them. */
function* described(
  names: readonly string[],
  {
    where,
    quantiles,
    unit,
  }: { readonly where: RowCondition | null; readonly quantiles: PercentileRule; readonly unit: string },
  { source, dialect }: { readonly source: EngineSource; readonly dialect: EngineExecutor['dialect'] },
): Passes<{ readonly numbers: readonly Description[]; readonly texts: readonly TextDescription[] }> {
  if (names.length === 0) return { numbers: [], texts: [] };
  const request: SummaryRequest = { kind: 'summary', variables: names, where, panel: null, quantiles };
  const { variables, texts } = yield* describeByEngine(request, { source, dialect });
  const how = { columns: source.columns, where: 'describe' };
  const from =
    where === null
      ? source.relation
      : `${source.relation} WHERE coalesce(${conditionSql(where, source, dialect)}, FALSE)`;
  const columns = variables.map(({ variable, mean }) => ({
    value: engineColumn(how, variable).value,
    rough: Number.isFinite(mean) ? (mean ?? 0) : 0,
  }));
  const spreads = yield* unitSpreads(from, engineColumn(how, unit), columns, dialect);
  const numbers = variables.map((one, j) => {
    const { within, between } = at(spreads, j);
    return { ...one, within_sd: within, between_sd: between };
  });
  return { numbers, texts };
}
