import type { PanelKeys } from '../../model/contract.ts';
import { plainLabel } from '../../model/request/variant-words.ts';
import { listOf } from '../../table/words/texts.ts';
import { type ResolvedModel, requestOfModel } from '../language/resolve-models.ts';
import type { ModelLeft } from './contract.ts';
import type { RowFault } from './row-fault.ts';

/** One column of a model as a model of its own. */
export interface ColumnAlone {
  /** The same for a column of the whole model and of what is left of it. */
  readonly key: string;
  /** As people know it; empty where the model has no other. */
  readonly label: string;
  readonly model: ResolvedModel;
}

/** The columns of a model one by one: a variant each (beside its baseline), or each sample of each formula; none of a split. */
export function columnsAlone(id: string, model: ResolvedModel, panel: PanelKeys): readonly ColumnAlone[] {
  const { expanded, samples, words } = model;
  if (words.split !== undefined || words.fsplit !== undefined) return [];
  const variants = listOf(words.variants);
  if (variants.length > 0) {
    const { variants: _all, varied: _one, ...base } = words;
    return [
      { key: '', label: '', model: { ...model, words: base } },
      ...labelsOf(id, model, panel).map((label, i) => ({
        ...{ key: label, label },
        // An entry of the list that was read.
        model: { ...model, words: { ...words, variants: variants.slice(i, i + 1) as typeof words.variants } },
      })),
    ];
  }
  return expanded.flatMap((formula) =>
    samples.map((sample) => {
      const label = [
        ...(expanded.length > 1 ? [formula] : []),
        ...(samples.length > 1 ? [sample.label?.en ?? sample.where?.text ?? ''] : []),
      ].join(', ');
      return { key: keyOf(formula, sample), label, model: { ...model, expanded: [formula], samples: [sample] } };
    }),
  );
}

/**
 * What is left of a model without the columns that its rows do not give: whole parts of the panel are left out where some are left,
 * else whole formulas.
 */
export function withoutColumns(
  left: ModelLeft<ResolvedModel>,
  fault: RowFault,
  panel: PanelKeys,
): ModelLeft<ResolvedModel> {
  const { model } = left;
  if (model === null) return left;
  const needs = [...left.needs, fault.need];
  const keys = columnsAlone(fault.id, model, panel).map(({ key }) => key);
  const isWrong = (key: string): boolean => fault.columns === null || fault.columns.has(key);
  const nothing = { ...left, model: null, needs, columns: left.columns?.map(() => false) ?? null };
  if (keys.length === 0 || keys.every(isWrong)) return nothing;
  const variants = listOf(model.words.variants);
  if (variants.length > 0) {
    const list = variants.filter((_, i) => !isWrong(keys[i + 1] ?? ''));
    if (isWrong('') || list.length === 0) return nothing;
    // The entries are those that were read, some of them left out.
    const words = { ...model.words, variants: list as typeof model.words.variants };
    return {
      ...left,
      model: { ...model, words },
      needs,
      columns: among(
        left.columns,
        keys.map((key) => !isWrong(key)),
      ),
    };
  }
  const isLeft = (formula: string, sample: Sample): boolean => !isWrong(keyOf(formula, sample));
  const samples = model.samples.filter((sample) => model.expanded.every((formula) => isLeft(formula, sample)));
  const isBySample = samples.length > 0;
  const expanded = isBySample
    ? model.expanded
    : model.expanded.filter((formula) => model.samples.every((sample) => isLeft(formula, sample)));
  if (expanded.length === 0) return nothing;
  const kept = isBySample ? { ...model, samples, words: fewerGroups(model, samples) } : { ...model, expanded };
  const keptKeys = columnsAlone(fault.id, kept, panel).map(({ key }) => key);
  return {
    model: kept,
    columns: among(
      left.columns,
      keys.map((key) => keptKeys.includes(key)),
    ),
    needs,
    formulas: [
      ...left.formulas,
      ...model.expanded.flatMap((formula) => (expanded.includes(formula) ? [] : [{ formula, needs: [fault.need] }])),
    ],
  };
}

/** What the variants of a model are called. */
function labelsOf(id: string, model: ResolvedModel, panel: PanelKeys): readonly string[] {
  return (requestOfModel(id, model, panel).variants?.list ?? []).map(({ label }) => plainLabel(label));
}

type Sample = ResolvedModel['samples'][number];
const keyOf = (formula: string, { where }: Sample): string => `${formula} | ${where?.text ?? ''}`;

/** Of the columns that were left those that still are. */
function among(columns: readonly boolean[] | null, still: readonly boolean[]): readonly boolean[] | null {
  let next = 0;
  return columns?.map((isLeft) => isLeft && still[next++] === true) ?? null;
}

/** Words without the number of draws where nothing is drawn. */
function withoutDraws(words: ResolvedModel['words']): ResolvedModel['words'] {
  const { wild, clusters, mediators, permute, placebo, adjust, curve_test } = words;
  if ([wild, clusters, mediators, permute, placebo, adjust, curve_test].some((one) => one !== undefined)) return words;
  const { reps: _reps, seed: _seed, ...others } = words;
  return others;
}

/** What a model asks of its groups when some are gone: slopes compared where there are two, orders of those that are left. */
function fewerGroups({ samples: all, words }: ResolvedModel, left: ResolvedModel['samples']): ResolvedModel['words'] {
  const { differences, differences_order: written, differences_how, ...others } = words;
  if (differences === undefined) return words;
  if (left.length < 2) return withoutDraws(others);
  const numbers = all.map((sample) => left.indexOf(sample) + 1);
  // Labels were made numbers when the study was read; `*` would be other groups now.
  const orders = listOf(written).flatMap((order) => {
    const renumbered = order.replace(/\d+/g, (number) => String(numbers[Number(number) - 1] ?? 0));
    return /^[\d\s,>]+$/.test(renumbered) && !/\b0\b/.test(renumbered) ? [renumbered] : [];
  });
  return {
    ...others,
    differences,
    ...(differences_how === undefined ? {} : { differences_how }),
    ...(orders.length === 0 ? {} : { differences_order: orders }),
  };
}
