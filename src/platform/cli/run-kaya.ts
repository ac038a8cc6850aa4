import { setBudgets } from '../../error/budget.ts';
import { type BudgetName, budgets } from '../../error/budgets.ts';
import { exitStatusOf } from '../../error/codes.ts';
import { isStudyError, reasonOf, StudyError } from '../../error/study-error.ts';
import type { Language } from '../../output/format/text-key.ts';
import type { CommandContext, Outside } from '../app/context.ts';
import { machineFailure } from '../machine-failure.ts';
import { programVersion } from '../program-version.ts';
import { buildProgram } from './program.ts';
import { createProgress } from './progress.ts';
import { badOption, commandOf, helpStatus, isHelp, type TypedLine, withCommand } from './usage.ts';

/**
 * Runs one command line.
 * @returns the exit status: 0 done, 1 the data or the numbers say no, 2 wrong usage, 3 a fault of ours, 130 or 143 stopped
 */
export async function runKaya(argv: readonly string[], outside: Outside): Promise<number> {
  let language = usualLanguage(outside.environment);
  const version = programVersion();
  const progress = createProgress(outside.stderr);
  let command = 'kaya';
  try {
    const chosen = takeLanguage(argv);
    language = chosen.language ?? language;
    setBudgets(budgetsOf(outside.environment.KAYA_BUDGETS));
    const context: CommandContext = {
      language,
      progress,
      signal: outside.signal,
      version,
      command: ['kaya', ...argv].join(' '),
      print: (text) => outside.print(text.endsWith('\n') ? text : `${text}\n`),
      ...(outside.ask === undefined ? {} : { ask: outside.ask }),
    };
    const line = { argv: chosen.rest, home: outside.environment.HOME };
    const program = buildProgram({
      context,
      line,
      run: outside.apart ?? runKaya,
      writeError: (text) => outside.stderr.write(text),
    });
    command = commandOf(program, chosen.rest);
    await program.parseAsync([...chosen.rest], { from: 'user' });
    return 0;
  } catch (error) {
    if (isHelp(error)) return helpStatus(error);
    const known = outside.signal.aborted ? outside.signal.reason : error;
    progress.stop();
    const failure = failureOf(known);
    const told =
      failure === known
        ? withCommand(await translated(failure, { argv, home: outside.environment.HOME }), command)
        : failure;
    return sayFailure(told, error, { ...outside, language });
  }
}

/** What an error is to whoever ran the command: what the program refused, what the machine lacks, else a fault of ours. */
function failureOf(error: unknown): StudyError {
  if (isStudyError(error) && exitStatusOf(error.code) !== 3) return error;
  return machineFailure(error) ?? (isStudyError(error) ? error : internal(error));
}

/** One sentence, and the exit status. */
async function sayFailure(
  failure: StudyError,
  error: unknown,
  { stderr, environment, language }: Pick<Outside, 'stderr' | 'environment'> & { readonly language: Language },
): Promise<number> {
  // Loaded here, so that `kaya --help` does not wait for the sentences.
  const { describeError } = await import('../../output/format/error-text/describe.ts');
  stderr.write(`${describeError(failure, language)}\n`);
  const status = exitStatusOf(failure.code);
  if (status === 3 && environment.KAYA_DEBUG === '1') stderr.write(`${stackOf(error)}\n`);
  return isStudyError(failure, 'interrupted') ? interruptedStatus(failure.detail.signal) : status;
}

/** `models=50000,terms=20000` of KAYA_BUDGETS. @throws bad-option */
function budgetsOf(written = ''): Partial<Record<BudgetName, number>> {
  const entries = written.split(',').filter((one) => one.trim() !== '');
  return Object.fromEntries(
    entries.map((entry) => {
      const [name = '', value = ''] = entry.split('=').map((part) => part.trim());
      const expected = Object.keys(budgets)
        .map((known) => `${known}=N`)
        .join(', ');
      if (!Object.hasOwn(budgets, name) || !/^[1-9]\d{0,14}$/.test(value))
        throw badOption('KAYA_BUDGETS', entry, expected);
      return [name, Number(value)];
    }),
  );
}

/** The words of a command that is ended before its step is, once a signal has come. */
export async function sayStopped(argv: readonly string[], { stderr, environment, signal }: Outside): Promise<void> {
  const { describeError } = await import('../../output/format/error-text/describe.ts');
  const language = takeLanguage(argv).language ?? usualLanguage(environment);
  if (isStudyError(signal.reason)) stderr.write(`${describeError(signal.reason, language)}\n`);
}

/** The words of what brought a command down from outside of it, or reached the process itself, and the exit status. */
export async function sayFailed(error: unknown, argv: readonly string[], outside: Outside): Promise<number> {
  const failure = failureOf(error);
  try {
    const language = takeLanguage(argv).language ?? usualLanguage(outside.environment);
    return await sayFailure(failure, error, { ...outside, language });
  } catch (cause) {
    // Not even the sentences can be loaded: too few file handles, or no memory.
    outside.stderr.write(`kaya: ${reasonOf(error)} (${reasonOf(cause)})\n`);
    return exitStatusOf(failure.code);
  }
}

/** Wrong usage of a command that takes a formula, told in the words of what was meant: `--cluster firm` is --vcov cluster:firm. */
async function translated(error: StudyError, line: TypedLine): Promise<StudyError> {
  if (!isStudyError(error, 'bad-option') || !/^kaya (?:reg|threshold)$/.test(error.detail.option)) return error;
  const { usageHabit } = await import('./option-habits.ts');
  return usageHabit(error, line) ?? error;
}

function usualLanguage(environment: Outside['environment']): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** `--lang` may stand anywhere before `--`, so it is taken out before the commands see the line. */
function takeLanguage(argv: readonly string[]): { language: Language | null; rest: readonly string[] } {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const at = argv.findIndex((word, i) => i < end && (word === '--lang' || word.startsWith('--lang=')));
  if (at < 0) return { language: null, rest: argv };
  const word = argv[at] ?? '';
  const isJoined = word !== '--lang';
  const value = isJoined ? word.slice('--lang='.length) : (argv[at + 1] ?? '');
  if (value !== 'en' && value !== 'zh') throw badOption('--lang', value, 'en, zh');
  return { language: value, rest: [...argv.slice(0, at), ...argv.slice(at + (isJoined ? 1 : 2))] };
}

function internal(error: unknown): StudyError<'internal'> {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new StudyError('internal', { reason }, { cause: error });
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function interruptedStatus(signal: string): number {
  return signal === 'SIGTERM' ? 143 : 130;
}
