import type { Command } from 'commander';
import { type KeywordVariant, keywordVariants } from '../../domain/china/registry/keyword.ts';
import { anyOf, said } from '../../error/said.ts';
import type { DataFormat } from './command.ts';
import { badOption, needsMore } from './usage.ts';
import { dataFormat, formatNames, names, oneOf, outputOf, wholeNumber } from './values.ts';

/** What the measure is of a count n. */
export type LogForm =
  | { readonly kind: 'log1p' }
  | { readonly kind: 'log' }
  | { readonly kind: 'plus'; readonly c: number };

export interface RegistryScanOptions {
  readonly files: readonly string[];
  readonly keywords: string | null;
  readonly by: readonly ('city' | 'year')[];
  /** A study whose cities, keywords and rules hold where no option says otherwise. */
  readonly study: string | null;
  /** Folder of cities.csv, city_aliases.csv, division_changes.csv. Null: the study's, else those shipped. */
  readonly reference: string | null;
  readonly variants: readonly KeywordVariant[] | null;
  readonly count: 'flow' | 'stock' | null;
  readonly status: 'all' | 'active' | null;
  readonly branches: boolean;
  readonly individuals: boolean;
  readonly exclusions: boolean;
  readonly negation: boolean;
  readonly log: LogForm;
  /** yyyymmdd */
  readonly asOf: number | null;
  readonly lastYear: number | null;
  readonly report: boolean;
  readonly sample: number;
  readonly seed: number;
  readonly coded: string | null;
  readonly format: DataFormat;
  readonly out: string | null;
  readonly threads: number | null;
  /** Folder that keeps what was read of each file, for a run after one that was stopped. */
  readonly resume: string | null;
}

/** Options of commander: present when given. */
export interface GivenScan {
  keywords?: string;
  by?: readonly ('city' | 'year')[];
  study?: string;
  reference?: string;
  variants?: readonly KeywordVariant[];
  count?: 'flow' | 'stock';
  status?: 'all' | 'active';
  branches: boolean;
  individuals: boolean;
  exclusions: boolean;
  negation: boolean;
  log?: LogForm;
  asOf?: number;
  lastYear?: number;
  report?: boolean;
  sample?: number;
  seed?: number;
  coded?: string;
  format?: DataFormat;
  json?: boolean;
  out?: string;
  threads?: number;
  resume?: string;
}

export function withScanOptions(command: Command): Command {
  return command
    .description('company registry exports to counts by city and year')
    .argument(
      '[FILE...]',
      'csv, tsv, txt (UTF-8, UTF-16, GB18030), xlsx, xls, parquet, dta, a folder of such files, or a pattern, firms-*.csv (default: the raw layer of --study)',
    )
    .option(
      '--keywords <FILE>',
      'table of keywords; keyword_exclusions.csv beside it is taken in (default: of --study)',
    )
    .option('--by <LIST>', 'city,year (default), city or year', keysOf)
    .option(
      '--count <KIND>',
      'flow: by founding year (default); stock: alive at the end of each year',
      oneOf('--count', ['flow', 'stock'] as const),
    )
    .option(
      '--status <KIND>',
      'all (default); active: without firms struck off',
      oneOf('--status', ['all', 'active'] as const),
    )
    .option('--no-branches', 'without branches')
    .option('--no-individuals', 'without individual businesses')
    .option('--variants <LIST>', 'count these forms too: traditional,synonyms,latin', variantsOf)
    .option('--no-exclusions', 'count keywords inside exclusion phrases')
    .option('--no-negation', 'count keywords that the text denies')
    .option('--log <FORM>', 'measure of a count n: log1p (default), log, or log+C for ln(n+C)', logOf)
    .option('--as-of <DATE>', 'day of the export, yyyy-mm-dd: later foundings are refused', dayOf)
    .option('--last-year <YEAR>', 'last year of a stock', wholeNumber('--last-year', 1949))
    .option('--reference <DIR>', 'folder of cities.csv (default: of --study, else the one shipped)')
    .option('--report', 'what each keyword adds, and the ledger')
    .option('--study <STUDY>', 'with --report: the headline of the study without each keyword')
    .option('--sample <N>', 'writes N firms for hand-coding to --out FILE.xlsx', wholeNumber('--sample', 1))
    .option('--seed <N>', 'seed of the sample', wholeNumber('--seed', 0))
    .option('--coded <FILE>', 'a coded sample: precision with its interval')
    .option('--format <FORMAT>', formatNames, dataFormat)
    .option('--json', 'the same as --format json')
    .option('--out <FILE>', 'write to a file instead of stdout; its ending gives the format')
    .option(
      '--resume <DIR>',
      'keeps what was read of each file there: a run after one that was stopped reads the others alone',
    )
    .option('--threads <N>', 'threads (default: all); results are the same', wholeNumber('--threads', 1));
}

/** Every option with its default. @throws bad-option for a combination that says nothing */
export function scanOptions(files: readonly string[], given: GivenScan): RegistryScanOptions {
  const { sample = 0, out = null, coded = null, study = null, keywords = null } = given;
  if (keywords === null && study === null && coded === null)
    throw needsMore('kaya registry scan', anyOf(['--keywords FILE', '--study STUDY']), null);
  if (files.length === 0 && study === null && coded === null)
    throw needsMore('kaya registry scan', anyOf(['FILE…', '--study STUDY']), null);
  if (sample > 0 && out?.toLowerCase().endsWith('.xlsx') !== true)
    throw badOption('--sample', String(sample), '--out FILE.xlsx');
  return {
    files,
    keywords,
    by: given.by ?? ['city', 'year'],
    study,
    reference: given.reference ?? null,
    variants: given.variants ?? null,
    count: given.count ?? null,
    status: given.status ?? null,
    branches: given.branches,
    individuals: given.individuals,
    exclusions: given.exclusions,
    negation: given.negation,
    log: given.log ?? { kind: 'log1p' },
    asOf: given.asOf ?? null,
    lastYear: given.lastYear ?? null,
    report: given.report === true,
    sample,
    seed: given.seed ?? 1,
    coded,
    ...(sample > 0 ? { format: 'text', out } : outputOf({ format: given.format, json: given.json, out })),
    threads: given.threads ?? null,
    resume: given.resume ?? null,
  };
}

function keysOf(value: string): ('city' | 'year')[] {
  return names(value).map(oneOf('--by', ['city', 'year'] as const));
}

function variantsOf(value: string): KeywordVariant[] {
  return names(value).map(oneOf('--variants', keywordVariants));
}

function logOf(value: string): LogForm {
  if (value === 'log1p' || value === 'log') return { kind: value };
  const c = /^log\+\d+(\.\d+)?$/.test(value) ? Number(value.slice(4)) : Number.NaN;
  if (!(c > 0)) throw badOption('--log', value, said('expected.log'));
  return { kind: 'plus', c };
}

function dayOf(value: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (match === null || Number.isNaN(Date.parse(value))) throw badOption('--as-of', value, said('expected.day'));
  return Number(match.slice(1).join(''));
}
