import { batch, computed, effect, signal } from '@preact/signals';
import type { ProgramName } from '../../export/contract.ts';
import type { RequestWords } from '../../model/request/schema.ts';
import type { RasterImage } from '../../output/document/contract.ts';
import { drawFigure } from '../../output/document/figure/draw-figure.ts';
import { studyOfModels } from '../../study/start/study-of-models.ts';
import { type Conversation, Stopped } from '../browser/conversation.ts';
import { rasterInPage } from '../browser/raster-in-page.ts';
import { saveFile } from '../browser/save-file.ts';
import { addressOf, readAddress } from './address.ts';
import type {
  Answer,
  DocumentFormat,
  Estimated,
  HowRead,
  OpenedData,
  Sentence,
  Shown,
  ShownResults,
} from './contract.ts';
import { wordsOf } from './draft.ts';
import { type Progress, programBeside, type Question, Refusal } from './program.ts';
import {
  emptyState,
  type History,
  type LabState,
  moved,
  noHistory,
  plainReading,
  stepped,
  withDraft,
} from './state.ts';
import { say } from './words/say.ts';

/** What the page is doing; null: nothing. */
export interface Doing extends Progress {
  readonly since: number;
}

/** What a model has come to. */
export type Outcome =
  | { readonly kind: 'done'; readonly estimated: Estimated }
  | { readonly kind: 'refused'; readonly message: Sentence };

/** A list that stays the same one while its items are the same ones, so that what rests on it rests. */
function keptWhileSame<T>(make: () => readonly T[]): () => readonly T[] {
  let kept: readonly T[] = [];
  return () => {
    const next = make();
    if (next.length !== kept.length || next.some((one, i) => one !== kept[i])) kept = next;
    return kept;
  };
}

/** What the page is started with. */
export interface LabSetup {
  readonly code: string;
  readonly version: string;
  readonly language: LabState['language'];
  readonly address: string;
  /** Keeps the address of the page. */
  readonly keepAddress: (address: string) => void;
}

function sentenceOf(error: unknown): Sentence {
  return error instanceof Refusal ? error.sentence : { en: String(error), zh: String(error) };
}

export type LabStore = ReturnType<typeof labStore>;

/** Everything that the page knows, and what can be done with it. */
export function labStore({ code, version, language, address, keepAddress }: LabSetup) {
  const read = readAddress(address);
  const restored = read?.state ?? null;
  const state = signal<LabState>(restored ?? emptyState(language));
  const history = signal<History>(noHistory);
  const data = signal<OpenedData | null>(null);
  const source = signal<{ readonly file: File; readonly how: HowRead } | null>(null);
  /** Sheets of the file, also where it is refused until one is chosen. */
  const sheets = signal<readonly string[]>([]);
  const doing = signal<Doing | null>(null);
  /** Told at the file, at the form, at what is taken away; in the words of the program. */
  const faults = signal<{ readonly file?: Sentence; readonly form?: Sentence; readonly taken?: Sentence }>({});
  const outcomes = signal<ReadonlyMap<string, Outcome>>(new Map());
  const shown = signal<ShownResults>({ tables: '', figures: [] });

  const onProgress = (progress: Progress): void => {
    doing.value = { ...progress, since: doing.value?.since ?? performance.now() };
  };
  // The data lie in one program; documents are set in another, so that tables never wait for an estimate.
  const desk = programBeside(code, onProgress);
  const clerk = programBeside(code, onProgress);
  /** Whether the program at the desk has the file: not before it is read, and not after a stop. */
  let isHeld = false;
  /** How often a file was opened: what became of an earlier one is of no interest. */
  let opened = 0;

  const words = (model: LabState['draft']): RequestWords => wordsOf(model, state.value.panel);
  const keyOf = (model: LabState['draft']): string => JSON.stringify(words(model));
  const outcomeOf = (model: LabState['draft']): Outcome | null => outcomes.value.get(keyOf(model)) ?? null;
  /** The models of the table: those that came to something. */
  const done = (): readonly LabState['draft'][] =>
    state.value.models.filter((model) => outcomeOf(model)?.kind === 'done');
  const estimated = computed(
    keptWhileSame(() =>
      done().flatMap((model) => {
        const outcome = outcomeOf(model);
        return outcome?.kind === 'done' ? [outcome.estimated] : [];
      }),
    ),
  );
  const languageNow = computed(() => state.value.language);

  const change = (next: LabState): void => {
    batch(() => {
      history.value = stepped(history.value, state.value);
      state.value = next;
    });
  };
  /** What is typed is no step: the browser takes it back letter by letter. */
  const type = (draft: Partial<LabState['draft']>): void => {
    state.value = { ...state.value, draft: { ...state.value.draft, ...draft } };
  };
  const refuse = (place: keyof typeof faults.value, error: unknown): void => {
    if (error instanceof Stopped) return;
    faults.value = { ...faults.value, [place]: sentenceOf(error) };
  };
  const forget = (place: keyof typeof faults.value): void => {
    faults.value = { ...faults.value, [place]: undefined };
  };

  const openHeld = async (file: File, { part, reading }: HowRead): Promise<OpenedData> => {
    const answer = await desk.ask({ kind: 'open', file, part, reading });
    if (answer.kind !== 'opened') throw new TypeError('another answer than a file');
    isHeld = true;
    return answer.data;
  };

  /** @param how left out: as the address has it for a file of that name */
  const open = async (file: File, chosen?: HowRead): Promise<void> => {
    const how = chosen ?? (file.name === state.value.file ? state.value.how : plainReading);
    desk.stop();
    isHeld = false;
    opened += 1;
    const own = opened;
    batch(() => {
      faults.value = {};
      data.value = null;
      outcomes.value = new Map();
      if (source.value?.file !== file) sheets.value = [];
      source.value = { file, how };
      doing.value = { step: 'read', share: null, since: performance.now() };
    });
    try {
      const read = await openHeld(file, how);
      const { panel } = state.value;
      const names = new Set(read.variables.map(({ name }) => name));
      const isKept = names.has(panel.unit) && names.has(panel.time);
      batch(() => {
        data.value = read;
        sheets.value = read.sheets;
        doing.value = null;
        state.value = {
          ...state.value,
          file: file.name,
          how,
          panel: isKept ? panel : (read.panel ?? { unit: '', time: '' }),
        };
      });
      await estimateMissing();
    } catch (error) {
      if (own !== opened || error instanceof Stopped) return;
      batch(() => {
        doing.value = null;
        if (error instanceof Refusal) sheets.value = error.sheets;
        refuse('file', error);
      });
    }
  };

  const estimateOne = async (model: LabState['draft']): Promise<Estimated> => {
    const from = source.value;
    if (from === null || data.value === null)
      throw new Refusal('needs-more', { en: say('en', 'no_data'), zh: say('zh', 'no_data') });
    const known = outcomeOf(model);
    if (known?.kind === 'done') return known.estimated;
    doing.value = { step: 'estimate', share: null, since: performance.now() };
    if (!isHeld) await openHeld(from.file, from.how);
    const asked = words(model);
    const answer = await desk.ask({ kind: 'estimate', words: asked });
    if (answer.kind !== 'estimated') throw new TypeError('another answer than estimates');
    outcomes.value = new Map([
      ...outcomes.value,
      [JSON.stringify(asked), { kind: 'done', estimated: answer.estimated }],
    ]);
    return answer.estimated;
  };

  /** The models that are in the list and have come to nothing yet, one after the other. */
  const estimateMissing = async (): Promise<void> => {
    if (data.value === null || doing.value !== null) return;
    const next = (): LabState['draft'] | undefined => state.value.models.find((model) => outcomeOf(model) === null);
    try {
      for (let model = next(); model !== undefined; model = next()) await estimateOrRefuse(model);
    } catch (error) {
      refuse('form', error);
    } finally {
      doing.value = null;
    }
  };

  /** What a model of the list comes to: a refusal stands beside it. @throws Stopped */
  const estimateOrRefuse = async (model: LabState['draft']): Promise<void> => {
    try {
      await estimateOne(model);
    } catch (error) {
      if (error instanceof Stopped) throw error;
      outcomes.value = new Map([...outcomes.value, [keyOf(model), { kind: 'refused', message: sentenceOf(error) }]]);
    }
  };

  /** Estimates the model of the form; it joins the others once it is estimated. */
  const estimate = async (): Promise<void> => {
    if (doing.value !== null) return;
    forget('form');
    const { draft } = state.value;
    try {
      await estimateOne(draft);
      change(withDraft({ ...state.value, draft }));
    } catch (error) {
      refuse('form', error);
    } finally {
      doing.value = null;
    }
  };

  const stop = (): void => {
    if (doing.value === null) return;
    const isReading = data.value === null;
    desk.stop();
    clerk.stop();
    isHeld = false;
    batch(() => {
      doing.value = null;
      if (isReading) source.value = null;
    });
  };

  const move = (way: 'back' | 'forth'): void => {
    const to = moved(history.value, state.value, way);
    if (to === null) return;
    batch(() => {
      history.value = to.history;
      state.value = to.state;
    });
    estimateMissing();
  };

  const shownNow = (): Shown => ({
    estimated: estimated.value,
    names: data.value?.names ?? {},
    reading: data.value?.diagnostics ?? [],
    language: languageNow.value,
    version,
  });

  const taken = async (action: () => Promise<void>): Promise<void> => {
    forget('taken');
    try {
      await action();
    } catch (error) {
      refuse('taken', error);
    }
  };
  const asking = async (of: Conversation<Question, Answer>, question: Question): Promise<Answer> => of.ask(question);
  const nameOf = (): string => (state.value.file ?? 'kaya').replace(/\.[^.]*$/, '');

  /** The figures of results as points, in their order. */
  const picturesOf = async (of: Shown): Promise<readonly RasterImage[]> => {
    const answer = await asking(clerk, { kind: 'show', shown: of });
    const pictures: RasterImage[] = [];
    for (const figure of answer.kind === 'shown' ? answer.results.figures : [])
      pictures.push(await rasterInPage(drawFigure(figure, of.language, () => document)));
    return pictures;
  };
  const takeDocument = (format: DocumentFormat): Promise<void> =>
    taken(async () => {
      const now = shownNow();
      const pictures = format === 'docx' ? await picturesOf(now) : [];
      const answer = await asking(clerk, { kind: 'print', shown: now, format, pictures });
      if (answer.kind === 'printed') saveFile(`${nameOf()}.${format}`, answer.content, 'application/octet-stream');
    });
  const takeScript = (program: ProgramName, ending: string): Promise<void> =>
    taken(async () => {
      const from = source.value;
      if (from === null) return;
      if (!isHeld) await openHeld(from.file, from.how);
      const asked = done().map(words);
      const answer = await asking(desk, { kind: 'script', words: asked, program });
      if (answer.kind === 'script') saveFile(`${nameOf()}.${ending}`, answer.text, 'text/plain');
    });
  /** @throws nothing: a study without a panel is not offered */
  const takeStudy = (): void => {
    const from = source.value;
    if (from === null) return;
    const { part, reading } = from.how;
    const file = part === null ? from.file.name : `${from.file.name}::${part}`;
    const { panel } = state.value;
    const id =
      nameOf()
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'study';
    const text = studyOfModels({ id, title: nameOf(), file, reading, panel, models: done().map(words) });
    saveFile('study.yaml', text, 'text/yaml');
  };

  effect(() => keepAddress(addressOf(state.value)));
  let newest = 0;
  effect(() => {
    const now = shownNow();
    newest += 1;
    const own = newest;
    if (now.estimated.length === 0) {
      shown.value = { tables: '', figures: [] };
      return;
    }
    asking(clerk, { kind: 'show', shown: now }).then(
      (answer) => {
        if (answer.kind === 'shown' && own === newest) shown.value = answer.results;
      },
      (error) => refuse('taken', error),
    );
  });

  return {
    state,
    history,
    data,
    source,
    sheets,
    doing,
    faults,
    outcomes,
    estimated,
    shown,
    /** Words that the address asks for and the form has no field for. */
    unknown: read?.unknown ?? [],
    isBadAddress: restored === null && address.replace(/^#/, '') !== '',
    outcomeOf,
    change,
    type,
    open,
    estimate,
    estimateMissing,
    stop,
    move,
    takeDocument,
    takeScript,
    takeStudy,
    say: (key: Parameters<typeof say>[1], values?: Readonly<Record<string, string>>) =>
      say(state.value.language, key, values),
  };
}
