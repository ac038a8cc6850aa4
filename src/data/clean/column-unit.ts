import { at } from '../../error/at.ts';
import { listSigns } from '../language/patterns.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import { isPure } from '../source/unit.ts';
import { foldUnit, meaningOfUnit, saysNoUnit, type UnitMeaning, unitsTaken } from '../source/unit-text.ts';
import type { TitleUnits } from './subject.ts';

const listSplit = new RegExp(`[${listSigns}]`, 'u');
const [listSign] = listSigns;

/** Why a unit was not taken. */
export type UnitDoubt = 'unknown' | 'other-dimension' | 'conflict' | 'blank' | 'several';

/** A text in the place of a unit that was not taken for one. */
export interface UnitFailure {
  readonly doubt: UnitDoubt;
  readonly unit: string;
  readonly known: readonly string[];
}

/** What a column's or a row's unit came to. `source` null: none is written, the indicator's own is taken. */
export type UnitChoice =
  | { readonly factor: number; readonly source: 'declared' | 'header' | 'title' | 'column' | null }
  | { readonly factor: null; readonly failure: UnitFailure };

/** What a header says of its unit. */
export interface HeaderUnit {
  readonly declaredUnit: string | null;
  readonly unit: string;
  readonly unknownNotes: readonly string[];
}

function failed(indicator: IndicatorDefinition, doubt: UnitDoubt, unit: string): UnitChoice {
  return { factor: null, failure: { doubt, unit, known: unitsTaken(indicator) } };
}

function taken(
  indicator: IndicatorDefinition,
  text: string,
  meaning: UnitMeaning,
  source: 'declared' | 'header' | 'title' | 'column',
): UnitChoice {
  return meaning.kind === 'factor' ? { factor: meaning.factor, source } : failed(indicator, meaning.kind, text);
}

/**
 * The unit of a column: as the study declares it, else its header's, else the title's of the indicator or the only one that fits
 * it, else the indicator's own. A text that is no unit where one stands is a failure, never a factor of 1.
 */
export function unitOfColumn(indicator: IndicatorDefinition, header: HeaderUnit, titles: TitleUnits): UnitChoice {
  const { declaredUnit, unit, unknownNotes } = header;
  if (declaredUnit !== null) return taken(indicator, declaredUnit, meaningOfUnit(indicator, declaredUnit), 'declared');
  if (unit !== '') return taken(indicator, unit, meaningOfUnit(indicator, unit), 'header');
  if (unknownNotes.length > 0) {
    // A unit that the indicator alone knows stands among the notes: 上年=100 and the like.
    const own = unknownNotes.find((note) => meaningOfUnit(indicator, note).kind === 'factor');
    if (own !== undefined) return taken(indicator, own, meaningOfUnit(indicator, own), 'header');
    return failed(indicator, 'unknown', at(unknownNotes, 0));
  }
  const named = titles.named.get(indicator.id);
  if (named !== undefined) return taken(indicator, named, meaningOfUnit(indicator, named), 'title');
  return unitAmong(indicator, titles.general, titles.unknown);
}

/** The one unit of a title that fits an indicator. */
function unitAmong(indicator: IndicatorDefinition, general: readonly string[], unknown: readonly string[]): UnitChoice {
  const factors = new Set(
    general.flatMap((text) => {
      const meaning = meaningOfUnit(indicator, text);
      return meaning.kind === 'factor' ? [meaning.factor] : [];
    }),
  );
  const [factor, ...others] = factors;
  if (factor !== undefined && others.length === 0) return { factor, source: 'title' };
  const all = [...general, ...unknown];
  if (factors.size > 1) return failed(indicator, 'several', all.join(listSign));
  if (all.length === 0 || isPure(indicator.unit)) return { factor: 1, source: null };
  return failed(indicator, unknown.length > 0 ? 'unknown' : 'other-dimension', all.join(listSign));
}

/** The unit of one row of a table with a column of units, weighed against what its column says. */
export function unitOfRow(indicator: IndicatorDefinition, written: string, column: UnitChoice): UnitChoice {
  const text = foldUnit(written);
  const isSaid =
    column.factor === null
      ? column.failure.doubt !== 'other-dimension' && column.failure.doubt !== 'several'
      : column.source !== null;
  if (text === '' || saysNoUnit(text)) {
    if (column.factor === null || isSaid || isPure(indicator.unit)) return column;
    return failed(indicator, 'blank', '');
  }
  const meaning = meaningOfUnit(indicator, written);
  if (meaning.kind === 'factor') {
    if (column.factor !== null && isSaid && column.source !== 'title' && column.factor !== meaning.factor)
      return failed(indicator, 'conflict', text);
    return column.factor === null && isSaid ? column : { factor: meaning.factor, source: 'column' };
  }
  const pieces = text.split(listSplit);
  if (pieces.length > 1 && meaning.kind === 'unknown') {
    const among = unitAmong(indicator, pieces, []);
    if (among.factor !== null && among.source !== null) return { factor: among.factor, source: 'column' };
  }
  // A unit of something else says nothing of a column that has its own.
  if (meaning.kind === 'other-dimension' && column.factor !== null && isSaid && column.source !== 'title')
    return column;
  return failed(indicator, meaning.kind, text);
}
