import type { RequestWords } from '../../model/request/schema.ts';
import type { ChosenPanel } from './contract.ts';

/** Kinds of standard errors that the form offers; `other` is written out. */
export const errorKinds = ['iid', 'hc1', 'hc3', 'cluster', 'dk', 'nw', 'other'] as const;
export type ErrorKind = (typeof errorKinds)[number];

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
    ...(vcov === null ? {} : { vcov }),
    ...given('where', where),
    ...given('weights', weights),
    ...given(draft.isSplitFull ? 'fsplit' : 'split', split),
    ...given('estimator', estimator),
    ...thresholdOf(draft),
    ...testsOf(draft.tests),
  };
}

/** What stands above a column in a list of models: the formula as it is read, and its errors. */
export function vcovOf({ errors, by }: Draft): string | null {
  if (errors === 'other') return by.trim() === '' ? null : by.trim();
  if (errors === 'cluster') return `cluster:${by.replace(/\s+/g, '')}`;
  return errors;
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
