import * as z from 'zod/mini';

/** A schema with its description, for the published schema and the docs; the schema itself stays without. */
export function described<Schema extends z.core.$ZodType>(schema: Schema, description: string): Schema {
  const own = z.clone(schema);
  z.globalRegistry.add(own, { description });
  return own;
}

/** A text that is not blank. */
export const text = z.string().check(z.regex(/\S/, 'form.not_blank'));

/** A text, or a list of them. */
export const texts = z.union([text, z.array(text).check(z.minLength(1))]);

/** A wish that is not there unless somebody has it. */
export function wanted(what: string): z.ZodMiniDefault<z.ZodMiniBoolean> {
  return described(z._default(z.boolean(), false), what);
}

/** One text or several as a list, mappings among them; none where it is left out. */
export function listOf<T = string>(value: string | readonly (string | T)[] | undefined): readonly (string | T)[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
