import { anyOf, said } from '../../error/said.ts';
import type { AskedFigure } from '../../output/figure/model-figure.ts';
import { formatText } from '../../output/format/format-text.ts';
import type { CommandContext } from '../app/context.ts';
import { figureEndings, isFigureFile, writeFigure } from '../app/write-figure.ts';
import { badOption } from './usage.ts';

/** Holds the file of `--plot` to the endings of figures. @throws bad-option */
export function checkPlot(plot: string | null): void {
  if (plot === null || isFigureFile(plot)) return;
  throw badOption('--plot', plot, said('expected.ending', { endings: anyOf(figureEndings) }));
}

/** The figure that belongs to a command: the first of those that it has. What else was asked for and has no place in it is said. */
export async function writePlot(
  plot: string | null,
  figures: () => Promise<readonly AskedFigure[]>,
  { language, progress, signal }: CommandContext,
): Promise<void> {
  if (plot === null) return;
  signal.throwIfAborted();
  const [first, ...rest] = await figures();
  if (first === undefined) return;
  await writeFigure(first.figure, plot, language);
  const others = rest.filter(({ word }) => word !== 'coefficients').map(({ word }) => word);
  if (others.length === 0) return;
  const values = { file: plot, drawn: first.word, others: others.join(', ') };
  progress.warn(formatText({ key: 'figure.plotted', values }, language));
}
