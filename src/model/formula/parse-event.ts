import { requireBudget } from '../../error/budget.ts';
import { anyOf, said } from '../../error/said.ts';
import type { Cursor } from '../../table/expression/cursor.ts';
import { expectSymbol, isCall, syntaxError } from '../../table/expression/cursor.ts';
import { accept, isSymbol, next, peek } from '../../table/token-cursor.ts';
import type { EventBinned, EventBins, EventFactor, EventGroup, EventOptions, EventRange } from './ast.ts';
import { readReferences } from './parse-level.ts';

/** Terms of a dated treatment. */
export const eventCalls: readonly string[] = ['event', 'sunab'];

/** The period before the treatment, fixest's `ref.p` and eventdd's `baseline`. */
export const usualReference: EventRange = { origin: 'zero', from: -1, to: -1 };

const binWords: Readonly<Record<string, EventBinned>> = {
  bin: 'both',
  'bin.c': 'cohort',
  'bin.p': 'period',
  'bin.rel': 'relative',
};

const optionsOf: Readonly<Record<EventFactor['form'], readonly string[]>> = {
  event: ['ref', 'leads', 'lags', 'bin'],
  sunab: ['ref.p', 'ref.c', 'leads', 'lags', ...Object.keys(binWords), 'att', 'no_agg'],
};

/**
 * Reads `event(first, year, ref = -1, leads = 5, lags = 5)`, `event(since)` or fixest's `sunab(first, year, ref.p = -1, …)`.
 * @throws formula-syntax, over-budget
 */
export function readEvent(cursor: Cursor): EventFactor {
  const form = next(cursor).text === 'sunab' ? 'sunab' : 'event';
  expectSymbol(cursor, '(');
  const columns = [readColumn(cursor)];
  let options: EventOptions = {
    ...{ references: [usualReference], cohorts: [], leads: null, lags: null, bins: {}, shown: 'periods' },
  };
  const seen = new Set<string>();
  while (accept(cursor, ',')) {
    if (!isSymbol(cursor, '=', 1)) {
      if (columns.length === 2 || seen.size > 0) throw optionExpected(cursor, form);
      columns.push(readColumn(cursor));
      continue;
    }
    const word = form === 'event' && peek(cursor).text === 'ref.p' ? 'ref' : peek(cursor).text;
    if (!optionsOf[form].includes(word) || seen.has(word)) throw optionExpected(cursor, form);
    seen.add(word);
    cursor.at += 2;
    options = { ...options, ...readOption(cursor, word, form, options) };
  }
  const [first = '', second] = columns;
  if (second === undefined && form === 'sunab') throw syntaxError(cursor, said('formula.event_time'));
  expectSymbol(cursor, ')', anyOf(['","', '")"']));
  return { kind: 'event', form, cohort: second === undefined ? null : first, period: second ?? first, options };
}

function optionExpected(cursor: Cursor, form: EventFactor['form']): Error {
  const names = optionsOf[form];
  return syntaxError(cursor, said('formula.event_option', { names: names.map((name) => `${name} =`) }), names);
}

function readColumn(cursor: Cursor): string {
  if (peek(cursor).kind !== 'name' || isCall(cursor)) throw syntaxError(cursor, said('formula.event_column'));
  return next(cursor).text;
}

function readOption(
  cursor: Cursor,
  word: string,
  form: EventFactor['form'],
  { bins, shown }: EventOptions,
): Partial<EventOptions> {
  switch (word) {
    case 'ref':
    case 'ref.p':
      return { references: readRanges(cursor) };
    case 'ref.c':
      return { cohorts: readReferences(cursor) };
    case 'leads':
    case 'lags':
      return { [word]: readCount(cursor) };
    case 'att':
    case 'no_agg': {
      const token = peek(cursor);
      const isOn = readTruth(cursor);
      const wanted = word === 'att' ? 'total' : 'cells';
      if (isOn && shown !== 'periods') throw syntaxError(cursor, said('formula.event_one_form'), [], token);
      return isOn ? { shown: wanted } : {};
    }
    default: {
      const of = form === 'event' ? 'relative' : (binWords[word] ?? 'both');
      const token = peek(cursor);
      const made = { ...bins, [of]: readBins(cursor) };
      if (made.both !== undefined && (made.cohort !== undefined || made.period !== undefined)) {
        throw syntaxError(cursor, said('formula.event_one_bin'), [], token);
      }
      return { bins: made };
    }
  }
}

function readCount(cursor: Cursor): number {
  const token = peek(cursor);
  const count = token.kind === 'number' ? Number(token.text) : Number.NaN;
  if (!Number.isSafeInteger(count) || count < 1) throw syntaxError(cursor, said('formula.event_count'));
  next(cursor);
  return count;
}

const truths: Readonly<Record<string, boolean>> = {
  TRUE: true,
  T: true,
  true: true,
  FALSE: false,
  F: false,
  false: false,
};

function readTruth(cursor: Cursor): boolean {
  const { kind, text } = peek(cursor);
  if (kind !== 'name' || !Object.hasOwn(truths, text)) throw syntaxError(cursor, 'TRUE, FALSE');
  next(cursor);
  return truths[text] === true;
}

/** `-1`, `-5:-2`, `.F`, `.F + 0:2`, or several of them in `c()`. */
function readRanges(cursor: Cursor): readonly EventRange[] {
  if (!(isCall(cursor) && peek(cursor).text === 'c')) return [readRange(cursor)];
  cursor.at += 2;
  const ranges = [readRange(cursor)];
  while (accept(cursor, ',')) ranges.push(readRange(cursor));
  expectSymbol(cursor, ')', anyOf(['","', '")"']));
  return ranges;
}

function readRange(cursor: Cursor): EventRange {
  const token = peek(cursor);
  const origin = token.text === '.F' ? 'first' : token.text === '.L' ? 'last' : 'zero';
  if (origin !== 'zero') {
    next(cursor);
    if (!isSymbol(cursor, '+') && !isSymbol(cursor, '-')) return { origin, from: 0, to: 0 };
  }
  const isMinus = isSymbol(cursor, '-');
  // R's `.L - 0:2` takes the whole range off.
  const flips = origin !== 'zero' && isMinus;
  if (origin !== 'zero') next(cursor);
  const from = readWhole(cursor);
  const to = accept(cursor, ':') ? readWhole(cursor) : from;
  requireBudget('terms', Math.abs(to - from), cursor.text);
  return flips ? { origin, from: -from, to: -to } : { origin, from, to };
}

function readWhole(cursor: Cursor): number {
  const isMinus = accept(cursor, '-');
  const token = peek(cursor);
  const value = token.kind === 'number' ? Number(token.text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw syntaxError(cursor, said('formula.event_period'));
  next(cursor);
  return isMinus && value !== 0 ? -value : value;
}

/** `"bin::2"`, `3:2`, `c(3, 4)`, or `list("3" = 1:3, 4:6)`. */
function readBins(cursor: Cursor): EventBins {
  const token = peek(cursor);
  if (token.kind === 'string') {
    const parts = /^(!{0,2})bin::(\d+)$/.exec(token.text);
    const width = Number(parts?.[2] ?? 0);
    if (parts === null || width < 1) throw syntaxError(cursor, said('formula.event_bins'));
    next(cursor);
    return { kind: 'every', width, origin: parts[1] === '' ? 'zero' : parts[1] === '!' ? 'first' : 'last' };
  }
  if (!(isCall(cursor) && token.text === 'list')) {
    if (token.kind === 'name' && !isCall(cursor) && !token.text.startsWith('.'))
      throw syntaxError(cursor, said('formula.event_bins'));
    return { kind: 'groups', groups: [{ name: null, values: readRanges(cursor) }] };
  }
  cursor.at += 2;
  const groups = [readGroup(cursor)];
  while (accept(cursor, ',')) groups.push(readGroup(cursor));
  expectSymbol(cursor, ')', anyOf(['","', '")"']));
  return { kind: 'groups', groups };
}

function readGroup(cursor: Cursor): EventGroup {
  if (!isSymbol(cursor, '=', 1)) return { name: null, values: readRanges(cursor) };
  const { kind, text } = peek(cursor);
  const name = kind === 'string' || kind === 'name' || kind === 'number' ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(name)) throw syntaxError(cursor, said('formula.event_bin_name'));
  cursor.at += 2;
  return { name, values: readRanges(cursor) };
}
