import { nearestName } from '../../error/nearest-name.ts';
import { anyOf, said } from '../../error/said.ts';
import { type FigureWidth, figureWidths } from '../../output/figure/contract.ts';
import type { AskedFigure } from '../../output/figure/model-figure.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { CommandContext } from '../app/context.ts';
import { figureEndings, isFigureFile, writeFigure } from '../app/write-figure.ts';
import type { PlotOptions } from './plot-option.ts';
import { badOption } from './usage.ts';

/** Holds the file of `--plot` to the endings of figures, and its settings to being beside it. @throws bad-option */
export function checkPlot({ plot, plotKind, plotWidth }: PlotOptions): void {
  for (const [option, value] of Object.entries({ '--plot-kind': plotKind, '--plot-width': plotWidth }))
    if (plot === null && value !== null) throw badOption(option, value, said('expected.plot_beside'));
  if (plotWidth !== null && !isWidth(plotWidth))
    throw badOption('--plot-width', plotWidth, anyOf(figureWidths), nearestName(plotWidth, figureWidths));
  if (plot !== null && !isFigureFile(plot))
    throw badOption('--plot', plot, said('expected.ending', { endings: anyOf(figureEndings) }));
}

function isWidth(word: string): word is FigureWidth {
  return figureWidths.some((width) => width === word);
}

/**
 * The figure that belongs to a command: the one that was chosen, else the first of those that it has. What else was asked for and has no
 * place in it is said.
 * @throws bad-option where it has none of that word
 */
export async function writePlot(
  { plot, plotKind, plotWidth }: PlotOptions,
  figures: () => Promise<readonly AskedFigure[]>,
  { language, progress, signal }: CommandContext,
): Promise<void> {
  if (plot === null) return;
  signal.throwIfAborted();
  const all = await figures();
  const words = all.map(({ word }) => word);
  const chosen = plotKind === null ? all[0] : all.find(({ word }) => word === plotKind);
  if (chosen === undefined) {
    if (plotKind === null) return;
    throw badOption('--plot-kind', plotKind, anyOf(words), nearestName(plotKind, words));
  }
  const width = plotWidth !== null && isWidth(plotWidth) ? plotWidth : 'column';
  await writeFigure(chosen.figure, plot, { language, width });
  const others = all.filter((one) => one !== chosen && one.isAsked).map(({ word }) => word);
  if (others.length === 0 || plotKind !== null) return;
  const values = { file: plot, drawn: chosen.word, others: others.join(', ') };
  progress.warn(formatText({ key: 'figure.plotted', values }, language));
}
