import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import type { FigureModel } from '../../output/figure/contract.ts';
import { regimeDensityFigure, regimePathsFigure } from '../../output/figure/regime-figures.ts';
import {
  identificationFigure,
  likelihoodFigure,
  regimeShareFigure,
  regimeSlopeFigure,
  type ThresholdFigureSpec,
} from '../../output/figure/threshold-figures.ts';
import { columnNamed } from '../../table/column.ts';
import { unknownNames } from '../language/faults.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { levelNamesOf } from './level-names.ts';
import { numberColumnOf } from './number-column.ts';
import { thresholdPointerFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';
import { regimePaths, thresholdRows } from './threshold-rows.ts';

/** A figure of one threshold model, by what draws it. */
function thresholdFigure<Kind extends string>(
  kind: Kind,
  what: string,
  draw: (spec: ThresholdFigureSpec) => FigureModel,
) {
  const schema = z
    .strictObject({
      kind: z.literal(kind).describe(what),
      ...figureKeys,
      model: z.string().describe('A threshold model.'),
    })
    .describe(what);
  return {
    kind,
    schema,
    example: { kind, id: kind, title: what, model: 'split' },
    check: thresholdPointerFaults,
    tables: () => [],
    make: ({ id, title, model }, { models, study, panel, number, isSynthetic }) => {
      const result = at(
        entryOf(models, model).flatMap(({ threshold }) => threshold ?? []),
        0,
      );
      return draw({
        ...{ id, number, title, result, isSynthetic },
        nameOf: (variable) => labelOf(study, variable),
        unitName: levelNamesOf(panel, study.panel.unit),
      });
    },
  } as const satisfies FigureKind<z.output<typeof schema>>;
}

/** The likelihood ratio over the candidates. */
export const thresholdLikelihood = thresholdFigure(
  'threshold_lr',
  'The likelihood ratio over the candidates of the threshold.',
  likelihoodFigure,
);

/** The units that the change of the slope hangs on. */
export const thresholdUnits = thresholdFigure(
  'threshold_units',
  'The units that identify the change of the slope.',
  identificationFigure,
);

/** Regimes over time. */
export const thresholdShares = thresholdFigure('threshold_shares', 'Regimes over time.', regimeShareFigure);

/** Slopes by regime. */
export const thresholdSlopes = thresholdFigure('threshold_slopes', 'Slopes by regime.', regimeSlopeFigure);

const densitySchema = z
  .strictObject({
    kind: z.literal('threshold_density').describe('The density of a variable in every regime.'),
    ...figureKeys,
    model: z.string().describe('A threshold model.'),
    variable: z.string().describe('A column of the panel with numbers. Default: the outcome.').optional(),
  })
  .describe('Distribution by regime.');

/** A variable by regime. */
export const thresholdDensity = {
  kind: 'threshold_density',
  schema: densitySchema,
  example: { kind: 'threshold_density', id: 'density', title: 'By regime', model: 'split', variable: 'y' },
  check: (spec, path, names) => [
    ...thresholdPointerFaults(spec, path, names),
    ...unknownNames(spec.variable === undefined ? [] : [spec.variable], said('noun.column'), names.columns, () => [
      ...path,
      'variable',
    ]),
  ],
  tables: () => [],
  make: ({ id, title, model, variable: asked }, { models, study, panel, number, isSynthetic }) => {
    const { result, regimes } = thresholdRows(models, model, { panel, option: `figures.${id}.model` });
    const variable = asked ?? result.settings.depvar;
    const column = numberColumnOf(panel, variable, `figures.${id}.variable`);
    const values = result.regimes.map((_, r) =>
      Array.from(column).filter((value, row) => regimes[row] === r && Number.isFinite(value)),
    );
    const nameOf = (name: string) => labelOf(study, name);
    return regimeDensityFigure({ id, number, title, result, variable, values, nameOf, isSynthetic });
  },
} as const satisfies FigureKind<z.output<typeof densitySchema>>;

const pathsSchema = z
  .strictObject({
    kind: z.literal('threshold_paths').describe('Every unit in every period by its regime.'),
    ...figureKeys,
    model: z.string().describe('A threshold model.'),
  })
  .describe('Paths through the regimes: who is in which when, who crosses.');

/** Units through the regimes. */
export const thresholdPaths = {
  kind: 'threshold_paths',
  schema: pathsSchema,
  example: { kind: 'threshold_paths', id: 'paths', title: 'Paths', model: 'split' },
  check: thresholdPointerFaults,
  tables: () => [],
  make: ({ id, title, model }, { models, study, panel, number, isSynthetic }) => {
    const { result, regimes } = thresholdRows(models, model, { panel, option: `figures.${id}.model` });
    const { unit, time } = study.panel;
    const nameOf = (name: string) => labelOf(study, name);
    const paths = regimePaths({ regimes, units: columnNamed(panel, unit), times: columnNamed(panel, time) });
    const unitName = levelNamesOf(panel, unit);
    const units = paths.units.map(({ code, cells }) => ({ name: unitName(code), cells }));
    return regimePathsFigure({ id, number, title, result, nameOf, isSynthetic, periods: paths.periods, units });
  },
} as const satisfies FigureKind<z.output<typeof pathsSchema>>;
