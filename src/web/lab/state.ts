import type { Language } from '../../output/format/text-key.ts';
import type { ChosenPanel, HowRead } from './contract.ts';
import { type Draft, emptyDraft } from './draft.ts';

/** What an address holds and undo takes back: everything but the data. */
export interface LabState {
  readonly language: Language;
  /** Name of the file that it was made with. */
  readonly file: string | null;
  /** How that file was read. */
  readonly how: HowRead;
  readonly panel: ChosenPanel;
  readonly draft: Draft;
  /** Place of the model that the form changes; null: a new one. */
  readonly changing: number | null;
  readonly models: readonly Draft[];
}

export const noPanel: ChosenPanel = { unit: '', time: '' };

export const plainReading: HowRead = { part: null, reading: { text: [], number: [], missing: [] } };

export function emptyState(language: Language): LabState {
  return { language, file: null, how: plainReading, panel: noPanel, draft: emptyDraft, changing: null, models: [] };
}

/** The model of the form as the newest one, or in place of the one that is being changed. */
export function withDraft(state: LabState): LabState {
  const { draft, changing, models } = state;
  const next = changing === null ? [...models, draft] : models.map((model, i) => (i === changing ? draft : model));
  return { ...state, models: next, changing: null };
}

/** Without a model; the form lets go of it if it was changing it. */
export function withoutModel(state: LabState, place: number): LabState {
  const { changing } = state;
  const models = state.models.filter((_, i) => i !== place);
  if (changing === null || changing < place) return { ...state, models };
  return { ...state, models, changing: changing === place ? null : changing - 1 };
}

/** A model in the form: to be changed, or as the beginning of a new one. */
export function withModelInForm(state: LabState, place: number, isChanged: boolean): LabState {
  const draft = state.models[place];
  return draft === undefined ? state : { ...state, draft, changing: isChanged ? place : null };
}

/** States that were, and those that were taken back. */
export interface History {
  readonly past: readonly LabState[];
  readonly future: readonly LabState[];
}

export const noHistory: History = { past: [], future: [] };
const longest = 200;

/** A step: what was is remembered, what was taken back is gone. */
export function stepped({ past }: History, before: LabState): History {
  return { past: [...past, before].slice(-longest), future: [] };
}

/** The state before the last step, or after the last one taken back; null where there is none. The language and the file that is read stay. */
export function moved(
  { past, future }: History,
  now: LabState,
  way: 'back' | 'forth',
): { readonly history: History; readonly state: LabState } | null {
  const state = way === 'back' ? past.at(-1) : future.at(-1);
  if (state === undefined) return null;
  const history =
    way === 'back'
      ? { past: past.slice(0, -1), future: [...future, now] }
      : { past: [...past, now], future: future.slice(0, -1) };
  return { history, state: { ...state, language: now.language, file: now.file, how: now.how } };
}
