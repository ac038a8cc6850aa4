import { roundSignificant } from '../../math/round-significant.ts';
import type { DfbetaGroup } from '../../model/result/dfbeta.ts';
import type { Label, Text } from '../table/contract.ts';
import { groupName, mostInfluential } from '../table/dfbeta-table.ts';
import type { CurveFigure } from './contract.ts';

export interface DfbetaFigureSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  readonly group: DfbetaGroup;
  readonly termLabel: Label;
  /** What a member is called; left out: its level. */
  readonly levelName?: (level: string) => Label;
  readonly isSynthetic: boolean;
}

/** Members that are named in the figure, of those beyond the lines. */
const namedMembers = 6;

/** DFBETAS of every row, unit or period in their order, the lines at 2 / sqrt(n) on both sides, the farthest named. */
export function dfbetaFigure({
  id,
  number,
  title,
  group,
  termLabel,
  levelName = (level) => level,
  isSynthetic,
}: DfbetaFigureSpec): CurveFigure {
  const { cutoff, levels, beyond, members } = group;
  const by = groupName(group);
  const points = members.flatMap(({ place, dfbetas }) =>
    dfbetas === null ? [] : [{ series: 'dfbetas', x: place, y: dfbetas }],
  );
  const named = mostInfluential(group, namedMembers).flatMap(({ place, level, dfbetas }) =>
    dfbetas === null || Math.abs(dfbetas) <= cutoff ? [] : [{ x: place, y: dfbetas, text: levelName(level) }],
  );
  const shown = roundSignificant(cutoff, 3);
  return {
    kind: 'curves',
    ...{ id, number, title, isSynthetic, points },
    categoryAxis: { key: 'figure.dfbeta_axis', values: { by } },
    valueAxis: { key: 'figure.dfbeta_value', values: { term: termLabel } },
    series: [{ id: 'dfbetas', label: { key: 'dfbeta.dfbetas' } }],
    isDots: true,
    reference: { value: cutoff, label: { key: 'figure.dfbeta_line', values: { cutoff: shown } } },
    mirrored: true,
    labels: named,
    places: [],
    notes: [
      { key: 'figure.dfbeta_note', values: { levels, beyond, cutoff: shown } },
      ...(members.length < levels
        ? [{ key: 'figure.dfbeta_farthest', values: { count: members.length } } as const]
        : []),
    ],
  };
}
