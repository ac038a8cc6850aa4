import type { Command } from 'commander';

/** How a figure is asked for on a command line. */
export interface GivenPlot {
  readonly plot?: string;
  readonly plotKind?: string;
  readonly plotWidth?: string;
}

/** The figure that belongs to a command. */
export interface PlotOptions {
  /** Its file; null: none. */
  readonly plot: string | null;
  /** Which of the figures that it has, by its word; null: the first. */
  readonly plotKind: string | null;
  /** What it is drawn for; null: a column of a journal. */
  readonly plotWidth: string | null;
}

export function plotOptions({ plot, plotKind, plotWidth }: GivenPlot): PlotOptions {
  return { plot: plot ?? null, plotKind: plotKind ?? null, plotWidth: plotWidth ?? null };
}

/** The figure of a command: what belongs to it, by the words that it is asked with. */
export function withPlot(command: Command): Command {
  return command
    .option('--plot <FILE>', 'the figure that belongs to it: svg, png or pdf by the ending')
    .option(
      '--plot-kind <WORD>',
      'with --plot: which of its figures, by the word that asked for it (default: the first)',
    )
    .option(
      '--plot-width <WIDTH>',
      'with --plot: drawn for a column of a journal (8 cm) or a page (17 cm) (default: column)',
    );
}
