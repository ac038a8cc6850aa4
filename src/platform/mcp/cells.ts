import { z } from 'zod';
import { flag } from './tool.ts';

const list = (what: string) => z.array(z.string().min(1)).describe(what).optional();

/** How the cells of a data file are read, where that is not by the rule alone. */
export const cells = {
  text: list('Columns that are text whatever they look like, such as codes.'),
  number: list('Columns that are numbers however they are written.'),
  missing: list('Further marks of a missing cell, such as "n/a".'),
};

type Cells = z.output<z.ZodObject<typeof cells>>;

/** The same as options of the command line; a name that holds a comma between backquotes. */
export function cellFlags({ text, number, missing }: Cells): string[] {
  const quoted = (value: string): string => (value.includes(',') ? `\`${value}\`` : value);
  const joined = (name: string, values: readonly string[] | undefined): string[] =>
    flag(name, values?.map(quoted).join(','));
  return [...joined('--text', text), ...joined('--number', number), ...joined('--missing', missing)];
}
