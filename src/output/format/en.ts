import { afterFitEn } from './en/after-fit.ts';
import { answersEn } from './en/answers.ts';
import { collectEn } from './en/collect.ts';
import { collectFaultsEn } from './en/collect-faults.ts';
import { comparedGroupsEn } from './en/compared-groups.ts';
import { comparisonEn } from './en/comparison.ts';
import { dataEn } from './en/data.ts';
import { differencesEn } from './en/differences.ts';
import { documentEn } from './en/document.ts';
import { engineEn } from './en/engine.ts';
import { eventEn } from './en/event.ts';
import { expectedEn } from './en/expected.ts';
import { expectedFormulaEn } from './en/expected-formula.ts';
import { exportEn } from './en/export.ts';
import { faultsEn } from './en/faults.ts';
import { figureEn } from './en/figure.ts';
import { fileRolesEn } from './en/file-roles.ts';
import { firstStudyEn } from './en/first-study.ts';
import { givenEn } from './en/given.ts';
import { instrumentsEn } from './en/instruments.ts';
import { marginsEn } from './en/margins.ts';
import { mcpEn } from './en/mcp.ts';
import { mediationEn } from './en/mediation.ts';
import { modelEn } from './en/model.ts';
import { panelFileEn } from './en/panel-file.ts';
import { panelTestsEn } from './en/panel-tests.ts';
import { placeboEn } from './en/placebo.ts';
import { planEn } from './en/plan.ts';
import { rawEn } from './en/raw.ts';
import { reconcileEn } from './en/reconcile.ts';
import { registryEn } from './en/registry.ts';
import { reportEn } from './en/report.ts';
import { runEn } from './en/run.ts';
import { studyFaultsEn } from './en/study-faults.ts';
import { tableEn } from './en/table.ts';
import { thresholdEn } from './en/threshold.ts';
import { variantsEn } from './en/variants.ts';
import { versionEn } from './en/version.ts';
import { wordsEn } from './en/words.ts';
import { yamlFaultsEn } from './en/yaml-faults.ts';

/** Fixed words of the program, English. `{name}` is a slot. */
export const en = {
  ...versionEn,
  ...wordsEn,
  ...tableEn,
  ...modelEn,
  ...instrumentsEn,
  ...thresholdEn,
  ...afterFitEn,
  ...eventEn,
  ...marginsEn,
  ...mediationEn,
  ...differencesEn,
  ...variantsEn,
  ...reconcileEn,
  ...panelTestsEn,
  ...placeboEn,
  ...engineEn,
  ...planEn,
  ...documentEn,
  ...runEn,
  ...exportEn,
  ...comparedGroupsEn,
  ...comparisonEn,
  ...registryEn,
  ...reportEn,
  ...rawEn,
  ...dataEn,
  ...panelFileEn,
  ...firstStudyEn,
  ...collectEn,
  ...faultsEn,
  ...mcpEn,
  ...studyFaultsEn,
  ...yamlFaultsEn,
  ...collectFaultsEn,
  ...expectedEn,
  ...givenEn,
  ...figureEn,
  ...fileRolesEn,
  ...expectedFormulaEn,
  ...answersEn,
} as const;
