import { computed, signal } from '@preact/signals';
import { nearestOrLonger } from '../../error/nearest-name.ts';
import type { Bilingual } from '../../study/language/bilingual.ts';
import { isAuthors, versionAddress, versionNames } from '../../study/version/address.ts';
import { authorsVersion, type Version } from '../../study/version/contract.ts';
import type { VersionOffers } from '../../study/version/offers.ts';
import type { Share } from '../../study/version/run-version.ts';
import { type Beside, startBeside } from '../browser/beside.ts';
import type { Ask, Shown, Told } from './messages.ts';
import { afterFrame, whenIdle } from './out-of-sight.ts';
import type { PreparedPart, ReportParts } from './report-parts.ts';

/** How far the program beside the page is. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** What is said of units that a reader named. */
export type UnitNotice =
  /** They are left out, or taken back in, as soon as the study is open. */
  | { readonly kind: 'opening'; readonly names: readonly string[] }
  /** None is called so; the nearest there is. */
  | { readonly kind: 'unknown'; readonly name: string; readonly near: Bilingual | null };

/** The version that the reader is at, and what came of it. */
export interface VersionState {
  readonly version: { readonly value: Version };
  readonly offers: { readonly value: VersionOffers | null };
  readonly progress: { readonly value: Progress | null };
  readonly rows: { readonly value: { readonly rows: Share; readonly units: Share } | null };
  /** Why there is no such version, as text; null: there is one. */
  readonly refusal: { readonly value: Bilingual | null };
  /** What is said of a unit that the reader named; null: nothing. */
  readonly notice: { readonly value: UnitNotice | null };
  /** Whether the reader ended it before all of it was there. */
  readonly isStopped: { readonly value: boolean };
  readonly isChanged: { readonly value: boolean };
  readonly change: (changes: Partial<Version>) => void;
  readonly reset: () => void;
  /** Leaves out the unit of a name, or takes it back in: when the study is open; where no unit is called so, that is said. */
  readonly toggleUnit: (name: string) => void;
  /** Leaves out the unit of a name or key. @returns whether there is one; that there is none is said */
  readonly leaveOut: (name: string) => boolean;
  /** The page is as the authors have it for a moment, whatever the version. */
  readonly leave: () => void;
  /** The version that was left comes back. */
  readonly again: () => void;
  /** Ends what is being computed; what stands stays. */
  readonly stop: () => void;
}

/** The code of the program beside the page, and the study as `packStudy` gives it. */
interface Loaded {
  readonly code: Blob;
  readonly study: Uint8Array<ArrayBuffer>;
}

/** Versions whose estimates are kept ready. */
const mostAhead = 32;

/**
 * Holds a version, its address and its parts together.
 * @param load unpacks what the program needs, when it is first used
 * @param shown the language that the page holds
 */
export function versionState(load: () => Promise<Loaded>, parts: ReportParts, shown: () => Shown): VersionState {
  const version = signal<Version>(authorsVersion);
  const offers = signal<VersionOffers | null>(null);
  const progress = signal<Progress | null>(null);
  const rows = signal<{ rows: Share; units: Share } | null>(null);
  const refusal = signal<Bilingual | null>(null);
  const isStopped = signal(false);
  const notice = signal<UnitNotice | null>(null);
  let run = 0;
  /** Counts the words that the page had: what was made ready over others is of no use. */
  let pageWords = 0;
  let isOpen = false;
  /** Dots that were pressed before the study was open. */
  const pressed: string[] = [];
  /** Estimates of versions that a choice of covariance leads to, ready to stand. */
  const ahead = new Map<string, readonly (PreparedPart | Told | null)[]>();
  const failed = (reason: string): void => {
    progress.value = null;
    refusal.value = { en: reason, zh: reason };
  };
  let program: Promise<Loaded & { readonly beside: Beside<Ask> }> | null = null;
  const ask = (message: (loaded: Loaded) => Ask): void => {
    program ??= load().then((loaded) => ({ ...loaded, beside: startBeside<Ask, Told>(loaded.code, inTurn, failed) }));
    program.then(
      ({ beside, code, study }) => beside.ask(message({ code, study })),
      (error) => failed(String(error)),
    );
  };

  /** What was told and waits; null: nothing does, and a message is taken at once. */
  let untaken: Told[] | null = null;
  /** Counts the frames that are waited for. */
  let frames = 0;

  /** Takes messages in their order, one a task, and none between a choice and the frame that shows it. */
  function inTurn(message: Told): void {
    if (untaken === null) told(message);
    else untaken.push(message);
  }

  function takeAfterFrame(): void {
    frames += 1;
    const own = frames;
    untaken ??= [];
    const takeNext = (): void => {
      if (own !== frames) return;
      const next = untaken?.shift();
      if (next === undefined) untaken = null;
      else {
        told(next);
        setTimeout(takeNext, 0);
      }
    };
    afterFrame(takeNext);
  }

  function told(message: Told): void {
    if (message.kind === 'opened') {
      offers.value = message.offers;
      toggleAll(pressed.splice(0));
      return;
    }
    if (message.kind === 'ahead') {
      if (message.language === shown()) keepAhead(message);
      return;
    }
    // Of a version that the reader has left.
    if (!('run' in message) || message.run !== run) return;
    switch (message.kind) {
      case 'rows':
        rows.value = { rows: message.rows, units: message.units };
        return;
      case 'left':
        parts.leave(message.places);
        return;
      case 'markup':
        parts.replace(parts.prepare(message));
        return;
      case 'progress':
        progress.value = { done: message.done, of: message.of };
        return;
      case 'read':
        show(message.version);
        return;
      case 'ended':
        progress.value = null;
        parts.settle();
        lookAhead();
        return;
      case 'refused':
        progress.value = null;
        refusal.value = message.reason;
        // There is no such version: the numbers are the authors'.
        rows.value = null;
        parts.restore();
        return;
    }
  }

  /** Makes the parts of a version ready, one at a time. */
  function keepAhead({ version: of, parts: told }: Extract<Told, { kind: 'ahead' }>): void {
    const key = changesOf(of);
    const made: (PreparedPart | Told | null)[] = [];
    const [since, steps] = [pageWords, told.values()];
    const makeNext = (): void => {
      if (since !== pageWords) return;
      const { value } = steps.next();
      if (value !== undefined) {
        made.push(value.kind === 'markup' ? parts.prepare(value) : value);
        whenIdle(makeNext);
        return;
      }
      ahead.delete(key);
      ahead.set(key, made);
      for (const oldest of ahead.keys()) if (ahead.size > mostAhead) ahead.delete(oldest);
    };
    makeNext();
  }

  /** Asks for what the reader may choose next. */
  function lookAhead(): void {
    const message: Ask = { kind: 'ahead', run, version: { ...version.value, vcov: null }, language: shown() };
    ask(() => message);
  }

  /** Sets what is there of a version already. @returns whether it is */
  function setAhead(next: Version): boolean {
    const made = ahead.get(changesOf(next));
    for (const one of made ?? []) {
      if (one === null) continue;
      if ('next' in one) parts.replace(one);
      else if (one.kind === 'left') parts.leave(one.places);
      else if (one.kind === 'rows') rows.value = { rows: one.rows, units: one.units };
    }
    return made !== undefined;
  }

  function open(): void {
    if (isOpen) return;
    isOpen = true;
    ask((loaded) => ({ kind: 'open', ...loaded }));
  }

  function show(next: Version): void {
    // What is in sight is looked up before anything on the page changes: else it would be laid out once for that alone.
    parts.begin(changesOf(next));
    // How many rows are left is of the version before.
    const { period, where, without } = version.value;
    if (next.period !== period || next.where !== where || next.without !== without) rows.value = null;
    version.value = next;
    refusal.value = null;
    isStopped.value = false;
    notice.value = null;
    run += 1;
    if (isAuthors(next)) {
      keepAddress(next);
      progress.value = null;
      rows.value = null;
      parts.restore();
      // What it is at is of no use any more.
      const rest: Ask = { kind: 'rest', run };
      if (isOpen) ask(() => rest);
      return;
    }
    open();
    progress.value = { done: 0, of: 1 };
    const isAhead = setAhead(next);
    parts.wait();
    const message: Ask = { kind: 'show', run, version: next, language: shown(), isAhead };
    ask(() => message);
    // To write an address takes as long as a table: the page is drawn first.
    afterFrame(() => keepAddress(version.value));
    takeAfterFrame();
  }

  /** The unit of a name or key. @returns null where there is none, which is said */
  function unitOf(name: string): string | null {
    const units = offers.value?.units ?? [];
    const found = units.find((one) => namesOf(one).includes(name));
    if (found !== undefined) return found.key;
    const near = nearestOrLonger(name, units.flatMap(namesOf));
    const unit = near === null ? undefined : units.find((one) => namesOf(one).includes(near));
    notice.value = { kind: 'unknown', name, near: unit?.name ?? null };
    return null;
  }

  function toggleAll(names: readonly string[]): void {
    let { without } = version.value;
    for (const name of names) {
      const key = unitOf(name);
      if (key !== null) without = without.includes(key) ? without.filter((one) => one !== key) : [...without, key];
    }
    const said = notice.value;
    if (without !== version.value.without) show({ ...version.value, without });
    // A name among them that no unit has is still said.
    notice.value = said?.kind === 'unknown' ? said : null;
  }

  const asked = [...new URLSearchParams(location.search)].filter(([name]) => versionNames.includes(name));
  if (asked.length > 0) {
    open();
    const message: Ask = { kind: 'read', run, address: asked };
    ask(() => message);
  } else {
    whenIdle(() => {
      open();
      lookAhead();
    });
  }

  return {
    ...{ version, offers, progress, rows, refusal, notice, isStopped },
    isChanged: computed(() => !isAuthors(version.value)),
    change: (changes) => show({ ...version.value, ...changes }),
    reset: () => show(authorsVersion),
    toggleUnit: (name) => {
      if (offers.value === null) {
        pressed.push(name);
        notice.value = { kind: 'opening', names: [...pressed] };
        open();
        return;
      }
      notice.value = null;
      toggleAll([name]);
    },
    leaveOut: (name) => {
      notice.value = null;
      if (name === '') return false;
      const key = unitOf(name);
      const { without } = version.value;
      if (key !== null && !without.includes(key)) show({ ...version.value, without: [...without, key] });
      return key !== null;
    },
    leave: () => {
      run += 1;
      parts.restoreAll();
    },
    again: () => {
      parts.renew();
      pageWords += 1;
      ahead.clear();
      if (!isAuthors(version.value)) show(version.value);
      else if (isOpen) lookAhead();
    },
    stop: () => {
      void program?.then(({ beside }) => beside.stop());
      isOpen = false;
      run += 1;
      progress.value = null;
      isStopped.value = true;
      parts.settle();
    },
  };
}

function namesOf({ key, name }: VersionOffers['units'][number]): readonly string[] {
  return [name.en, name.zh, key];
}

/** What makes a version, as its address says it. */
function changesOf(version: Version): string {
  return versionAddress(version)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

/** Writes the version into the address; what else stands there stays. */
function keepAddress(version: Version): void {
  const words = new URLSearchParams(location.search);
  for (const name of versionNames) words.delete(name);
  for (const [name, value] of versionAddress(version)) words.append(name, value);
  const query = words.toString();
  history.replaceState(null, '', `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`);
}
