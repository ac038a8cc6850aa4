import type { LackingMeasure } from '../../error/lacking-measure.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Unmade } from '../../study/without/contract.ts';
import { studyWithout } from '../../study/without/study-without.ts';
import { openDuckdb } from '../engine/duckdb/open.ts';
import type { CommandContext } from './context.ts';
import { usualHold } from './hold.ts';
import { warnOfLacking } from './lacking.ts';
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
  readonly not_made: readonly Unmade[];
}

/**
 * Reads the raw tables of a study as its run would, the registry apart, and says what they lack.
 * @throws the codes of reading raw tables, nothing-to-make
 */
export async function checkRawTables(located: LocatedRawStudy, context: CommandContext): Promise<RawCheck> {
  const clock = stepClock(context);
  const engine = await openDuckdb({ threads: null });
  try {
    const raw = await ensureRawLayer(located, { threads: null, hold: usualHold, isForced: false }, context);
    try {
      clock.start('panel');
      const { lacking } = await buildPanelOf(located, raw, engine, { clock, threads: null, isWithoutFirms: true });
      clock.finish();
      const left = studyWithout(located.study, lacking, located.vocabulary);
      const { tables, figures } = left.study;
      if (lacking.length > 0 && tables.length + figures.length === 0)
        throw new StudyError('nothing-to-make', { lacking });
      warnOfLacking(lacking, { left, whole: located.study }, context);
      const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id);
      return { tables: ids(tables), figures: ids(figures), lacking, not_made: left.unmade };
    } finally {
      raw.release();
    }
  } finally {
    engine.close();
  }
}
