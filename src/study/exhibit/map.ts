import { z } from 'zod';
import { at, entryOf, lastOf } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { anyOf, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { mapFigure, type PlaceValue } from '../../output/figure/map-figure.ts';
import { namedRegimes } from '../../output/figure/threshold-figures.ts';
import { type ColumnTable, cellText, columnNamed } from '../../table/column.ts';
import { faultAt, unknownNames } from '../language/faults.ts';
import type { FigureContext, FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { levelNamesOf } from './level-names.ts';
import { numberColumnOf } from './number-column.ts';
import { thresholdPointerFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z
      .literal('map')
      .describe('The units as dots over degrees, by a variable or by the regime of a threshold model.'),
    ...figureKeys,
    variable: z
      .string()
      .describe('A column of the panel with numbers; in five classes of as many units each.')
      .optional(),
    model: z.string().describe('A threshold model in its place: the regime of each unit.').optional(),
    period: z.union([z.string(), z.number()]).describe('Default: the last one.').optional(),
    longitude: z.string().default('lon').describe('Column of degrees east.'),
    latitude: z.string().default('lat').describe('Column of degrees north.'),
  })
  .describe('Map of dots.');

type Spec = z.output<typeof schema>;

/** Units over degrees. */
export const map = {
  kind: 'map',
  schema,
  example: { kind: 'map', id: 'map', title: 'Map', variable: 'y', longitude: 'c', latitude: 'x' },
  check: (spec, path, names) => {
    const { variable, model, longitude, latitude } = spec;
    if ((variable === undefined) === (model === undefined))
      return [faultAt(path, said('fault.either', { left: 'variable', right: 'model' }))];
    return [
      ...Object.entries({ longitude, latitude, ...(variable === undefined ? {} : { variable }) }).flatMap(
        ([key, name]) => unknownNames([name], said('noun.column'), names.columns, () => [...path, key]),
      ),
      ...(model === undefined ? [] : thresholdPointerFaults({ model }, path, names)),
    ];
  },
  isOfPanel: true,
  tables: () => [],
  make: (spec, context) => {
    const { id, title, variable, model } = spec;
    const { study, panel, number, isSynthetic } = context;
    const nameOf = (name: string) => labelOf(study, name);
    if (model === undefined) {
      const shown = variable ?? '';
      const { places, ...rest } = placesOf(spec, context, shown);
      return mapFigure({ id, number, title, isSynthetic, variable: nameOf(shown), places, bounds: null, ...rest });
    }
    const result = at(
      entryOf(context.models, model).flatMap(({ threshold }) => threshold ?? []),
      0,
    );
    const { by } = result.settings;
    const rest = placesOf(spec, { ...context, panel }, by);
    const labels = namedRegimes({ id, number, result, nameOf, isSynthetic }).map(({ label }) => label);
    return mapFigure({
      ...{ id, number, title, isSynthetic, labels, variable: { key: 'map.regime', values: { by: nameOf(by) } } },
      ...{ bounds: lastOf(result.tests).gamma, ...rest },
    });
  },
} as const satisfies FigureKind<Spec>;

/** Every unit of a period with its coordinates and the value of a column. @throws bad-option for a period that is not there, empty-sample */
function placesOf(
  { id, period, longitude, latitude }: Spec,
  { panel, study }: Pick<FigureContext, 'panel' | 'study'>,
  variable: string,
): { readonly places: readonly PlaceValue[]; readonly period: string; readonly unplaced: number } {
  const { unit, time } = study.panel;
  const [units, times] = [columnNamed(panel, unit), columnNamed(panel, time)];
  const values = numberColumnOf(panel, variable, `figures.${id}.variable`);
  const east = numberColumnOf(panel, longitude, `figures.${id}.longitude`);
  const north = numberColumnOf(panel, latitude, `figures.${id}.latitude`);
  const periods = periodsOf(panel, time);
  if (periods.length === 0)
    throw new StudyError('empty-sample', {
      where: `figures.${id}`,
      rows: panel.nrow,
      dropped: { where: 0 },
      most: null,
    });
  const shown = String(period ?? periods.at(-1) ?? '');
  if (!periods.includes(shown)) {
    const detail = { option: `figures.${id}.period`, value: shown, suggestion: nearestName(shown, periods) };
    throw new StudyError('bad-option', { ...detail, expected: anyOf([periods[0] ?? '', periods.at(-1) ?? '']) });
  }
  const unitName = levelNamesOf(panel, unit);
  const there = Array.from({ length: panel.nrow }, (_, row) => row).filter((row) => cellText(times, row) === shown);
  const placed = there.filter((row) => Number.isFinite(east[row]) && Number.isFinite(north[row]));
  return {
    period: shown,
    unplaced: there.length - placed.length,
    places: placed.map((row) => ({
      name: unitName(cellText(units, row) ?? ''),
      longitude: at(east, row),
      latitude: at(north, row),
      value: Number.isFinite(values[row]) ? at(values, row) : null,
    })),
  };
}

/** Ascending. */
function periodsOf(panel: ColumnTable, time: string): readonly string[] {
  const column = columnNamed(panel, time);
  const found = new Set(
    Array.from({ length: panel.nrow }, (_, row) => cellText(column, row)).filter((cell) => cell !== null),
  );
  return [...found].sort((a, b) => (column.kind === 'number' ? Number(a) - Number(b) : a < b ? -1 : 1));
}
