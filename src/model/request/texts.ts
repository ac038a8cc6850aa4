import * as z from 'zod';

/** A text that is not blank. */
export const text = z.string().regex(/\S/, 'a text that is not blank');

/** A text, or a list of them. */
export const texts = z.union([text, z.array(text).min(1)]);

/** One text or several as a list; none where it is left out. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
