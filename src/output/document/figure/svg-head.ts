import type { FigureModel } from '../../figure/contract.ts';
import { formatText } from '../../format/format-text.ts';
import type { Language } from '../../format/text-key.ts';
import { escapeMarkup } from '../table/escape.ts';
import { figureDescription } from './figure-description.ts';
import { syntheticMark } from './svg-synthetic-mark.ts';
import { written } from './svg-text.ts';

/** What every drawing begins with: its title and its numbers for readers that do not see it, and the mark that its data are simulated. */
export function headMarkup(figure: FigureModel, language: Language, width: number): string {
  const title = escapeMarkup(formatText(figure.title, language));
  const description = escapeMarkup(figureDescription(figure, language));
  const mark = figure.isSynthetic ? syntheticMark(language, { width, right: 16 }).map(written) : [];
  return [`<title>${title}</title><desc>${description}</desc>`, ...mark].join('\n');
}
