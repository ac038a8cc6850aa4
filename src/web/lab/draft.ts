import type { RequestWords } from '../../model/request/schema.ts';
import type { ChosenPanel } from './contract.ts';

/** Kinds of standard errors that the form offers, those of the catalog; `other` is written out. */
export const errorKinds = [
  ...(['iid', 'hc0', 'hc1', 'hc2', 'hc3'] as const),
  ...(['cluster', 'cr2', 'cr3', 'jackknife'] as const),
  ...(['dk', 'nw', 'thompson', 'ac', 'kiefer', 'pcse', 'white2', 'conley', 'other'] as const),
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** What stands behind the colon of a kind: groups in one way or more, one group, lags that it may have, the reach of Conley's. */
export type ErrorArgument = 'groups' | 'group' | 'lags' | 'reach' | 'written';
const errorArguments: Partial<Record<ErrorKind, ErrorArgument>> = {
  ...{ cluster: 'groups', cr2: 'group', cr3: 'group', jackknife: 'group', white2: 'group' },
  ...{ dk: 'lags', nw: 'lags', thompson: 'lags', ac: 'lags', conley: 'reach', other: 'written' },
};

/** What is to be said of a kind; null: nothing. */
export function argumentOf(kind: ErrorKind): ErrorArgument | null {
  return errorArguments[kind] ?? null;
}

/** Words that are asked for after the fit: those with a text of their own, and those that are on or off. */
export const testWords = [
  'test',
  'lincom',
  'nlcom',
  'diagnose',
  'hausman',
  'mundlak',
  're',
  'wild',
  'clusters',
  'omitted',
  'family',
  'permute',
  'leave_out',
  'dfbeta',
  'margins',
  'mediators',
  'curve',
  'reps',
  'seed',
  'ssc',
] as const;
export type TestWord = (typeof testWords)[number];

const flags: ReadonlySet<TestWord> = new Set(['hausman', 'mundlak', 're']);
const counts: ReadonlySet<TestWord> = new Set(['reps', 'seed']);

/** Whether a word is asked for by itself. */
export function isFlag(word: TestWord): boolean {
  return flags.has(word);
}

export interface AskedTest {
  readonly word: TestWord;
  readonly text: string;
}

/** A model as it is typed into the form: texts alone, empty where nothing is asked for. */
export interface Draft {
  readonly formula: string;
  readonly errors: ErrorKind;
  /** What errors are clustered by, or the covariance as it is written. */
  readonly by: string;
  readonly where: string;
  readonly weights: string;
  readonly split: string;
  readonly isSplitFull: boolean;
  readonly endogenous: string;
  readonly instruments: string;
  readonly estimator: string;
  readonly thresholdBy: string;
  readonly regime: string;
  readonly thresholds: string;
  readonly boot: string;
  readonly tests: readonly AskedTest[];
}

export const emptyDraft: Draft = {
  formula: '',
  errors: 'iid',
  by: '',
  where: '',
  weights: '',
  split: '',
  isSplitFull: false,
  endogenous: '',
  instruments: '',
  estimator: '',
  thresholdBy: '',
  regime: '',
  thresholds: '1',
  boot: '0',
  tests: [],
};

/** The words of a request as `kaya reg` and a study take them. What is wrong with them is told where they are read. */
export function wordsOf(draft: Draft, { unit, time }: ChosenPanel): RequestWords {
  const { where, weights, split, estimator } = draft;
  const vcov = vcovOf(draft);
  return {
    formula: formulaOf(draft),
    ...(unit === '' || time === '' ? {} : { panel: { unit, time } }),
    ...(vcov === null ? {} : { vcov: typeof vcov === 'string' ? vcov : [...vcov] }),
    ...given('where', where),
    ...given('weights', weights),
    ...given(draft.isSplitFull ? 'fsplit' : 'split', split),
    ...given('estimator', estimator),
    ...thresholdOf(draft),
    ...testsOf(draft.tests),
  };
}

/** The covariance in the words of a request; several are written between semicolons. Null: that of `kaya reg`. */
export function vcovOf({ errors, by }: Draft): string | readonly string[] | null {
  const argument = argumentOf(errors);
  const text = argument === 'groups' || argument === 'group' ? by.replace(/\s+/g, '') : by.trim();
  if (argument === null || (argument === 'lags' && text === '')) return errors;
  if (argument !== 'written') return `${errors}:${text}`;
  const [first = null, ...others] = text
    .split(/[;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return first === null || others.length === 0 ? first : [first, ...others];
}

/** The formula with its instruments as the last part. */
export function formulaOf({ formula, endogenous, instruments }: Draft): string {
  if (endogenous.trim() === '' && instruments.trim() === '') return formula.trim();
  return `${formula.trim()} | ${endogenous.trim()} ~ ${instruments.trim()}`;
}

function given<K extends string>(key: K, text: string): { readonly [P in K]?: string } {
  return text.trim() === '' ? {} : ({ [key]: text.trim() } as { readonly [P in K]: string }); // the key is the one given
}

function thresholdOf({ thresholdBy, regime, thresholds, boot }: Draft): Pick<RequestWords, 'threshold'> {
  if (thresholdBy.trim() === '' && regime.trim() === '') return {};
  return {
    threshold: { by: thresholdBy.trim(), regime: regime.trim(), thresholds: Number(thresholds), boot: Number(boot) },
  };
}

/** Several texts of one word are a list of it. */
function testsOf(tests: readonly AskedTest[]): Partial<RequestWords> {
  const asked: Record<string, unknown> = {};
  for (const { word, text } of tests) {
    if (isFlag(word)) asked[word] = true;
    else if (counts.has(word)) asked[word] = Number(text);
    else if (text.trim() !== '') {
      const before = asked[word];
      asked[word] = before === undefined ? text.trim() : [before, text.trim()].flat();
    }
  }
  return asked as Partial<RequestWords>; // words of the schema, which is what reads them
}
