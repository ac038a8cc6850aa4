import type { LedgerLine } from '../../data/clean/ledger.ts';
import type { CellExplanation, RawCellExplanation } from '../../data/panel/explain.ts';
import type { SampledFirm } from '../../domain/china/registry/scan-contract.ts';
import { formatExact } from '../format/format-number.ts';
import { formatText, wordOf } from '../format/format-text.ts';
import type { Language, TextKey } from '../format/text-key.ts';
import type { Label } from '../table/contract.ts';

/** How the parts of an explanation are called. */
export interface ExplanationNames {
  readonly variable: Label;
  readonly unit: Label;
  readonly place: Label;
}

/** A cell of the panel for a terminal: value, formula, each series in it, each raw cell with what was done to it. */
export function renderExplanation(cell: CellExplanation, names: ExplanationNames, language: Language): string {
  return linesOf(cell, names, language).join('\n');
}

function linesOf(cell: CellExplanation, names: ExplanationNames, language: Language): string[] {
  const marks = cell.marks.length === 0 ? (['missing'] as const) : cell.marks;
  const title = formatText(
    {
      key: 'why.title',
      values: {
        variable: names.variable,
        city: names.place,
        code: String(cell.place),
        year: String(cell.year),
        value: cell.value === null ? wordOf('why.missing', language) : formatExact(cell.value),
        unit: names.unit,
      },
    },
    language,
  );
  return [
    title,
    `  ${listed(
      marks.map((mark) => wordOf(`why.${mark}`, language)),
      language,
    )}`,
    `  ${formatText({ key: 'why.formula', values: { formula: cell.formula } }, language)}`,
    ...(cell.filledFrom.length === 0 ? ingredientLines(cell, language) : filledLines(cell, names, language)),
  ];
}

function listed(words: readonly string[], language: Language): string {
  return words.reduce((first, second) => formatText({ key: 'list.comma', values: { first, second } }, language));
}

function filledLines(cell: CellExplanation, names: ExplanationNames, language: Language): string[] {
  const parts = cell.filledFrom.flatMap((one) => linesOf(one, names, language));
  return [`  ${wordOf('why.filled', language)}`, ...parts.map((line) => `    ${line}`)];
}

function ingredientLines(cell: CellExplanation, language: Language): string[] {
  return cell.ingredients.flatMap(({ name, value, cells, firms }) => {
    const shown = value === null ? wordOf('why.missing', language) : formatExact(value);
    const head = `  ${name} = ${shown}`;
    if (firms !== null && firms.length > 0) return [head, ...firmLines(firms, value, language)];
    if (name === 'ai_firms' || name === 'exchange_rate')
      return [head, `    ${wordOf(`why.derived.${name}`, language)}`];
    return [head, ...cells.flatMap((raw) => rawLines(raw, language).map((line) => `    ${line}`))];
  });
}

function firmLines(firms: readonly SampledFirm[], count: number | null, language: Language): string[] {
  const values = { shown: firms.length, count: count ?? firms.length };
  const lines = firms.map(
    ({ file, line, name, uscc, keywords }) => `      ${file}:${line} ${name} ${uscc} ${listed(keywords, language)}`,
  );
  return [`    ${formatText({ key: 'why.firms', values }, language)}`, ...lines];
}

function rawLines({ indicator, year, observation, ledger }: RawCellExplanation, language: Language): string[] {
  const head = `${indicator} ${year}`;
  if (observation === null) return [`${head}: ${wordOf('why.no_cell', language)}`];
  const { cell: place, value, written } = observation;
  const shown = value === null ? wordOf('why.missing', language) : formatExact(value);
  const sheet = place.sheet === null ? '' : ` [${place.sheet}]`;
  const cell =
    written.trim() === ''
      ? wordOf('why.blank', language)
      : formatText({ key: 'why.written', values: { written } }, language);
  return [
    `${head} = ${shown}  ${place.file}${sheet}:${place.row}:${place.column} ${cell}`,
    ...ledger.map((line) => `  · ${mendText(line, language)}`),
  ];
}

/** What raw tables are of: cities and their divisions, or units of any kind. */
export type PlaceKind = 'city' | 'unit';

/** Rules that are told otherwise of units that are not cities. */
const unitWords: Readonly<Partial<Record<LedgerLine['rule'], TextKey>>> = {
  'fill-down': 'mend.unit_fill_down',
  'province-row': 'mend.unit_none',
  'county-row': 'mend.unit_part',
  'city-code': 'mend.unit_code',
  'city-name': 'mend.unit_name',
};

/** What a line of the ledger says, in words. */
export function mendText(
  { rule, after }: Pick<LedgerLine, 'rule' | 'after'>,
  language: Language,
  about: PlaceKind = 'city',
): string {
  const key: TextKey = (about === 'unit' ? unitWords[rule] : undefined) ?? `mend.${rule}`;
  return formatText({ key, values: { after: after ?? wordOf('mend.missing', language) } }, language);
}
