import type { Command, CommanderError, Option } from 'commander';
import { nearestName } from '../../error/nearest-name.ts';
import { type Expected, said } from '../../error/said.ts';
import { isStudyError, StudyError, systemCode } from '../../error/study-error.ts';

/** The words of the command line, and the folder that the shell puts in place of a bare ~. */
export interface TypedLine {
  readonly argv: readonly string[];
  readonly home: string | undefined;
}

/** Makes every command of a program throw instead of leaving the process: our errors for wrong usage. */
export function throwOnWrongUsage(command: Command): void {
  command.exitOverride((error) => {
    throw isHelp(error) ? error : usageError(command, error);
  });
  command.configureOutput({ outputError: () => undefined });
  for (const option of command.options) refuseTwice(command, option);
  for (const inner of command.commands) throwOnWrongUsage(inner);
}

/** Of two values of an option none is dropped: a reader that takes what stood before collects them, another refuses the second. */
function refuseTwice(command: Command, option: Option): void {
  const isCollected = (option.parseArg?.length ?? 0) > 1;
  if (isCollected || option.isBoolean()) return;
  let first: string | null = null;
  command.on(`option:${option.name()}`, (value: string | null) => {
    if (value === null) return;
    if (first !== null && first !== value)
      throw badOption(option.long ?? option.flags, value, said('expected.given_once', { value: first }));
    first = value;
  });
}

/** Whether help or the version was printed: done when it was asked for, wrong usage when a command was missing. */
export function isHelp(error: unknown): error is CommanderError {
  const code = systemCode(error);
  return code === 'commander.helpDisplayed' || code === 'commander.version' || code === 'commander.help';
}

export function helpStatus(error: CommanderError): 0 | 2 {
  return error.code === 'commander.help' ? 2 : 0;
}

function usageError(command: Command, error: CommanderError): StudyError {
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const help = command.createHelp();
  switch (error.code) {
    case 'commander.unknownCommand':
      return unknownCommand(
        fullName(command),
        named,
        help.visibleCommands(command).map((inner) => inner.name()),
      );
    case 'commander.unknownOption':
      return refusal(
        fullName(command),
        named,
        help.visibleOptions(command).flatMap((option) => option.long ?? []),
      );
    case 'commander.optionMissingArgument':
      return needsMore(named.replace(/[ ,].*/, ''), said('needs.value'), named);
    case 'commander.missingMandatoryOptionValue':
      return needsMore(fullName(command), plainFlags(named), exampleOf(named));
    case 'commander.missingArgument':
      return needsMore(fullName(command), named, usageOf(command));
    case 'commander.excessArguments':
      return badOption(fullName(command), command.args.at(-1) ?? '', usageOf(command));
    default:
      return badOption(fullName(command), named, usageOf(command));
  }
}

/** What other programs call the commands. */
const sameCommand: Readonly<Record<string, string>> = {
  regress: 'reg',
  regression: 'reg',
  reghdfe: 'reg',
  xtreg: 'reg',
  areg: 'reg',
  ivreg: 'reg',
  ivregress: 'reg',
  ivreg2: 'reg',
  ivreghdfe: 'reg',
  feols: 'reg',
  felm: 'reg',
  plm: 'reg',
  lm: 'reg',
  ols: 'reg',
  estimate: 'reg',
  fit: 'reg',
  summarize: 'describe',
  summarise: 'describe',
  summary: 'describe',
  sum: 'describe',
  su: 'describe',
  xtsum: 'describe',
  tabstat: 'describe',
  codebook: 'describe',
  stats: 'describe',
  descriptives: 'describe',
  xthreg: 'threshold',
  xtthres: 'threshold',
  thr: 'threshold',
  run: 'study run',
  init: 'study init',
  check: 'study check',
  validate: 'study check',
  build: 'panel build',
  why: 'panel why',
};

function unknownCommand(program: string, typed: string, known: readonly string[]): StudyError<'bad-option'> {
  const word = typed.toLowerCase();
  const same = program === 'kaya' && Object.hasOwn(sameCommand, word) ? `kaya ${sameCommand[word]}` : null;
  return badOption(program, typed, known.join(', '), same ?? nearestName(typed, known));
}

/** Values that an example shows, by the name that the help gives a value. */
const exampleValues: Readonly<Record<string, string>> = {
  VARS: 'x',
  VAR: 'x',
  NAME: 'y',
  CODE: '110000',
  YEAR: '2015',
  FILE: 'config.yaml',
};

/** `--regime VARS` of `--regime <VARS>`. */
function plainFlags(flags: string): string {
  return flags.replace(/[<>]/g, '');
}

function exampleOf(flags: string): string | null {
  const [flag, value = ''] = plainFlags(flags).split(' ');
  return Object.hasOwn(exampleValues, value) ? `${flag} ${exampleValues[value]}` : null;
}

/** A command without what it cannot do without. */
export function needsMore(subject: string, needs: Expected, example: string | null): StudyError<'needs-more'> {
  return new StudyError('needs-more', { subject, needs, example });
}

/** Wrong usage with the command whose help lists the options. */
export function withCommand(error: StudyError, command: string): StudyError {
  if (isStudyError(error, 'bad-option') && error.detail.command === undefined) {
    return new StudyError('bad-option', { ...error.detail, command }, { cause: error });
  }
  if (isStudyError(error, 'needs-more') && error.detail.command === undefined) {
    return new StudyError('needs-more', { ...error.detail, command }, { cause: error });
  }
  return error;
}

/** The command that the words of a line name, `kaya study check`. */
export function commandOf(program: Command, words: readonly string[]): string {
  let command = program;
  for (const word of words) {
    const inner = command.commands.find((one) => one.name() === word);
    if (inner === undefined) break;
    command = inner;
  }
  return fullName(command);
}

/** A name that is none of the known ones. */
export function refusal(option: string, value: string, known: readonly string[]): StudyError<'bad-option'> {
  return badOption(option, value, known.join(', '), nearestName(value, known));
}

export function badOption(
  option: string,
  value: string,
  expected: Expected,
  suggestion: string | null = null,
): StudyError<'bad-option'> {
  return new StudyError('bad-option', { option, value, expected, suggestion });
}

/** `kaya study check` */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function usageOf(command: Command): string {
  return `${fullName(command)} ${command.usage()}`;
}
