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

/** What an address holds. */
export interface ReadAddress {
  readonly state: LabState;
  /** Words of models that the form has no field for, by name: they are left out, and the page says so. */
  readonly unknown: readonly string[];
}

/** What an address holds; null for one that holds no state, as every hand-made one may. */
export function readAddress(address: string): ReadAddress | null {
  const text = address.replace(/^#/, '');
  if (text === '') return null;
  const read = parsed(text);
  if (!isObject(read) || read.kaya !== written) return null;
  const language = languages.find((one) => one === read.language) ?? 'en';
  const { file = null, how = plainReading, panel = {}, draft = {}, models = [] } = read;
  if ((file !== null && typeof file !== 'string') || !isObject(panel) || !Array.isArray(models)) return null;
  const unknown = new Set<string>();
  const drafts = models.map((model) => draftOf(model, unknown));
  const own = draftOf(draft, unknown);
  const asRead = howOf(how);
  if (own === null || asRead === null || drafts.includes(null)) return null;
  const state = {
    ...emptyState(language),
    file,
    how: asRead,
    panel: { unit: textOf(panel.unit), time: textOf(panel.time) },
    draft: own,
    models: drafts.filter((one) => one !== null),
  };
  return { state, unknown: [...unknown] };
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

/** A draft whose fields are what they should be; null for another. Words without a field are added to `unknown`. */
function draftOf(value: unknown, unknown: Set<string>): Draft | null {
  if (!isObject(value)) return null;
  const { tests = [], errors = emptyDraft.errors, isSplitFull = false, ...others } = value;
  const kind = errorKinds.find((one) => one === errors);
  const asked = Array.isArray(tests) ? tests.map((one) => testOf(one, unknown)) : [null];
  if (kind === undefined || typeof isSplitFull !== 'boolean' || asked.includes(null)) return null;
  const texts = Object.entries(others).filter(([key]) => Object.hasOwn(emptyDraft, key) || !unknown.add(key));
  if (!texts.every(([, text]) => typeof text === 'string')) return null;
  const own = asked.filter((one) => one !== null && one !== undefined);
  return { ...emptyDraft, ...Object.fromEntries(texts), errors: kind, isSplitFull, tests: own };
}

/** Undefined: its word has no field. */
function testOf(value: unknown, unknown: Set<string>): AskedTest | null | undefined {
  if (!isObject(value) || typeof value.word !== 'string') return null;
  const word = testWords.find((one) => one === value.word);
  if (word !== undefined) return { word, text: textOf(value.text) };
  unknown.add(value.word);
  return undefined;
}
