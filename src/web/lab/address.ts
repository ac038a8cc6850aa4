import { languages } from '../../output/format/text-key.ts';
import { jsonValue } from '../../table/json-text.ts';
import type { HowRead } from './contract.ts';
import { type AskedTest, type Draft, emptyDraft, errorKinds, testWords } from './draft.ts';
import { emptyState, type LabState, plainReading } from './state.ts';

/** Version of what stands in an address. */
const written = 1;

/** The state as the part of an address behind `#`. Nothing of the data is in it. */
export function addressOf({ language, file, how, panel, draft, models }: LabState): string {
  const shown = {
    kaya: written,
    language,
    ...(file === null ? {} : { file }),
    ...(isSame(how, plainReading) ? {} : { how }),
    ...(panel.unit === '' && panel.time === '' ? {} : { panel }),
    ...(isSame(draft, emptyDraft) ? {} : { draft: told(draft) }),
    ...(models.length === 0 ? {} : { models: models.map(told) }),
  };
  return `#${encodeURIComponent(JSON.stringify(shown))}`;
}

/** What of a draft is not as it begins. */
function told(draft: Draft): Partial<Draft> {
  return Object.fromEntries(Object.entries(draft).filter(([key, value]) => !isSame(value, startOf(key))));
}

function startOf(key: string): unknown {
  return Object.entries(emptyDraft).find(([name]) => name === key)?.[1];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The state of an address; null for one that holds none, as every hand-made one may. */
export function stateOf(address: string): LabState | null {
  const text = address.replace(/^#/, '');
  if (text === '') return null;
  const read = parsed(text);
  if (!isObject(read) || read.kaya !== written) return null;
  const language = languages.find((one) => one === read.language) ?? 'en';
  const { file = null, how = plainReading, panel = {}, draft = {}, models = [] } = read;
  if ((file !== null && typeof file !== 'string') || !isObject(panel) || !Array.isArray(models)) return null;
  const drafts = models.map(draftOf);
  const own = draftOf(draft);
  const asRead = howOf(how);
  if (own === null || asRead === null || drafts.includes(null)) return null;
  return {
    ...emptyState(language),
    file,
    how: asRead,
    panel: { unit: textOf(panel.unit), time: textOf(panel.time) },
    draft: own,
    models: drafts.filter((one) => one !== null),
  };
}

function parsed(text: string): unknown {
  try {
    return jsonValue(decodeURIComponent(text));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A way of reading a file whose fields are what they should be; null for another. */
function howOf(value: unknown): HowRead | null {
  if (!isObject(value) || !isObject(value.reading)) return null;
  const { part } = value;
  const { text, number, missing } = value.reading;
  if (!(part === null || typeof part === 'string') || !isTexts(text) || !isTexts(number) || !isTexts(missing))
    return null;
  return { part, reading: { text, number, missing } };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** A draft whose fields are what they should be; null for another. */
function draftOf(value: unknown): Draft | null {
  if (!isObject(value)) return null;
  const { tests = [], errors = emptyDraft.errors, isSplitFull = false, ...texts } = value;
  const kind = errorKinds.find((one) => one === errors);
  const asked = Array.isArray(tests) ? tests.map(testOf) : [null];
  if (kind === undefined || typeof isSplitFull !== 'boolean' || asked.includes(null)) return null;
  const known = Object.entries(texts).every(([key, text]) => key in emptyDraft && typeof text === 'string');
  if (!known) return null;
  const own = asked.filter((one) => one !== null);
  return { ...emptyDraft, ...texts, errors: kind, isSplitFull, tests: own };
}

function testOf(value: unknown): AskedTest | null {
  if (!isObject(value)) return null;
  const word = testWords.find((one) => one === value.word);
  return word === undefined ? null : { word, text: textOf(value.text) };
}
