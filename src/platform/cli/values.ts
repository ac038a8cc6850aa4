import { StudyError } from '../../error/study-error.ts';
import { type PercentileRule, percentileRules } from '../../table/percentile.ts';
import type { DataFormat } from './command.ts';
import { badOption, refusal } from './usage.ts';

// Readers of option values: each returns the value, or throws bad-option.

/** A whole number of at least `least`. */
export function wholeNumber(option: string, least: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw badOption(option, value, `a whole number of at least ${least}`);
  };
}

/** A share, (0, 1]. */
export function share(option: string): (value: string) => number {
  return (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (number > 0 && number <= 1) return number;
    throw badOption(option, value, 'a number above 0 and at most 1');
  };
}

/** Names between commas. */
export function names(value: string): readonly string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Whose percentiles. */
export function percentileRule(value: string): PercentileRule {
  const rule = percentileRules.find((known) => known === value.trim().toLowerCase());
  if (rule !== undefined) return rule;
  throw refusal('--quantiles', value, percentileRules);
}

const formats: readonly DataFormat[] = ['text', 'json', 'md', 'tex', 'html', 'csv'];
const plannedFormats: readonly string[] = ['docx', 'xlsx'];

export function dataFormat(value: string): DataFormat {
  const format = formats.find((known) => known === value);
  if (format !== undefined) return format;
  if (plannedFormats.includes(value)) throw new StudyError('not-available', { feature: `--format ${value}` });
  throw refusal('--format', value, formats);
}

/** What the ending of a file says that is in it. */
const formatOfEnding: Readonly<Record<string, DataFormat>> = {
  json: 'json',
  md: 'md',
  markdown: 'md',
  tex: 'tex',
  latex: 'tex',
  html: 'html',
  htm: 'html',
  csv: 'csv',
};

/** Endings of files that other programs open as something that no table is written as. */
const foreignEndings: readonly string[] =
  'doc docm xls xlsm xlsb rtf odt ods pdf ps png jpg jpeg svg gif tsv tab dta parquet feather rds rdata sas7bdat sav xml yaml yml ndjson jsonl db duckdb sqlite zip gz'.split(
    ' ',
  );

/**
 * The format of what a command prints: `--format` or `--json`, else by the ending of `--out`, else text.
 * @throws bad-option for two that contradict each other and for an ending of another kind, not-available for docx and xlsx
 */
export function outputOf({
  format,
  json,
  out,
}: {
  readonly format?: DataFormat;
  readonly json?: boolean;
  readonly out?: string | null;
}): { format: DataFormat; out: string | null } {
  if (json === true && format !== undefined && format !== 'json') {
    throw badOption('--format', format, 'json beside --json');
  }
  const asked = json === true ? 'json' : format;
  const path = out ?? null;
  const ending = path === null ? '' : (/[^/\\]\.([^./\\]+)$/.exec(path)?.[1] ?? '').toLowerCase();
  if (plannedFormats.includes(ending)) throw new StudyError('not-available', { feature: `--out ${path}` });
  if (path !== null && foreignEndings.includes(ending)) {
    throw badOption('--out', path, 'a file name that ends in .txt, .json, .md, .tex, .html or .csv');
  }
  const named = Object.hasOwn(formatOfEnding, ending) ? formatOfEnding[ending] : null;
  if (path !== null && asked !== undefined && named !== null && named !== asked) {
    const own = asked === 'text' ? 'txt' : asked;
    throw badOption('--out', path, `a file name that ends in .${own} beside --format ${asked}`);
  }
  return { format: asked ?? named ?? 'text', out: path };
}
