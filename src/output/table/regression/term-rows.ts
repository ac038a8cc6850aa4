import { at } from '../../../error/at.ts';
import type { Coefficient } from '../../../model/result/coefficients.ts';
import type { FamilyTest } from '../../../model/result/family.ts';
import type { ModelResult } from '../../../model/result/result.ts';
import type { CellStatistic } from '../../layout/shown-rows.ts';
import type { Cell, TableRow, Text } from '../contract.ts';
import { type CovarianceMethod, covarianceMethods } from '../covariance-methods.ts';
import { covarianceShortName, covarianceWords } from '../covariance-name.ts';
import { empty } from '../parts.ts';
import { adjustedP } from './adjusted.ts';
import type { ShownColumn } from './columns.ts';
import type { ModelColumn, RegressionTableSpec } from './contract.ts';
import type { ShownTerm } from './terms.ts';

/** How the rows of a term look. */
export interface TermLook {
  readonly below: readonly CellStatistic[];
  /** Errors of every covariance below each other. */
  readonly isStacked: boolean;
  readonly names: RegressionTableSpec['names'];
  readonly families: readonly FamilyTest[];
}

/**
 * A term: its estimates with their stars, then a line for each statistic below them. Stacked, a line for each covariance with the
 * stars of its own p, named at its start.
 */
export function termRows(
  { term, label, head }: ShownTerm,
  models: readonly ModelColumn[],
  shown: readonly ShownColumn[],
  look: TermLook,
): readonly TableRow[] {
  const found = models.map(({ model }) => coefficientOf(model, term));
  const adjustedAt = (place: number): number | null => adjustedP(look.families, at(models, place).model.id, term);
  const cells = shown.map(({ place, shows }): Cell => {
    const one = found[place];
    if (one !== undefined) {
      if (shows !== 'estimate') return statisticCell(one, shows, 'beside', adjustedAt(place));
      return { kind: 'estimate', value: one.estimate, p: look.isStacked ? null : one.p };
    }
    const isLeftOut = shows === 'estimate' && models[place]?.model.collinear.includes(term) === true;
    return isLeftOut ? { kind: 'word', key: 'omitted' } : empty;
  });
  const isIndented = head !== null;
  const first: TableRow = { id: term, label: { kind: 'label', label }, cells, ...(isIndented ? { isIndented } : {}) };
  if (found.every((one) => one === undefined)) return [first];
  const lines = look.isStacked ? stackedLines(models) : [null];
  return [
    first,
    ...look.below
      .filter((statistic) => statistic !== 'adjusted' || models.some((_, place) => adjustedAt(place) !== null))
      .flatMap((statistic) =>
        lines.map((method, i) => belowRow({ term, label, statistic }, method ?? null, i, { models, shown, look })),
      ),
  ];
}

interface Below {
  readonly term: string;
  readonly label: Text;
  readonly statistic: CellStatistic;
}

function belowRow(
  { term, label, statistic }: Below,
  method: CovarianceMethod | null,
  line: number,
  { models, shown, look }: { models: readonly ModelColumn[]; shown: readonly ShownColumn[]; look: TermLook },
): TableRow {
  const resultOf = (place: number): ModelResult | null =>
    method === null ? at(models, place).model : (method.models[place] ?? null);
  const cells = shown.map(({ place, shows }): Cell => {
    const model = shows === 'estimate' ? (place < models.length ? resultOf(place) : null) : null;
    const one = model === null ? undefined : coefficientOf(model, term);
    if (one === undefined) return empty;
    const adjusted = model === null ? null : adjustedP(look.families, model.id, term);
    const cell = statisticCell(one, statistic, line % 2 === 0 ? 'round' : 'square', adjusted);
    return method !== null && cell.kind === 'statistic' ? { ...cell, p: one.p } : cell;
  });
  if (method === null) {
    const key = `row.${statistic}_of` as const;
    return { id: `${term}.${statistic}`, label: empty, cells, aloneLabel: { key, values: { term: label } } };
  }
  const name = covarianceShortName(method.model.vcov, look.names, method.argument);
  return {
    id: `${term}.${statistic}.${covarianceWords(method.model.vcov)}`,
    label: { kind: 'label', label: { key: 'row.method', values: { name } } },
    aloneLabel: {
      key: `row.${statistic}_of`,
      values: { term: { key: 'row.term_under', values: { term: label, name } } },
    },
    cells,
    isIndented: true,
  };
}

/** A statistic below an estimate, in brackets, or beside it, plain. */
function statisticCell(
  one: Coefficient,
  statistic: CellStatistic,
  where: 'round' | 'square' | 'beside',
  adjusted: number | null,
): Cell {
  switch (statistic) {
    case 'se':
    case 't': {
      const value = statistic === 'se' ? one.se : one.stat;
      const isError = statistic === 'se';
      return { kind: 'statistic', value, isError, bracket: where === 'beside' ? 'none' : where };
    }
    case 'p':
      return { kind: 'p', value: one.p, ...(where === 'beside' ? {} : { bracket: where }) };
    case 'adjusted':
      // Outside of the family nothing stands there; an author's brackets tell it from p.
      if (adjusted === null) return empty;
      return { kind: 'p', value: adjusted, ...(where === 'beside' ? {} : { bracket: 'square' }) };
    case 'ci':
      return { kind: 'interval', low: one.ci95?.[0] ?? null, high: one.ci95?.[1] ?? null };
  }
}

/** The covariances of any model, each once. */
function stackedLines(models: readonly ModelColumn[]): readonly CovarianceMethod[] {
  return covarianceMethods(models.map(({ model, others = [] }) => ({ models: [model, ...others] })));
}

function coefficientOf(model: ModelResult, term: string): Coefficient | undefined {
  return model.coef.find((one) => one.term === term);
}
