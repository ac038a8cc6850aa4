import { said } from '../../error/said.ts';
import type { RegOptions } from './command.ts';
import { badOption } from './usage.ts';

type Printed = Pick<RegOptions, 'data' | 'threads' | 'format' | 'out' | 'layout'>;

/**
 * Lines for another program are text or JSON on stdout: results, and files of them, are not made beside `--as`.
 * @param others options that ask for results, with what was given
 * @throws bad-option
 */
export function checkAs(
  { format, out, layout }: Printed,
  others: Readonly<Record<string, string | boolean | null>>,
): void {
  const laidOut = Object.entries(layout).map(([word, value]) => [`--${word.replaceAll('_', '-')}`, String(value)]);
  const asked: Record<string, string | boolean | null> = {
    ...others,
    ...Object.fromEntries(laidOut),
    '--out': out,
    '--format': format === 'text' || format === 'json' ? null : format,
  };
  for (const [option, value] of Object.entries(asked)) {
    if (value !== null && value !== false) throw badOption(option, String(value), said('expected.no_results'));
  }
}

/** What the printing of lines takes of a command's options. */
export function elsewhereOf({ data, threads, format }: Printed): {
  readonly data: string;
  readonly threads: number | null;
  readonly isJson: boolean;
} {
  return { data, threads, isJson: format === 'json' };
}
