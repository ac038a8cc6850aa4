import {
  estimate as estimateModels,
  fitModels as fitMany,
  fitModel as fitOne,
  inferModel as inferOne,
  planModels as planFormula,
  summarizeModel as summarizeOne,
} from '../model/estimate-formula.ts';
import { fitFamily as fitSpecifications } from '../model/fit-family.ts';
import { parseFormula as parse } from '../model/formula/parse.ts';
import { estimateAfter as estimateWithTests } from '../model/post/after-fit.ts';
import {
  linearCombinationOf as combineLinearly,
  nonlinearCombinationOf as combineNonlinearly,
} from '../model/post/combination.ts';
import {
  effectsTable as tableOfEffects,
  predictionTable as tableOfPredictions,
} from '../model/post/prediction-table.ts';
import { readRestrictions as readConditions } from '../model/post/restrictions.ts';
import { waldTest as testConditions } from '../model/post/wald.ts';
import { readRequest as read } from '../model/request/read.ts';
import { runRequest as run } from '../model/request/run.ts';
import { searchThreshold as search, searchThresholdBy as searchBy } from '../model/threshold/search-threshold.ts';
import { thresholdSensitivity as sensitivity } from '../model/threshold/sensitivity.ts';
import { thresholdShape as shape } from '../model/threshold/shape.ts';
import { fromColumns as tableOfColumns, fromRows as tableOfRows } from '../table/from-values.ts';
import { regress, searchPanel } from './reg.ts';
import { eachInSentences, inSentences } from './sentences.ts';

/*
 * The functions of the library, as they are below but for the messages of their errors, which are sentences. Bundlers may leave
 * out those that a page does not use.
 */

export const fromRows = /* @__PURE__ */ inSentences(tableOfRows);
export const fromColumns = /* @__PURE__ */ inSentences(tableOfColumns);
export const reg = /* @__PURE__ */ inSentences(regress);
export const threshold = /* @__PURE__ */ inSentences(searchPanel);

export const readRequest = /* @__PURE__ */ inSentences(read);
export const runRequest = /* @__PURE__ */ inSentences(run);
export const parseFormula = /* @__PURE__ */ inSentences(parse);
export const planModels = /* @__PURE__ */ inSentences(planFormula);
export const estimate = /* @__PURE__ */ inSentences(estimateModels);
export const estimateAfter = /* @__PURE__ */ inSentences(estimateWithTests);
export const fitFamily = /* @__PURE__ */ inSentences(fitSpecifications);
export const fitModel = /* @__PURE__ */ inSentences(fitOne);
export const fitModels = /* @__PURE__ */ eachInSentences(fitMany);
export const inferModel = /* @__PURE__ */ inSentences(inferOne);
export const summarizeModel = /* @__PURE__ */ inSentences(summarizeOne);
export const searchThreshold = /* @__PURE__ */ inSentences(search);
export const searchThresholdBy = /* @__PURE__ */ inSentences(searchBy);
export const thresholdSensitivity = /* @__PURE__ */ inSentences(sensitivity);
export const thresholdShape = /* @__PURE__ */ inSentences(shape);

export const readRestrictions = /* @__PURE__ */ inSentences(readConditions);
export const waldTest = /* @__PURE__ */ inSentences(testConditions);
export const linearCombinationOf = /* @__PURE__ */ inSentences(combineLinearly);
export const nonlinearCombinationOf = /* @__PURE__ */ inSentences(combineNonlinearly);
export const predictionTable = /* @__PURE__ */ inSentences(tableOfPredictions);
export const effectsTable = /* @__PURE__ */ inSentences(tableOfEffects);
