import type { Command } from 'commander';
import { fullName } from '../../src/platform/cli/usage.ts';

/** A page with the help of every command that is there, as `--help` prints it. */
export function commandDocs(program: Command): string {
  return `${[
    '# Commands',
    '',
    'Made by `npm run docs` from what `--help` prints; a test holds this page to it. Messages are English or Chinese (`--lang zh`).',
    'Exit status: 0 done; 1 the data or the numbers say no, or a comparison found something; 2 wrong usage; 3 a fault of Kaya;',
    '130 or 143 stopped from outside.',
    ...leaves(program).flatMap((command) => ['', `## ${fullName(command)}`, '', '```text', helpOf(command), '```']),
  ].join('\n')}\n`;
}

/** Commands that do something: those without commands below them, hidden ones left out. */
export function leaves(command: Command): Command[] {
  const { commands } = command;
  return commands.length === 0 ? [command] : commands.filter((inner) => !isHidden(inner)).flatMap(leaves);
}

function isHidden(command: Command): boolean {
  const shown = command.parent?.createHelp().visibleCommands(command.parent) ?? [];
  return !shown.includes(command);
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 120 });
  command.outputHelp();
  return help.trimEnd();
}
