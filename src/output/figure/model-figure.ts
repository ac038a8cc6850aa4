import { at } from '../../error/at.ts';
import type { ModelAfterFit } from '../table/after-fit-parts.ts';
import type { Label, Text } from '../table/contract.ts';
import { covarianceName } from '../table/covariance-name.ts';
import { addedVariableFigure } from './added-variable-figure.ts';
import type { FigureModel, ForestFigure } from './contract.ts';
import { dfbetaFigure } from './dfbeta-figure.ts';
import { eventFigure } from './event-figure.ts';
import { marginsFigure } from './margins-figure.ts';
import { sensitivityFigure } from './mediation-figure.ts';
import { earlierFigure, placeboFigure } from './placebo-figure.ts';
import { specificationFigure } from './specification-figure.ts';

/** One model under every covariance, the printed one first. */
type Column = readonly [ModelAfterFit, ...ModelAfterFit[]];

/** A figure of a command by the word that asked for it. */
export interface AskedFigure {
  readonly word: string;
  readonly figure: FigureModel;
  /** Its word was given; left out: the command has it anyhow. */
  readonly isAsked?: true;
}

/** As results name it. */
const constant = '(Intercept)';

const head = { id: 'figure', number: '', isSynthetic: false } as const;

/**
 * The figures of models, those that were asked for by a word before the coefficients that every model has: one of each word, of the
 * first model that has it. The first is the one that a command draws.
 */
export function modelFigures(columns: readonly Column[]): readonly AskedFigure[] {
  return [
    ...askedFigures(columns).map((one) => ({ ...one, isAsked: true as const })),
    { word: 'coefficients', figure: coefficientForest(columns) },
  ];
}

function askedFigures(columns: readonly Column[]): readonly AskedFigure[] {
  const first = <T>(pick: (model: ModelAfterFit) => T | null | undefined): readonly { of: T; model: ModelAfterFit }[] =>
    columns
      .flatMap(([model]) => {
        const of = pick(model);
        return of == null ? [] : [{ of, model }];
      })
      .slice(0, 1);
  const studies = columns.flatMap(([{ event, depvar }], i) =>
    event === undefined ? [] : [{ label: `(${i + 1})`, event, depvar }],
  );
  return [
    ...(studies.length === 0
      ? []
      : [
          {
            word: 'event',
            figure: eventFigure({
              ...head,
              title: { key: 'figure.event_title' },
              outcome: at(studies, 0).depvar,
              studies,
            }),
          },
        ]),
    ...first(({ curve }) => (curve?.reason === undefined ? curve : null)).map(({ of: curve }) => ({
      word: 'curve',
      figure: specificationFigure({ ...head, title: { key: 'figure.curve_title' }, curve, termLabel: curve.term }),
    })),
    ...first(({ margins }) => margins?.[0]).map(({ of: result, model }) => ({
      word: 'margins',
      figure: marginsFigure({ ...head, outcome: model.depvar, result }),
    })),
    ...first(({ permutation }) => permutation).map(({ of: test }) => ({
      word: 'permute',
      figure: placeboFigure({ ...head, title: placeboTitle(test.term), test, drawn: 'placebo', termLabel: test.term }),
    })),
    ...first(({ placebo }) => placebo).map(({ of: test }) => ({
      word: 'placebo',
      figure:
        test.random === null
          ? earlierFigure({ ...head, title: placeboTitle(test.term), test, termLabel: test.term })
          : placeboFigure({
              ...{ ...head, title: placeboTitle(test.term), test: test.random },
              ...{ drawn: 'dates', termLabel: test.term },
            }),
    })),
    ...first(({ mediation }) => mediation).flatMap(({ of: result }) =>
      result.paths
        .slice(0, 1)
        .map((path) => ({ word: 'mediators', figure: sensitivityFigure({ ...head, result, path }) })),
    ),
    ...first(({ added_variable }) => (added_variable?.estimate === null ? null : added_variable)).map(
      ({ of: result, model }) => ({
        word: 'added_variable',
        figure: addedVariableFigure({
          ...{ ...head, outcome: model.depvar, termLabel: result.term, result },
          se: model.coef.find(({ term }) => term === result.term)?.se ?? null,
        }),
      }),
    ),
    ...first(({ dfbeta }) => dfbeta).flatMap(({ of: { term, groups } }) =>
      groups.slice(0, 1).map((group) => ({
        word: 'dfbeta',
        figure: dfbetaFigure({
          ...head,
          title: { key: 'figure.dfbeta_title', values: { term } },
          group,
          termLabel: term,
        }),
      })),
    ),
  ];
}

function placeboTitle(term: string): Text {
  return { key: 'figure.placebo_title', values: { term } };
}

/** Models beyond this number cannot be told apart by their symbols. */
const mostSeries = 4;

/**
 * Coefficients with their 95% intervals, a row each, the constant left out: of one model under each of its covariances, of several
 * models beside each other under the first one.
 */
export function coefficientForest(columns: readonly Column[]): ForestFigure {
  const models = columns.length === 1 ? at(columns, 0) : columns.map(([model]) => model);
  const series = models.slice(0, mostSeries).map((model, i) => ({
    ...{ id: String(i), model },
    label: columns.length === 1 ? covarianceName(model.vcov) : modelName(model, i),
  }));
  const marks = series.flatMap(({ id, model }) =>
    model.coef.flatMap(({ term, estimate, ci95 }) =>
      ci95 === null || term === constant
        ? []
        : [{ row: term, series: id, value: estimate, low: ci95[0], high: ci95[1] }],
    ),
  );
  const terms = [...new Set(marks.map(({ row }) => row))];
  const left = models.length - series.length;
  return {
    kind: 'forest',
    ...head,
    title: { key: 'figure.coefficients_title', values: { outcome: at(models, 0).depvar } },
    valueAxis: { key: 'figure.coefficients_axis' },
    rows: terms.map((term) => ({ id: term, label: term })),
    series: series.map(({ id, label }) => ({ id, label })),
    marks,
    reference: 0,
    notes: [
      { key: 'figure.interval_note' },
      ...(left > 0 ? [{ key: 'figure.models_left', values: { count: left } } as const] : []),
    ],
  };
}

function modelName({ sample, depvar }: ModelAfterFit, i: number): Label {
  return `(${i + 1}) ${sample ?? depvar}`;
}
