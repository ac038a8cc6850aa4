import { z } from 'zod';
import { lossReasons } from '../../model/contract.ts';
import { type GroupSums, sumsSchemaName } from './contract.ts';
import { packedLength } from './packed-triangle.ts';

const count = z.int().nonnegative();
const number = z.number();
const text = z.string();
const texts = z.array(text);

/** Sums as a file has them. */
export const sumsSchema: z.ZodType<GroupSums> = z
  .object({
    ...{ schema: z.literal(sumsSchemaName), formula: text, names: texts, depvar: text, terms: texts },
    ...{ hasConstant: z.boolean(), weights: text.nullable(), totalWeight: number.positive().nullable() },
    products: z.array(z.object({ text, places: z.array(count) })),
    panel: z.object({ unit: text, time: text }).nullable(),
    effects: z.array(z.object({ name: text, variables: texts, levels: count, isNested: z.boolean() })),
    components: z.array(z.array(count)),
    ...{ absorbedRank: count, isRankExact: z.boolean() },
    absorption: z.object({ method: text, iterations: count, tolerance: number, reached: number }),
    nobs: z.int().positive(),
    dropped: z.object({ missing: count, singleton: count, where: count }).catchall(count),
    lost: z.array(z.object({ reason: z.enum(lossReasons), name: text, rows: count })),
    outcome: z.object({ mean: number, total: number, within: number.nullable(), withinUnit: number.nullable() }),
    columns: z.array(z.object({ mean: number, floor: number.nonnegative() })),
    ...{ by: text, least: z.int().positive() },
    pooled: z.object({ groups: z.int().positive(), rows: z.int().positive() }).nullable(),
    groups: z.array(z.object({ rows: z.int().positive(), triangle: z.array(number) })).min(1),
  })
  .superRefine(({ terms, products, columns, effects, components, groups, nobs }, context) => {
    const wrong = (path: PropertyKey[]): void => context.addIssue({ code: 'custom', path });
    if (columns.length !== terms.length) wrong(['columns']);
    products.forEach(({ places }, p) => {
      if (places.some((place) => place >= terms.length)) wrong(['products', p, 'places']);
    });
    if (components.length !== effects.length) wrong(['components']);
    groups.forEach(({ rows, triangle }, g) => {
      if (triangle.length !== packedLength(rows, terms.length + 2)) wrong(['groups', g, 'triangle']);
    });
    if (groups.reduce((sum, { rows }) => sum + rows, 0) !== nobs) wrong(['nobs']);
  }) as z.ZodType<GroupSums>; // the method of absorption and the names of losses are read as text, and printed alone
