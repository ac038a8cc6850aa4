import { z } from 'zod';

/** What a synthetic layer was drawn with, as its documents say it. */
export const generatorSchema = z.object({
  version: z.number(),
  seed: z.number(),
  scale: z.number(),
  /** Whether the errors were left in; absent in layers of before. */
  sampling: z.boolean().exactOptional(),
});

export type Generator = Readonly<z.infer<typeof generatorSchema>>;
