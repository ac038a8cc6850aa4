import type { Command } from 'commander';

/** The figure of a command: what belongs to it, by the words that it is asked with. */
export function withPlot(command: Command): Command {
  return command.option('--plot <FILE>', 'the figure that belongs to it: svg, png or pdf by the ending');
}
