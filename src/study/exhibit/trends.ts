import { z } from 'zod';
import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { type Trend, trendsFigure } from '../../output/figure/trends-figure.ts';
import { type ColumnTable, cellText, columnNamed } from '../../table/column.ts';
import { unknownNames } from '../language/faults.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { numberColumnOf } from './number-column.ts';
import { figureKeys } from './schema-parts.ts';

const what = 'The mean of a variable by periods, a line a group, with the band of 1.96 standard errors.';
/** Lines that can be told apart. */
const mostGroups = 4;

const schema = z
  .strictObject({
    kind: z.literal('trends').describe(what),
    ...figureKeys,
    variable: z.string().describe('A column of the panel with numbers.'),
    by: z.string().describe('A column with up to 4 groups. Default: all rows together.').optional(),
  })
  .describe('Trends with bands.');

/** Means over time. */
export const trends = {
  kind: 'trends',
  schema,
  example: { kind: 'trends', id: 'trend', title: 'y over time', variable: 'y', by: 'half' },
  check: ({ variable, by }, path, names) => {
    const columns = Object.entries({ variable, by: by ?? variable });
    return columns.flatMap(([key, name]) =>
      unknownNames([name], said('noun.column'), names.columns, () => [...path, key]),
    );
  },
  isOfPanel: true,
  tables: () => [],
  make: ({ id, title, variable, by }, { panel, study, number, isSynthetic }) => {
    const found = trendsOf(panel, {
      id,
      variable,
      by: by ?? null,
      time: study.panel.time,
      all: labelOf(study, variable),
    });
    return trendsFigure({ id, number, title, variable: labelOf(study, variable), trends: found, isSynthetic });
  },
} as const satisfies FigureKind<z.output<typeof schema>>;

interface Asked {
  readonly id: string;
  readonly variable: string;
  readonly by: string | null;
  readonly time: string;
  readonly all: Trend['group'];
}

/** Means by group and period. @throws bad-option for text in place of numbers, periods without an order, more groups than can be told apart */
function trendsOf(panel: ColumnTable, { id, variable, by, time, all }: Asked): readonly Trend[] {
  const values = numberColumnOf(panel, variable, `figures.${id}.variable`);
  const times = numberColumnOf(panel, time, 'panel.time');
  const groups = by === null ? null : columnNamed(panel, by);
  const rowsOf = new Map<string, Map<number, number[]>>();
  for (let row = 0; row < panel.nrow; row++) {
    const group = groups === null ? '' : cellText(groups, row);
    const [value, period] = [at(values, row), at(times, row)];
    if (group === null || !Number.isFinite(value) || !Number.isFinite(period)) continue;
    const own = rowsOf.get(group) ?? new Map<number, number[]>();
    const there = own.get(period);
    if (there === undefined) own.set(period, [value]);
    else there.push(value);
    rowsOf.set(group, own);
  }
  if (by !== null && rowsOf.size > mostGroups) {
    const expected = said('range.at_most', { value: mostGroups });
    throw new StudyError('bad-option', {
      ...{ option: `figures.${id}.by`, value: `${by} (${rowsOf.size})`, expected, suggestion: null },
    });
  }
  return [...rowsOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, periods]) => ({
      group: group === '' ? all : { en: group, zh: group },
      periods: [...periods].sort(([a], [b]) => a - b).map(([period, own]) => ({ time: period, ...momentsOf(own) })),
    }));
}

function momentsOf(values: readonly number[]): { readonly count: number; readonly mean: number; readonly sd: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, sd: count > 1 ? Math.sqrt(squares / (count - 1)) : 0 };
}
