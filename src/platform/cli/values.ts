import { anyOf, said } from '../../error/said.ts';
import { printerOf, printers } from '../../output/document/printers.ts';
import { type PercentileRule, percentileRules } from '../../table/percentile.ts';
import { betweenCommas } from './between-commas.ts';
import type { DataFormat } from './command.ts';
import { badOption, refusal } from './usage.ts';

// Readers of option values: each returns the value, or throws bad-option.

/** A whole number of at least `least`. */
export function wholeNumber(option: string, least: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw badOption(option, value, said('range.whole_least', { value: String(least) }));
  };
}

/** A share, (0, 1]. */
export function share(option: string): (value: string) => number {
  return (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (number > 0 && number <= 1) return number;
    throw badOption(option, value, said('expected.share'));
  };
}

/** One of some names. */
export function oneOf<Name extends string>(option: string, known: readonly Name[]): (value: string) => Name {
  return (value) => {
    const found = known.find((name) => name === value);
    if (found === undefined) throw refusal(option, value, known);
    return found;
  };
}

/** Names between commas. */
export function names(value: string): readonly string[] {
  return betweenCommas(value).filter((name) => name !== '');
}

/** A text after those of the same option before: it may be given again and again. */
export function oneMore(option: string): (value: string, before: readonly string[] | undefined) => readonly string[] {
  return (value, before) => {
    if (value.trim() === '') throw badOption(option, value, said('expected.not_empty'));
    return [...(before ?? []), value];
  };
}

/** Names between commas, after those of the same option before. */
export function moreNames(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...names(value)];
}

/** Whose percentiles. */
export function percentileRule(value: string): PercentileRule {
  const rule = percentileRules.find((known) => known === value.trim().toLowerCase());
  if (rule !== undefined) return rule;
  throw refusal('--quantiles', value, percentileRules);
}

const formats: readonly DataFormat[] = printers.map(({ id }) => id);
/** As help lists them. */
export const formatNames: string = formats.join(' ');
/** @throws bad-option */
export function dataFormat(value: string): DataFormat {
  const format = formats.find((known) => known === value);
  if (format !== undefined) return format;
  throw refusal('--format', value, formats);
}

/** What the ending of a file says that is in it. */
function formatOfEnding(ending: string): DataFormat | null {
  return printers.find(({ endings }) => endings.some((known) => known === ending))?.id ?? null;
}

/** Endings of files that other programs open as something that no table is written as. */
const foreignEndings: readonly string[] =
  'doc docm xls xlsm xlsb rtf odt ods pdf ps png jpg jpeg svg gif tsv tab dta parquet feather rds rdata sas7bdat sav xml yaml yml ndjson jsonl db duckdb sqlite zip gz'.split(
    ' ',
  );

/**
 * The format of what a command prints: `--format` or `--json`, else by the ending of `--out`, else text.
 * @throws bad-option for two that contradict each other and for an ending of another kind
 */
export function outputOf({
  format,
  json,
  out,
}: {
  readonly format?: DataFormat | undefined;
  readonly json?: boolean | undefined;
  readonly out?: string | null;
}): { format: DataFormat; out: string | null } {
  if (json === true && format !== undefined && format !== 'json') {
    throw badOption('--format', format, said('expected.json'));
  }
  const asked = json === true ? 'json' : format;
  const path = out ?? null;
  const ending = path === null ? '' : (/[^/\\]\.([^./\\]+)$/.exec(path)?.[1] ?? '').toLowerCase();
  // Beside --format an ending of the user's own is a name: `t.out`; alone it asks for a format that nothing is written as.
  const isUnknown = ending !== '' && asked === undefined && formatOfEnding(ending) === null;
  if (path === '-' || isUnknown || (path !== null && foreignEndings.includes(ending))) {
    throw badOption(
      '--out',
      path ?? '',
      said('expected.ending', { endings: anyOf(printers.map(({ endings }) => `.${endings[0]}`)) }),
    );
  }
  const named = formatOfEnding(ending);
  if (path !== null && asked !== undefined && named !== null && named !== asked) {
    const [own] = printerOf(asked).endings;
    throw badOption('--out', path, said('expected.ending_of', { ending: `.${own}`, format: asked }));
  }
  return { format: asked ?? named ?? 'text', out: path };
}
