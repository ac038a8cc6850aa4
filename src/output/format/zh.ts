import type { TextKey } from './text-key.ts';
import { afterFitZh } from './zh/after-fit.ts';
import { answersZh } from './zh/answers.ts';
import { collectZh } from './zh/collect.ts';
import { collectFaultsZh } from './zh/collect-faults.ts';
import { comparedGroupsZh } from './zh/compared-groups.ts';
import { comparisonZh } from './zh/comparison.ts';
import { dataZh } from './zh/data.ts';
import { differencesZh } from './zh/differences.ts';
import { documentZh } from './zh/document.ts';
import { engineZh } from './zh/engine.ts';
import { eventZh } from './zh/event.ts';
import { expectedZh } from './zh/expected.ts';
import { expectedFormulaZh } from './zh/expected-formula.ts';
import { exportZh } from './zh/export.ts';
import { faultsZh } from './zh/faults.ts';
import { figureZh } from './zh/figure.ts';
import { fileRolesZh } from './zh/file-roles.ts';
import { firstStudyZh } from './zh/first-study.ts';
import { givenZh } from './zh/given.ts';
import { instrumentsZh } from './zh/instruments.ts';
import { marginsZh } from './zh/margins.ts';
import { mcpZh } from './zh/mcp.ts';
import { mediationZh } from './zh/mediation.ts';
import { modelZh } from './zh/model.ts';
import { panelFileZh } from './zh/panel-file.ts';
import { panelTestsZh } from './zh/panel-tests.ts';
import { placeboZh } from './zh/placebo.ts';
import { planZh } from './zh/plan.ts';
import { rawZh } from './zh/raw.ts';
import { reconcileZh } from './zh/reconcile.ts';
import { registryZh } from './zh/registry.ts';
import { reportZh } from './zh/report.ts';
import { runZh } from './zh/run.ts';
import { studyFaultsZh } from './zh/study-faults.ts';
import { tableZh } from './zh/table.ts';
import { thresholdZh } from './zh/threshold.ts';
import { variantsZh } from './zh/variants.ts';
import { versionZh } from './zh/version.ts';
import { wordsZh } from './zh/words.ts';
import { yamlFaultsZh } from './zh/yaml-faults.ts';

/** Fixed words of the program, Simplified Chinese. `{name}` is a slot. */
export const zh: Readonly<Record<TextKey, string>> = {
  ...versionZh,
  ...wordsZh,
  ...tableZh,
  ...modelZh,
  ...instrumentsZh,
  ...thresholdZh,
  ...afterFitZh,
  ...eventZh,
  ...marginsZh,
  ...mediationZh,
  ...differencesZh,
  ...variantsZh,
  ...reconcileZh,
  ...panelTestsZh,
  ...placeboZh,
  ...engineZh,
  ...planZh,
  ...documentZh,
  ...runZh,
  ...exportZh,
  ...comparedGroupsZh,
  ...comparisonZh,
  ...registryZh,
  ...reportZh,
  ...rawZh,
  ...dataZh,
  ...panelFileZh,
  ...firstStudyZh,
  ...collectZh,
  ...faultsZh,
  ...mcpZh,
  ...studyFaultsZh,
  ...yamlFaultsZh,
  ...collectFaultsZh,
  ...expectedZh,
  ...givenZh,
  ...figureZh,
  ...fileRolesZh,
  ...expectedFormulaZh,
  ...answersZh,
};
