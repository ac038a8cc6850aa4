import type { Dialect } from '../data/sql/dialect.ts';
import type { EngineSource } from '../engine/contract.ts';
import { panelRelation } from '../engine/panel-relation.ts';
import type { EngineUse } from '../error/engine-use.ts';
import { isStudyError, StudyError } from '../error/study-error.ts';
import { figureKindOf, tableKindOf } from './exhibit/catalog.ts';
import type { ResolvedPanelFileStudy } from './language/resolve-panel-file.ts';
import { panelRulesOf } from './panel-source/panel-elsewhere.ts';
import { refusalOf } from './sums-by-engine.ts';

/**
 * What of a study needs rows that stay where they are, each by its place in the study file.
 * @param source its rows, none of which is looked at
 * @throws what is wrong with its derived variables and rules
 */
export function needsRows(
  study: ResolvedPanelFileStudy,
  { source, dialect }: { readonly source: EngineSource; readonly dialect: Dialect },
): readonly StudyError<'engine-refused'>[] {
  const refuse = (where: string, use: EngineUse) => new StudyError('engine-refused', { where, use });
  const byRows = (where: string, kind: string) => refuse(where, { kind: 'rows', name: kind });
  const plain = [
    ...(study.data.join.length > 0 ? [byRows('data', 'join')] : []),
    ...(study.groups.length > 0 ? [byRows('panel', 'groups')] : []),
    ...study.tables.flatMap((table) => {
      const kind = tableKindOf(table);
      const isOfModels = kind.isWithoutRows === true && (kind.fitsNeeded?.(table) ?? []).length === 0;
      return isOfModels ? [] : [byRows(`tables.${table.id}`, table.kind)];
    }),
    ...study.figures.flatMap((figure) =>
      figureKindOf(figure).isWithoutRows === true ? [] : [byRows(`figures.${figure.id}`, figure.kind)],
    ),
  ];
  let panel: EngineSource;
  try {
    panel = panelRelation({ source, dialect }, panelRulesOf(study)).panel;
  } catch (error) {
    if (isStudyError(error, 'engine-refused')) return [...plain, error];
    throw error;
  }
  const task = { models: study.models, panel: study.panel };
  const models = Object.keys(study.models).flatMap((id) => {
    const use = refusalOf(id, task, { source: panel, dialect });
    return use === null ? [] : [refuse(`models.${id}`, use)];
  });
  return [...plain, ...models];
}
