import { type ZodObject, type ZodRawShape, z } from 'zod';
import type { Text } from '../../output/table/contract.ts';
import { jsonValue } from '../../table/json-text.ts';

/** A path of the machine out of a path of the caller. @throws outside-folders */
export type PathGuard = (path: string) => string;

/** The document that a command prints with --json, or what stands in its place. */
export type ToolData = Readonly<Record<string, unknown>>;

/** A command as a tool: what it takes, the command line that it stands for, and what is given back. */
export interface Tool<Input extends object = object> {
  readonly name: string;
  readonly title: string;
  /** For the model that chooses among the tools. */
  readonly description: string;
  readonly input: ZodObject<ZodRawShape>;
  /** Whether it writes files. */
  readonly writes: boolean;
  /** The command line; every path in it has gone through the guard. @throws outside-folders, study-invalid */
  readonly argv: (input: Input, guard: PathGuard) => readonly string[];
  /** The result, out of what the command printed. */
  readonly data: (printed: string, input: Input, guard: PathGuard) => ToolData;
  /** The result in a sentence. */
  readonly sentence: (data: ToolData) => Text;
}

/** A tool whose functions take what its own schema reads. */
export function tool<Shape extends ZodRawShape>(
  one: Omit<Tool<z.infer<ZodObject<Shape>>>, 'input'> & { readonly input: ZodObject<Shape> },
): Tool {
  // The server gives each tool only what the tool's own schema has read.
  return one as unknown as Tool;
}

const documentSchema = z.record(z.string(), z.unknown());

/** The document that a command printed with --json. */
export function printedDocument(printed: string): ToolData {
  return documentSchema.parse(jsonValue(printed));
}

/** `--name=value` for each value that is given: a value that begins with a dash is never taken for an option. */
export function flag(name: string, value: string | number | boolean | readonly string[] | undefined): string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [name];
  if (typeof value === 'object') return value.map((one) => `${name}=${one}`);
  return [`${name}=${value}`];
}
