import type { LackingMeasure } from '../../error/lacking-measure.ts';
import { StudyError } from '../../error/study-error.ts';
import type { BuiltPanel } from '../../study/build-panel.ts';
import type { Bilingual } from '../../study/language/bilingual.ts';
import type { PassedFile } from '../../study/read-raw.ts';
import { rowFaults } from '../../study/row-faults.ts';
import type { Unmade } from '../../study/without/contract.ts';
import { faultText, isOfRows, isWithoutRows } from '../../study/without/row-fault.ts';
import { studyWithout } from '../../study/without/study-without.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import type { CommandContext } from './context.ts';
import { usualHold } from './hold.ts';
import { warnOfLacking, warnOfTables } from './lacking.ts';
import { ensureRawLayer } from './raw-layer.ts';
import type { LocatedRawStudy } from './read-study.ts';
import { stepClock } from './step-clock.ts';
import { buildPanelOf } from './study-panel.ts';

/** What raw tables of the user's own can give of a study. */
export interface RawCheck {
  /** Ids of the tables that can be made, in part at least. */
  readonly tables: readonly string[];
  readonly figures: readonly string[];
  readonly lacking: readonly LackingMeasure[];
  /** Files in which no column is known. */
  readonly passed: readonly PassedFile[];
  /** Years of the panel that a series lacks in every city. */
  readonly gaps: BuiltPanel['gaps'];
  /** Models and parts of them that the rows of the panel do not give, each with why. */
  readonly without_rows: readonly { readonly what: string; readonly reason: Bilingual }[];
  readonly not_made: readonly Unmade[];
}

/**
 * Reads the raw tables of a study as its run would, the registry apart, and says what they lack and which models their rows do not give.
 * @throws the codes of reading raw tables, nothing-to-make
 */
export async function checkRawTables(located: LocatedRawStudy, context: CommandContext): Promise<RawCheck> {
  const clock = stepClock(context);
  const engine = await openDuckdb({ threads: null });
  try {
    const raw = await ensureRawLayer(located, { threads: null, hold: usualHold, isForced: false }, context);
    try {
      clock.start('panel');
      const options = { clock, threads: null, isWithoutFirms: true };
      const built = await buildPanelOf(located, raw, engine, options);
      const { lacking, panel, counted, passed, gaps } = built;
      clock.finish();
      const given = studyWithout(located.study, lacking, located.vocabulary);
      // Firms that were not counted are zeros here: no more is known of their models than their rows.
      const isFault = counted === null ? isOfRows : isWithoutRows;
      const faults = await rowFaults(given.study, panel, isFault);
      const left = studyWithout(located.study, lacking, located.vocabulary, faults);
      const { tables, figures } = left.study;
      if (lacking.length > 0 && tables.length + figures.length === 0)
        throw new StudyError('nothing-to-make', { lacking });
      warnOfTables(built, context);
      warnOfLacking(lacking, { left, whole: located.study, faults }, context);
      const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id);
      return {
        ...{ tables: ids(tables), figures: ids(figures), lacking, passed, gaps },
        without_rows: faults.map((fault) => ({ what: fault.need, reason: faultText(fault) })),
        not_made: left.unmade,
      };
    } finally {
      raw.release();
    }
  } finally {
    engine.close();
  }
}
