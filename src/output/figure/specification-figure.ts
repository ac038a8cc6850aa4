import { at } from '../../error/at.ts';
import { roundSignificant } from '../../math/round-significant.ts';
import type { CurveTestLine } from '../../model/result/specification-curve.ts';
import { hasControl, type SpecificationCurve } from '../../model/result/specification-curve.ts';
import { calledText, nameCalled, namesApart } from '../table/called-table.ts';
import type { Text } from '../table/contract.ts';
import { curveVerdict } from '../table/curve-verdict.ts';
import type { VariableNames } from '../table/variable-names.ts';
import type { SpecificationFigure } from './contract.ts';

export interface SpecificationFigureSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly curve: SpecificationCurve;
  readonly termLabel: Text;
  /** The first covariance in words; left out: as it is typed. */
  readonly errors?: Text;
  readonly names?: VariableNames;
  readonly isSynthetic: boolean;
}

/** Columns of a figure: more estimates than this are taken together. */
const mostColumns = 500;
const alpha = 0.05;
/** Standard errors on each side: specifications have degrees of freedom of their own. */
const halfWidth = 1.96;

/** The curve under the first covariance, ascending, with the choices below. */
export function specificationFigure(spec: SpecificationFigureSpec): SpecificationFigure {
  const { space, specifications } = spec.curve;
  const { names = {} } = spec;
  const { estimate, se, p } = specifications;
  const order = estimate
    .flatMap((value, i) => (value === null ? [] : [{ value, i }]))
    .sort((a, b) => a.value - b.value || a.i - b.i)
    .map(({ i }) => i);
  const count = Math.min(mostColumns, order.length);
  const runs = Array.from({ length: count }, (_, c) =>
    order.slice(Math.floor((c * order.length) / count), Math.floor(((c + 1) * order.length) / count)),
  );
  const meanOf = (run: readonly number[], pick: (i: number) => number): number =>
    run.reduce((sum, i) => sum + pick(i), 0) / run.length;
  const numberOf = (i: number): number => at(estimate, i) ?? 0;
  const sharesOf = (isMade: (i: number) => boolean): readonly number[] =>
    runs.map((run) => meanOf(run, (i) => (isMade(i) ? 1 : 0)));
  const own = order.indexOf(2 ** space.controls.length - 1);
  const lists = [
    ['outcome', space.outcomes, specifications.outcome],
    ['term', space.terms, specifications.term],
    ['effects', space.effects, specifications.effects],
    ['sample', space.samples, specifications.sample],
  ] as const;
  return {
    kind: 'specifications',
    ...{ id: spec.id, number: spec.number, title: spec.title, isSynthetic: spec.isSynthetic },
    categoryAxis: { key: 'curve.axis', values: { count: order.length } },
    valueAxis: { key: 'figure.coefficient_axis', values: { term: spec.termLabel } },
    columns: runs.map((run) => {
      const value = meanOf(run, numberOf);
      const reach = meanOf(run, (i) => halfWidth * (se[0]?.[i] ?? 0));
      return { value, low: value - reach, high: value + reach };
    }),
    own:
      own < 0
        ? null
        : { column: runs.findIndex((run) => run.includes(at(order, own))), label: { key: 'curve.own_mark' } },
    groups: [
      {
        label: { key: 'curve.significance' },
        rows: [{ label: { key: 'curve.significant' }, shares: sharesOf((i) => (p[0]?.[i] ?? 1) < alpha) }],
      },
      ...lists.flatMap(([dimension, list, places]) =>
        list.length === 1
          ? []
          : [
              {
                label: { key: `curve.dimension_${dimension}` } as const,
                rows: choicesCalled(dimension, list, names).map((label, k) => ({
                  label,
                  shares: sharesOf((i) => places[i] === k),
                })),
              },
            ],
      ),
      ...(space.controls.length === 0
        ? []
        : [
            {
              label: { key: 'curve.controls' } as const,
              rows: space.controls.map((control, j) => ({
                label: nameCalled(control, names),
                shares: sharesOf((i) => hasControl(at(specifications.controls, i), j)),
              })),
            },
          ]),
    ],
    notes: [
      { key: 'curve.figure_note', values: { vcov: spec.errors ?? at(space.vcovs, 0) } },
      ...testNote(spec.curve),
      ...(order.length > mostColumns ? [{ key: 'curve.runs' } as const] : []),
    ],
  };
}

/** The choices of a list by the labels of their variables, each by one of its own. */
function choicesCalled(
  dimension: Parameters<typeof choiceText>[0],
  list: readonly (string | null)[],
  names: VariableNames,
): readonly Text[] {
  const own = list.map((choice) => choiceText(dimension, choice ?? ''));
  return namesApart(
    own,
    own.map((text) => calledText(text, names)),
  );
}

/** What the joint test says of the whole curve, where it was asked for. */
function testNote({ test, space }: SpecificationCurve): readonly Text[] {
  const vcov = at(space.vcovs, 0);
  const verdict = test === undefined ? null : curveVerdict(test, vcov);
  if (test === undefined || verdict === null) return [];
  const p = (statistic: CurveTestLine['statistic']): number => {
    const line = test.lines.find((one) => one.vcov === vcov && one.statistic === statistic);
    return roundSignificant(line?.p ?? Number.NaN, 3);
  };
  const values = { reps: test.reps, median: p('median'), share: p('share'), mean_z: p('mean_z'), verdict };
  return [{ key: 'curve.figure_test', values }];
}

/** What a choice is called; the empty one has a name. */
export function choiceText(
  dimension: 'outcome' | 'term' | 'effects' | 'sample' | 'with' | 'without',
  choice: string,
): Text {
  if (choice !== '') return choice;
  return { key: dimension === 'effects' ? 'curve.no_effects' : 'curve.whole_sample' };
}
