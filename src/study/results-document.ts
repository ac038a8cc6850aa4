import type { EstimatedModels } from './estimated.ts';
import { columnsDocument } from './exhibit/after-fit.ts';
import { tableKindOf } from './exhibit/catalog.ts';
import type { StudyCore } from './language/resolve.ts';
import type { ReportSources, ResultParts } from './run-parts.ts';

/** The document of results.json (contract): numbers in full precision, null for what does not exist, no clock. */
export function resultsDocument(study: StudyCore, parts: ResultParts, sources: ReportSources): object {
  return {
    kaya: sources.version,
    study: study.id,
    synthetic: parts.isSynthetic,
    tables: parts.tables.map((table) => {
      const [{ table: printed }] = table.blocks;
      return { id: table.id, title: printed.title, kind: table.kind, ...tableKindOf(table).results(table.obtained) };
    }),
    ...modelsOf(parts.untabled),
    hypotheses: parts.hypotheses,
    comparison: parts.comparison,
    truth: parts.truth,
    ...(parts.unmade.length === 0 ? {} : { not_made: parts.unmade }),
    data: parts.data,
    run: {
      kaya: sources.version,
      engine: sources.engine,
      ...(parts.sums === null ? {} : { sums: parts.sums }),
      synthetic: parts.isSynthetic,
      seed: sources.generator?.seed ?? null,
      scale: sources.generator?.scale ?? null,
      generator: sources.generator?.version ?? null,
      ...(sources.layer === null || sources.layer.changed.length === 0
        ? {}
        : { changed_by_hand: sources.layer.changed }),
      study_sha256: sources.studySha256,
      panel_sha256: sources.panelSha256,
    },
  };
}

/** Models that no table shows, by name, where there are any. */
function modelsOf(untabled: EstimatedModels): object {
  const models = Object.entries(untabled).map(([id, columns]) => [id, columnsDocument(columns)]);
  return models.length === 0 ? {} : { models: Object.fromEntries(models) };
}
