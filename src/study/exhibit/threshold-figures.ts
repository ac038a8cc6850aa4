import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import type { FigureModel } from '../../output/figure/contract.ts';
import {
  identificationFigure,
  likelihoodFigure,
  regimeShareFigure,
  regimeSlopeFigure,
  type ThresholdFigureSpec,
} from '../../output/figure/threshold-figures.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { thresholdPointerFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

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
    make: ({ id, title, model }, { models, study, number, isSynthetic }) => {
      const result = at(
        entryOf(models, model).flatMap(({ threshold }) => threshold ?? []),
        0,
      );
      return draw({ id, number, title, result, nameOf: (variable) => labelOf(study, variable), isSynthetic });
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
