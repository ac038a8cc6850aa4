import { anyOf, type Said, said } from '../../error/said.ts';
import { splitSource } from '../file/source-name.ts';
import { writtenOver } from '../store/keep-inputs.ts';
import { checkFileTarget } from '../store/target.ts';
import { isTableFile, tableEndings } from '../store/write-table.ts';
import { badOption } from './usage.ts';

/**
 * Holds every file that a command writes apart from its data and from one another, before anything is read.
 * @param written path by option; null: none
 * @throws bad-option, output-refused, by the option
 */
export function checkWritten(data: string, written: Readonly<Record<string, string | null>>): void {
  const taken: { readonly path: string; readonly expected: Said }[] = [
    { path: splitSource(data).file, expected: said('expected.not_data') },
  ];
  for (const [option, path] of Object.entries(written)) {
    if (path === null) continue;
    const other = taken.find((one) => writtenOver([path], [one.path]) !== null);
    if (other !== undefined) throw badOption(option, path, other.expected);
    checkFileTarget(path, { option });
    taken.push({ path, expected: said('expected.not_that_of', { option }) });
  }
}

/** What a file of sums ends in. */
const sumsEnding = '.json';

/** Whether the data of a command are sums by group in place of rows (`kaya compress`). */
export function isSumsFile(path: string): boolean {
  return path.toLowerCase().endsWith(sumsEnding);
}

/** Holds a file of sums to its ending, by which `kaya reg` knows it. @throws bad-option */
export function checkSumsEnding(option: string, path: string): void {
  if (isSumsFile(path)) return;
  throw badOption(option, path, said('expected.ending', { endings: sumsEnding }));
}

/** Holds a file to be written as a table to the endings of its formats. @throws bad-option */
export function checkTableEnding(option: string, path: string): void {
  if (isTableFile(path)) return;
  throw badOption(option, path, said('expected.ending', { endings: anyOf(tableEndings) }));
}
