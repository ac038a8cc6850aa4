import type { PanelKeys, Singletons } from '../../model/contract.ts';
import { planModels } from '../../model/estimate-formula.ts';
import { singletonsOf } from '../../model/inference/small-sample.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import { readRequest } from '../../model/request/read.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import { type RowCondition, readRowCondition } from '../../table/condition/row-condition.ts';
import { bilingual } from './bilingual.ts';
import type { ResolvedSample } from './resolved-sample.ts';
import type { ModelSpec } from './spec-models.ts';

export interface ResolvedModel {
  /** As written. */
  readonly formula: string;
  /** One entry a model: lists of variables and multiple estimation (`csw0()`) written out. */
  readonly expanded: readonly string[];
  /** The first one is printed. */
  readonly vcov: readonly string[];
  readonly ssc: string;
  /** Rows alone in a level of a fixed effect. */
  readonly singletons: Singletons;
  readonly threshold: NonNullable<ModelSpec['threshold']> | null;
  /** Condition of the model itself on a row of the panel. */
  readonly where: RowCondition | null;
  /** Parts of the panel, a column each (times the formulas); `where` of the model is in their conditions. */
  readonly samples: readonly ResolvedSample[];
  /** All that the model asks for, in the words of a request; formula, panel and rows apart. */
  readonly words: Omit<RequestWords, 'formula' | 'panel' | 'where'>;
}

/** What holds for every model that says nothing else. */
interface ModelConventions {
  readonly vcov: string | readonly string[];
  readonly ssc: string;
  readonly singletons?: Singletons | undefined;
}

/** Writes out what a model of a study leaves open. @throws bad-where, the codes of formulas, where the model was not checked */
export function resolveModel(
  model: ModelSpec,
  conventions: ModelConventions,
  variables: Readonly<Record<string, readonly string[]>>,
): ResolvedModel {
  const { formula, where: written, samples, ...own } = model;
  const vcov = [model.vcov ?? conventions.vcov].flat();
  const ssc = model.ssc ?? conventions.ssc;
  const singletons = singletonsOf(model.singletons ?? conventions.singletons, ssc);
  const where = written === undefined ? null : readRowCondition(written);
  return {
    formula,
    expanded: planModels(formula, variables).map((one) => one.text),
    vcov,
    ssc,
    singletons,
    threshold: model.threshold ?? null,
    where,
    samples: resolveSamples(where, samples),
    words: { ...own, vcov, ssc, singletons },
  };
}

/** The request of a model of a study. @throws the codes of `readRequest`, with the model's place */
export function requestOfModel(id: string, { expanded, words, where }: ResolvedModel, panel: PanelKeys): ModelRequest {
  const { unit, time } = panel;
  const request = readRequest({ ...words, formula: [...expanded], panel: { unit, time } }, `models.${id}`);
  // Conditions and a step are read once, with the study.
  return { ...request, where, panel };
}

function resolveSamples(where: RowCondition | null, samples: ModelSpec['samples']): ResolvedSample[] {
  if (samples === undefined) return [{ where, label: null, assumption: false }];
  return samples.map((sample) => ({
    where: readRowCondition(where === null ? sample.where : `(${where.text}) and (${sample.where})`),
    label: bilingual(sample.label),
    assumption: sample.assumption,
  }));
}
