import { StudyError } from '../error/study-error.ts';
import type { PanelKeys } from '../model/contract.ts';
import { numberAt, textAt } from '../table/cell-at.ts';
import { type EngineSource, type Passes, read } from './contract.ts';
import { engineColumn } from './expression-sql.ts';

const shownDuplicates = 3;

/**
 * Two rows of a unit at one time are an error.
 * @param periods table of the times `kaya_v` and the period `kaya_time` of each; null: every time is a period of its own
 * @throws duplicate-key with the first few keys
 */
export function* requireDistinctKeys(
  source: EngineSource,
  panel: PanelKeys,
  where: string,
  periods: string | null = null,
): Passes<void> {
  const how = { columns: source.columns, where };
  const unit = engineColumn(how, panel.unit);
  const time = engineColumn(how, panel.time);
  const [period, joined] =
    periods === null ? [time.key, ''] : ['kaya_time', ` LEFT JOIN ${periods} ON ${time.key} = kaya_v`];
  const keyed = `SELECT ${unit.key} AS u, ${time.key} AS t, ${period} AS p FROM ${source.relation}${joined}`;
  const again = `SELECT u, min(t) AS t, p, count(*) AS n FROM (${keyed}) AS keyed WHERE u IS NOT NULL AND p IS NOT NULL GROUP BY u, p HAVING count(*) > 1`;
  const twice = yield* read('panel', `SELECT count(*) AS pairs, sum(n - 1) AS n FROM (${again}) AS again`);
  if (numberAt(twice, 'pairs') === 0) return;
  const shown = yield* read('panel', `SELECT u, t FROM (${again}) AS again ORDER BY u, p LIMIT ${shownDuplicates}`);
  const noRows: readonly number[] = [];
  const examples = Array.from({ length: shown.nrow }, (_, row) => ({
    key: `${textAt(shown, 'u', row)}, ${textAt(shown, 't', row)}`,
    rows: noRows,
  }));
  throw new StudyError('duplicate-key', {
    ...{ where, keys: [panel.unit, panel.time], example: examples[0]?.key ?? '', examples },
    count: numberAt(twice, 'n'),
  });
}
