import { terminalStyle } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import { faultTable, panelTable, type ScoreDocument } from '../table/fault-score.ts';
import { renderTable } from './table/table.ts';

/** What `kaya simulate --score` prints. */
export function renderFaultScore(
  document: ScoreDocument,
  options: { isJson: boolean; language: Language; version: string },
): string {
  if (options.isJson) return `${JSON.stringify({ kaya: options.version, ...document }, null, 2)}\n`;
  return [faultTable(document), panelTable(document)]
    .map((table) => renderTable(table, 'text', options.language, terminalStyle))
    .join('\n');
}
