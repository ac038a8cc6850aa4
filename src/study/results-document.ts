import type { StudyCore } from './language/resolve.ts';
import type { ReportSources, ResultParts } from './run-parts.ts';

/** The document of results.json (contract): numbers in full precision, null for what does not exist, no clock. */
export function resultsDocument(study: StudyCore, parts: ResultParts, sources: ReportSources): object {
  return {
    kaya: sources.version,
    study: study.id,
    synthetic: parts.isSynthetic,
    tables: parts.tables.map(({ obtained, columns, printed }) => {
      const title = printed.table.title;
      const head = { id: obtained.id, title, kind: obtained.kind };
      if (obtained.kind === 'summary')
        return { ...head, columns: [], quantiles: obtained.quantiles, rows: obtained.rows };
      if (obtained.kind === 'thresholds')
        return { ...head, columns: [], thresholds: obtained.searches.map(({ lr: _lr, ...rest }) => rest) };
      return {
        ...head,
        statistic: obtained.statistic,
        r2: obtained.r2,
        columns: columns.map(({ results: [model, ...others] }, i) => ({
          label: `(${i + 1})`,
          model,
          other_vcov: others,
        })),
      };
    }),
    hypotheses: parts.hypotheses,
    comparison: parts.comparison,
    truth: parts.truth,
    data: parts.data,
    run: {
      kaya: sources.version,
      engine: sources.engine,
      synthetic: parts.isSynthetic,
      seed: sources.generator?.seed ?? null,
      scale: sources.generator?.scale ?? null,
      generator: sources.generator?.version ?? null,
      study_sha256: sources.studySha256,
      panel_sha256: sources.panelSha256,
    },
  };
}
