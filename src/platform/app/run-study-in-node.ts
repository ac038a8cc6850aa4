import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { StudyOutcome } from '../../study/run.ts';
import { programVersion } from '../program-version.ts';
import { reportBrowser } from './page-pdf.ts';
import { runStudyFolder } from './run-study.ts';

export interface RunStudyOptions {
  /** Folder of the results; default: `out/ID` in the folder that the program runs in. */
  readonly out?: string;
  /** Ids of tables and figures; left out: all, and the report. */
  readonly only?: readonly string[];
  /** Run every step again, and replace a raw layer that is not ours. */
  readonly force?: boolean;
  /** The report as report.pdf too, printed by a browser of this machine (Chromium, Chrome or Edge). */
  readonly pdf?: boolean;
  /** The report holds no data: it stands as it is, and says so. */
  readonly noData?: boolean;
  /** Default: as many as the machine has. */
  readonly threads?: number;
  /** Of what is told on the way and of the words in the results. Default: English. */
  readonly language?: 'en' | 'zh';
  /** Stops the run between two steps. */
  readonly signal?: AbortSignal;
  /** Told what a step does when it begins. */
  readonly onStep?: (id: string, label: string) => void;
  /** Told what is to be known, such as how a file was read. */
  readonly onWarning?: (text: string) => void;
}

/** What a run made, and where it is: report.html, results.json, panel.csv, tables and figures. */
export interface StudyRun extends Pick<StudyOutcome, 'hypotheses' | 'comparison' | 'truth'> {
  readonly folder: string;
  /** The data are made up, as a study without raw tables has them. */
  readonly isSynthetic: boolean;
  readonly tables: StudyOutcome['tables'];
  readonly figures: StudyOutcome['figures'];
  /** What results.json holds. */
  readonly results: object;
}

/** `runStudy` of the main entry, once it is called. */
export async function runStudyInNode(study: string, options: RunStudyOptions = {}): Promise<StudyRun> {
  requireOptions(options);
  const { out = null, only = [], force = false, noData = false, threads = null } = options;
  const nothing = (): void => undefined;
  const done = await runStudyFolder(
    { study, out, only, force, noData, threads, browser: reportBrowser({ ...options, only }, 'runStudy: pdf') },
    {
      language: options.language ?? 'en',
      progress: {
        step: options.onStep ?? nothing,
        detail: nothing,
        done: nothing,
        warn: options.onWarning ?? nothing,
      },
      signal: options.signal ?? new AbortController().signal,
      version: programVersion(),
      print: nothing,
    },
  );
  const { tables, figures, hypotheses, comparison, truth, results } = done.outcome;
  const { folder, isSynthetic } = done;
  return { folder, isSynthetic, tables, figures, hypotheses, comparison, truth, results };
}

/** What an option takes, in words, and whether a value is that. */
interface Taken {
  readonly expected: Expected;
  readonly takes: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const callback: Taken = { expected: said('takes.function'), takes: (value) => typeof value === 'function' };
const optionsTaken: Readonly<Record<keyof RunStudyOptions, Taken>> = {
  out: { expected: said('takes.path'), takes: isText },
  only: {
    expected: said('takes.ids'),
    takes: (value) => Array.isArray(value) && value.every(isText),
  },
  pdf: { expected: said('type.truth'), takes: (value) => typeof value === 'boolean' },
  force: { expected: said('type.truth'), takes: (value) => typeof value === 'boolean' },
  noData: { expected: said('type.truth'), takes: (value) => typeof value === 'boolean' },
  threads: {
    expected: said('range.whole_least', { value: '1' }),
    takes: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 1,
  },
  language: { expected: 'en, zh', takes: (value) => value === 'en' || value === 'zh' },
  signal: { expected: said('takes.signal'), takes: (value) => value instanceof AbortSignal },
  onStep: callback,
  onWarning: callback,
};

/** For programs without types: an unknown option is passed over by none, and a wrong value is told before anything runs. @throws bad-option */
function requireOptions(options: object): void {
  const known = Object.keys(optionsTaken);
  for (const [option, value] of Object.entries(options)) {
    const taken = known.includes(option) ? optionsTaken[option as keyof RunStudyOptions] : null; // one of its keys
    if (taken === null) throw badOption(option, value, known.join(', '), nearestName(option, known));
    if (value !== undefined && !taken.takes(value)) throw badOption(option, value, taken.expected, null);
  }
}

function badOption(option: string, value: unknown, expected: Expected, suggestion: string | null): StudyError {
  const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return new StudyError('bad-option', { option: `runStudy: ${option}`, value: shown, expected, suggestion });
}
