import { existsSync, statSync } from 'node:fs';
import { basename, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { nearestName } from '../../error/nearest-name.ts';
import { type Said, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { type PanelShape, panelShape } from '../../model/panel-shape.ts';
import { describeDiagnostic } from '../../output/format/diagnostic-text/describe.ts';
import { formatText } from '../../output/format/format-text.ts';
import { parseAnyStudy } from '../../study/language/load-any-study.ts';
import type { TableRead } from '../../study/ports.ts';
import { chooseVariables, outcomeCandidates } from '../../study/start/choose-variables.ts';
import { recogniseKeys } from '../../study/start/recognise-keys.ts';
import { firstStudyText } from '../../study/start/study-text.ts';
import type { ColumnTable } from '../../table/column.ts';
import { numericColumn } from '../../table/expression/evaluate.ts';
import { whyText } from '../../table/text-reading.ts';
import type { CommandContext } from '../app/context.ts';
import { withReader } from '../app/data-command.ts';
import { usualName } from '../app/study-file.ts';
import { splitSource } from '../file/source-name.ts';
import { packageFolder } from '../package-folder.ts';
import { notWritable, writeAtomic } from '../store/atomic-file.ts';
import { makeFolder } from '../store/claim.ts';
import { withSlashes } from '../store/slashes.ts';
import { checkPlace } from '../store/target.ts';
import { type ReadingOptions, readOptionsOf } from './reading-options.ts';
import { badOption, needsMore } from './usage.ts';

export interface StudyInitFromOptions extends ReadingOptions {
  readonly folder: string;
  /** The data file, with a sheet or table behind `::`. */
  readonly from: string;
  readonly unit: string | null;
  readonly time: string | null;
  readonly outcome: string | null;
}

/**
 * Writes a first study about a data file that runs as it stands. What cannot be known is asked on a terminal; elsewhere the
 * option that says it is named with its candidates. The file is referred to by its relative path, never copied.
 * @throws bad-option, needs-more, duplicate-key with the rows, output-not-writable for a study file that is there already
 */
export async function runStudyInitFrom(options: StudyInitFromOptions, context: CommandContext): Promise<void> {
  const { folder, from, text: texts = [], number: numbers = [], missing = [] } = options;
  checkPlace(folder, { option: 'kaya study init' });
  const target = join(folder, usualName);
  if (existsSync(target)) throw occupied(target, said('place.there'));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw occupied(folder, said('place.is_file'));
  const read = await withReader(null, context, (reader) =>
    reader.read(from, readOptionsOf({ ...options, where: null })),
  );
  const { table, about } = read;
  for (const name of table.names) {
    for (const why of whyText(name, table.columns[name]))
      context.progress.warn(describeDiagnostic(why, context.language));
  }
  const keys = await keysOf(read, options, context);
  const shape = panelShape(table, keys, from);
  const candidates = outcomeCandidates(table, keys, about);
  if (candidates.length === 0) throw nothingVaries(keys, shape, options.outcome, table);
  const outcome = await chosenName('outcome', options.outcome, candidates, read, context);
  const variables = chooseVariables(table, keys, outcome, about);
  const text = firstStudyText(
    {
      id: idOf(folder),
      title: titleOf(from),
      file: relativeSource(folder, from),
      reading: { text: texts, number: numbers, missing },
      schema: relativePath(folder, join(packageFolder(), 'dist', 'study.schema.json')),
      ...keys,
      units: shape.units,
      periods: shape.times.length,
      rows: table.nrow,
      isCounted: shape.period !== null,
      outcome,
      ...variables,
      described: [outcome, ...variables.regressors],
    },
    context.language,
  );
  // What is written must check as it stands.
  parseAnyStudy(text, target, {}, table.names);
  await writeInto(folder, target, text);
  const values = { file: target, ...keys, units: shape.units, periods: shape.times.length, outcome };
  const command = `kaya study run ${shellWord(folder)}`;
  context.print(`${target}\n${formatText({ key: 'first.made', values: { ...values, command } }, context.language)}`);
}

/** A path as a shell has to be given it: it would take blanks, brackets and stars for its own. */
function shellWord(path: string): string {
  return /^[\p{L}\p{N}_.,:/\\+@%=-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** Writes a file into a folder that is made for it, and goes again where it cannot be written. */
async function writeInto(folder: string, target: string, text: string): Promise<void> {
  let clear = (): void => undefined;
  try {
    clear = makeFolder(folder);
    await writeAtomic(target, text);
  } catch (cause) {
    throw cause instanceof StudyError ? cause : notWritable(folder, cause);
  } finally {
    clear();
  }
}

async function keysOf(
  read: TableRead,
  given: Pick<StudyInitFromOptions, 'unit' | 'time'>,
  context: CommandContext,
): Promise<{ unit: string; time: string }> {
  const { table, about } = read;
  for (const side of ['unit', 'time'] as const) {
    const name = given[side];
    if (name !== null && !table.names.includes(name)) throw unknown(side, name, table.names);
  }
  if (given.unit !== null && given.time !== null) return { unit: given.unit, time: given.time };
  const said = { unit: given.unit ?? undefined, time: given.time ?? undefined };
  const found = recogniseKeys(table, about, said);
  if (found.keys !== null) return found.keys;
  // Rows that share the pair are told with their places: which of them to keep is for the user to say.
  if (given.time === null && found.repeated !== null) panelShape(table, found.repeated, '--from');
  const unit = given.unit ?? (await chosenName('unit', null, found.units, read, context));
  const again = recogniseKeys(table, about, { ...said, unit });
  if (again.keys !== null) return again.keys;
  if (given.time === null && again.repeated !== null) panelShape(table, again.repeated, '--from');
  return { unit, time: given.time ?? (await chosenName('time', null, again.times, read, context)) };
}

/** A column that the user names: by the option, else on a terminal. @throws bad-option, needs-more */
async function chosenName(
  what: 'unit' | 'time' | 'outcome',
  given: string | null,
  candidates: readonly string[],
  { table }: TableRead,
  context: CommandContext,
): Promise<string> {
  const known = candidates.length === 0 ? table.names : candidates;
  if (given !== null) {
    if (!table.names.includes(given)) throw unknown(what, given, known);
    // A text says itself why it is none.
    if (what === 'outcome') numericColumn(table, given, '--outcome');
    if (what === 'outcome' && !candidates.includes(given))
      throw badOption(`--${what}`, given, said('expected.outcome', { names: shown(known) }));
    return given;
  }
  const [first, second] = candidates;
  if (what === 'outcome' && first !== undefined && second === undefined) return first;
  if (context.ask === undefined) {
    if (candidates.length > 0)
      throw needsMore(`--${what}`, said('expected.one_of', { names: shown(known) }), `--${what} ${known[0]}`);
    throw needsMore(`--${what}`, said('needs.column', { names: shown(known) }), null);
  }
  const key = `first.ask_${what}` as const;
  const answer = (await context.ask(formatText({ key, values: { names: shown(known) } }, context.language))).trim();
  return chosenName(what, answer, candidates, { table, kept: null }, context);
}

/** Why no column can be the outcome of a two-way model: a text says it of itself, else the keys leave nothing to explain. */
function nothingVaries(
  { unit, time }: { readonly unit: string; readonly time: string },
  { units, times }: PanelShape,
  given: string | null,
  table: ColumnTable,
): StudyError<'bad-option'> {
  if (given !== null && table.columns[given]?.kind === 'text') numericColumn(table, given, '--outcome');
  const needed = said('expected.outcome_none', { unit, time, units, times: times.length });
  return badOption('--outcome', given ?? '', needed);
}

/** Names that a message lists. */
const mostShown = 40;

function shown(names: readonly string[]): string {
  return names.slice(0, mostShown).join(', ') + (names.length > mostShown ? ', …' : '');
}

function unknown(what: string, name: string, known: readonly string[]): StudyError<'bad-option'> {
  return badOption(`--${what}`, name, shown(known), nearestName(name, known));
}

function idOf(folder: string): string {
  const name = basename(resolve(folder));
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) ? name : 'my-study';
}

/** The name of the file without its ending. */
function titleOf(from: string): string {
  const { file } = splitSource(from);
  return (
    basename(file, extname(file))
      .replace(/[_-]+|\s+/g, ' ')
      .trim() || 'My study'
  );
}

function relativePath(folder: string, path: string): string {
  return withSlashes(relative(resolve(folder), resolve(path)));
}

/** A source as the study file names it: relative, unless it lies on another drive. */
function relativeSource(folder: string, from: string): string {
  const { file, part } = splitSource(from);
  const path = relativePath(folder, file);
  const shortest = isAbsolute(path) ? resolve(file) : path;
  return part === null ? shortest : `${shortest}::${part}`;
}

function occupied(path: string, reason: Said): StudyError<'output-not-writable'> {
  return new StudyError('output-not-writable', { path, reason, by: 'argument' });
}
