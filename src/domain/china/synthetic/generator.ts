import { z } from 'zod';

/** What a synthetic layer was drawn with, as its documents say it. */
export const generatorSchema = z.object({ version: z.number(), seed: z.number(), scale: z.number() });

export type Generator = Readonly<z.infer<typeof generatorSchema>>;
