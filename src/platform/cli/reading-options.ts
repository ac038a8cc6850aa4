import type { Command } from 'commander';
import { said } from '../../error/said.ts';
import type { ReadOptions } from '../../study/ports.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { unquoteName } from '../../table/expression/tokenize.ts';
import { betweenCommas } from './between-commas.ts';
import { badOption } from './usage.ts';

/** How a command reads its data file; left out: by the rule alone. */
export interface ReadingOptions {
  readonly text?: readonly string[];
  readonly number?: readonly string[];
  readonly missing?: readonly string[];
}

/** The options of every command that takes a data file. */
export function withReading(command: Command): Command {
  return withCells(
    command.option('--where <CONDITION>', 'rows to keep: "year >= 2005 and region = \'East\'" (kaya help where)'),
  );
}

/** How the cells of a data file are read. */
export function withCells(command: Command): Command {
  return command
    .option('--text <COLS>', 'columns that are text whatever they look like: id,code', list('--text'))
    .option('--number <COLS>', 'columns that are numbers however they are written', list('--number'))
    .option('--missing <MARKS>', 'further marks of a missing cell: "n/a,.."', list('--missing'));
}

function list(option: string): (value: string) => readonly string[] {
  return (value) => {
    const items = betweenCommas(value).map(option === '--missing' ? String : unquoteName);
    if (items.every((item) => item !== '')) return items;
    throw badOption(option, value, said('expected.between_commas'));
  };
}

type Given = { readonly [K in keyof ReadingOptions]?: ReadingOptions[K] | undefined };

/** The reading options as commander gives them. @throws bad-option for a column that is said to be both */
export function readingOptions({ text, number, missing }: Given): ReadingOptions {
  const both = text?.find((name) => number?.includes(name) === true);
  if (both !== undefined) throw badOption('--number', both, said('expected.no_text_column'));
  return {
    ...(text === undefined ? {} : { text }),
    ...(number === undefined ? {} : { number }),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** What a reader is asked of a command's data file. @throws bad-where */
export function readOptionsOf(options: ReadingOptions & { readonly where: string | null }): ReadOptions {
  const { text, number, missing, where } = options;
  return { where: where === null ? undefined : readRowCondition(where), text, number, missing };
}
