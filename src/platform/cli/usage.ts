import type { Command, CommanderError } from 'commander';
import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';

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
  for (const inner of command.commands) throwOnWrongUsage(inner);
}

/** Whether help or the version was printed: done when it was asked for, wrong usage when a command was missing. */
export function isHelp(error: unknown): error is CommanderError {
  const code = (error as Partial<CommanderError> | null)?.code;
  return code === 'commander.helpDisplayed' || code === 'commander.version' || code === 'commander.help';
}

export function helpStatus(error: CommanderError): 0 | 2 {
  return error.code === 'commander.help' ? 2 : 0;
}

function usageError(command: Command, error: CommanderError): StudyError<'bad-option'> {
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const help = command.createHelp();
  switch (error.code) {
    case 'commander.unknownCommand':
      return refusal(
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
      return badOption(named.split(/[ ,]/)[0], `(no ${/<(.*)>/.exec(named)?.[1] ?? 'value'})`, named);
    case 'commander.missingArgument':
      return badOption(fullName(command), `(no ${named})`, usageOf(command));
    case 'commander.excessArguments':
      return badOption(fullName(command), command.args.at(-1) ?? '', usageOf(command));
    default:
      return badOption(fullName(command), named, usageOf(command));
  }
}

/** A name that is none of the known ones. */
export function refusal(option: string, value: string, known: readonly string[]): StudyError<'bad-option'> {
  return badOption(option, value, known.join(', '), nearestName(value, known));
}

export function badOption(
  option: string,
  value: string,
  expected: string,
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
