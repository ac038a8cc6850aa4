export type {
  Clustering,
  Covariance,
  CovarianceMethod,
  CovarianceRequest,
  Design,
  Fit,
  FixedEffect,
  PanelKeys,
  SmallSampleRule,
} from './model/contract.ts';
export type { EstimateInput, FitInput, Fitted, InferenceOptions } from './model/estimate-formula.ts';
export { estimate, fitModel, planModels, summarizeModel } from './model/estimate-formula.ts';
export type { Formula, ModelFormula } from './model/formula/ast.ts';
export { parseFormula } from './model/formula/parse.ts';
export { printFormula } from './model/formula/print.ts';
export type { Coefficient, CovarianceLabel, FitMeasures, ModelResult } from './model/result/result.ts';
export { resultSchemaVersion } from './model/result/result.ts';
