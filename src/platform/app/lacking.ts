import type { LackingMeasure } from '../../error/lacking-measure.ts';
import { formatText } from '../../output/format/format-text.ts';
import { lackingWords } from '../../output/format/lacking-words.ts';
import { ownTableWords, passedWords } from '../../output/format/own-table-words.ts';
import type { Text } from '../../output/table/contract.ts';
import type { BuiltPanel } from '../../study/build-panel.ts';
import type { StudyCore } from '../../study/language/resolve.ts';
import type { StudyPanel } from '../../study/panel-source/contract.ts';
import { faultText, type RowFault } from '../../study/without/row-fault.ts';
import type { StudyLeft } from '../../study/without/study-without.ts';
import type { CommandContext } from './context.ts';

/** A study as it is written, and what of it the raw tables can give. */
interface Compared {
  readonly whole: StudyCore;
  readonly left: Pick<StudyLeft, 'study' | 'unmade'>;
  /** What the rows of the panel do not give; left out: they are not looked at. */
  readonly faults?: readonly RowFault[];
}

/** Says what the raw tables lack, measure by measure, and what their rows do not give, then what follows from it. */
export function warnOfLacking(
  lacking: readonly LackingMeasure[],
  compared: Compared,
  { progress, language }: Pick<CommandContext, 'progress' | 'language'>,
): void {
  for (const text of lackingTexts(lacking, compared)) progress.warn(formatText(text, language));
}

/** Slips of unit that are named one by one. */
const mostSlips = 10;

/** Says of raw tables of the user's own which files are no tables, which years a series lacks, and where a unit may be another one. */
export function warnOfTables(
  { passed, gaps, slips }: Pick<BuiltPanel, 'passed' | 'gaps' | 'slips'>,
  { progress, language }: CommandContext,
): void {
  const texts: Text[] = [
    ...passed.map(passedWords),
    ...gaps.map(({ series, years }) => ownTableWords('tables.gap', { series, years: yearList(years) })),
    ...slips.slice(0, mostSlips).map(({ indicator, file, years, power, cells }): Text => {
      const place = file ?? [...new Set(cells.map((one) => one.cell.file))].join(', ');
      const values = { series: indicator, file: place, years: spanText(years), power, cells: cells.length };
      return ownTableWords('tables.slip', values);
    }),
    ...(slips.length > mostSlips ? [{ key: 'data.slips_warning', values: { count: slips.length } } as const] : []),
  ];
  for (const text of texts) progress.warn(formatText(text, language));
}

/** Years as spans: 2003-2005, 2010. */
function yearList(years: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const year of [...new Set(years)]) {
    const open = spans.at(-1);
    if (open !== undefined && open[1] === year - 1) open[1] = year;
    else spans.push([year, year]);
  }
  return spans.map(spanText).join(', ');
}

function spanText([first, last]: readonly [number, number]): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** Says what the rows of raw tables did not give once models are estimated, and what follows from it. */
export function warnOfRows(panel: StudyPanel, context: Pick<CommandContext, 'progress' | 'language'>): void {
  if (panel.kind !== 'raw-tables' || panel.left?.faults === undefined) return;
  const { faults, whole, unmade } = panel.left;
  for (const text of lackingTexts([], { whole, left: { study: panel.study, unmade }, faults }))
    context.progress.warn(formatText(text, context.language));
}

/** The same as texts; none where nothing is lacking. */
export function lackingTexts(
  lacking: readonly LackingMeasure[],
  { whole, left, faults = [] }: Compared,
): readonly Text[] {
  if (lacking.length + faults.length === 0) return [];
  const { study, unmade } = left;
  const count = (kind: string): number => unmade.filter((one) => one.kind === kind).length;
  return [
    ...lacking.flatMap(lackingWords),
    ...faults.map((fault): Text => {
      return { key: 'lacking.rows_of', values: { what: fault.need, reason: faultText(fault) } };
    }),
    ...tableNames(
      'tables.made',
      study.tables.map(({ number }) => number),
    ),
    ...tableNames(
      'tables.unmade',
      whole.tables.filter(({ id }) => !study.tables.some((one) => one.id === id)).map(({ number }) => number),
    ),
    ownTableWords('tables.summary', {
      tables: study.tables.length,
      figures: study.figures.length,
      lost_tables: count('table'),
      lost_figures: count('figure'),
      claims: count('hypothesis'),
      variables: [...lacking.map(({ variable }) => variable), ...faults.map(({ need }) => need)].join(', '),
    }),
  ];
}

function tableNames(key: 'tables.made' | 'tables.unmade', numbers: readonly string[]): readonly Text[] {
  return numbers.length === 0 ? [] : [ownTableWords(key, { names: numbers.join(', ') })];
}
