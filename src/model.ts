import './library/speak.ts';

export type { ErrorCode, ErrorDetail } from './error/codes.ts';
export type { Diagnostic } from './error/diagnostic.ts';
export { isStudyError, StudyError } from './error/study-error.ts';
export type { Data, DescribeOptions, RegOptions, ThresholdOptions } from './library/reg.ts';
export { describe, reg, threshold } from './library/reg.ts';
export type { DescribedTable, RegResult, ThresholdRun } from './library/results.ts';
export type { PrintableResult, TextOptions } from './library/to-text.ts';
export { toText } from './library/to-text.ts';
export type {
  Covariance,
  CovarianceRequest,
  Design,
  FixedEffect,
  PanelKeys,
  SmallSampleRule,
} from './model/contract.ts';
export type { RowChoice } from './model/design/row-choice.ts';
export { chooseRows } from './model/design/row-choice.ts';
export type { EstimateInput, FitInput, Fitted, InferenceOptions } from './model/estimate-formula.ts';
export { estimate, fitModel, fitModels, inferModel, planModels, summarizeModel } from './model/estimate-formula.ts';
export type { Clustering, Fit } from './model/fit.ts';
export type { FamilyInput } from './model/fit-family.ts';
export { fitFamily } from './model/fit-family.ts';
export type { Formula, ModelFormula } from './model/formula/ast.ts';
export { parseFormula } from './model/formula/parse.ts';
export { printFormula } from './model/formula/print.ts';
export type { Estimates } from './model/inference/joint-test.ts';
export { estimatesOf } from './model/inference/joint-test.ts';
export type { CovarianceMethod } from './model/inference/method.ts';
export type { FamilyTable, Specification } from './model/plan/family-table.ts';
export type { PlanOptions } from './model/plan/fit-designs.ts';
export type { AfterFitRequest, EstimatedAfter } from './model/post/after-fit.ts';
export { estimateAfter, nothingAfter } from './model/post/after-fit.ts';
export { linearCombinationOf, nonlinearCombinationOf } from './model/post/combination.ts';
export { effectsTable, predictionTable } from './model/post/prediction-table.ts';
export { readRestrictions } from './model/post/restrictions.ts';
export { waldTest } from './model/post/wald.ts';
export type { ReplicateJob, ReplicateRequest, ReplicateRunner } from './model/replicate/contract.ts';
export type {
  AfterRequest,
  FormulaRequest,
  ModelRequest,
  SplitRequest,
  ThresholdRequest,
} from './model/request/contract.ts';
export type { RequestColumn, RequestPorts } from './model/request/ports.ts';
export { printRequest } from './model/request/print.ts';
export { readRequest } from './model/request/read.ts';
export type { RequestResult } from './model/request/result.ts';
export { runRequest } from './model/request/run.ts';
export type { RequestWords } from './model/request/schema.ts';
export type {
  AfterFit,
  Combination,
  EqualityTest,
  HausmanTest,
  MundlakTest,
  RandomEffectsResult,
  WaldTest,
} from './model/result/after-fit.ts';
export type { Coefficient } from './model/result/coefficients.ts';
export type { CorrelationPair, Correlations } from './model/result/correlations.ts';
export type { Description } from './model/result/description.ts';
export type { Balance, GroupMeans } from './model/result/group-comparison.ts';
export type { IvResult } from './model/result/iv.ts';
export type { FallbackReason, PlanGroupReport, PlanReport } from './model/result/plan-report.ts';
export type { CovarianceLabel, FitMeasures, ModelResult } from './model/result/result.ts';
export { resultSchemaVersion } from './model/result/result.ts';
export type { ThresholdResult, ThresholdSensitivity, ThresholdShape, ThresholdTest } from './model/result/threshold.ts';
export { runReplicates } from './model/run-replicates.ts';
export type { ThresholdInput } from './model/threshold/search-threshold.ts';
export { searchThreshold, searchThresholdBy } from './model/threshold/search-threshold.ts';
export { thresholdSensitivity } from './model/threshold/sensitivity.ts';
export { thresholdShape } from './model/threshold/shape.ts';
export type { Column, ColumnTable, NumberColumn, TextColumn } from './table/column.ts';
export { columnTable, numberColumn, textColumn } from './table/column.ts';
export type { CellValue, ColumnValues, Row } from './table/from-values.ts';
export { fromColumns, fromRows } from './table/from-values.ts';
