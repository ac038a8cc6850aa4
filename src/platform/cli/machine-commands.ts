import type { Command } from 'commander';
import type { CommandContext, RunCommand } from '../app/context.ts';
import { refusal } from './usage.ts';

/** The commands that are about the program itself. */
export function addMachineCommands(program: Command, context: CommandContext & { readonly run: RunCommand }): void {
  program
    .command('doctor')
    .description('what this machine has: engine, threads, memory, fonts, browser, LaTeX, LibreOffice, R')
    .option('--json', 'print one JSON document')
    .action(async (given: { json?: boolean }) => {
      const { runDoctor } = await import('./doctor.ts');
      await runDoctor({ isJson: given.json === true }, context);
    });
  program
    .command('mcp')
    .description('the commands as tools of the Model Context Protocol, on stdin and stdout')
    .argument('[FOLDER...]', 'folders whose files may be read and written (default: the one you are in)')
    .action(async (folders: string[]) => {
      const { runMcp } = await import('./mcp.ts');
      await runMcp(folders, context);
    });
}

/** `kaya help`: a topic, or a command. */
export function addHelp(program: Command, context: CommandContext): void {
  program
    .helpCommand(false)
    .command('help')
    .description('help on a command, or on formula, vcov')
    .argument('[TOPIC...]', 'formula, vcov, or a command')
    .action(async (words: string[]) => {
      const { helpTopics } = await import('../../output/format/help/topics.ts');
      const [topic = ''] = words;
      const page = Object.hasOwn(helpTopics, topic) ? helpTopics[topic] : undefined;
      if (page !== undefined) {
        const { covarianceMethods: covariances } = await import('../../model/inference/catalog.ts');
        return context.print(page(context.language, { covariances }));
      }
      let command = program;
      for (const word of words) {
        const inner = command.commands.find((one) => one.name() === word);
        if (inner === undefined) {
          const known = command
            .createHelp()
            .visibleCommands(command)
            .map((one) => one.name());
          throw refusal('kaya help', words.join(' '), [...Object.keys(helpTopics), ...known]);
        }
        command = inner;
      }
      command.outputHelp();
    });
}
