import type { FileStumble } from '../../../study/ports.ts';

/** Where the engine stumbled in a file; null when its message is about something else. */
export function csvFault(message: string): FileStumble | null {
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  if (line === undefined) return null;
  const place = { path: /file = (.+)/.exec(message)?.[1]?.trim() ?? null, line: Number(line) };
  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (columns === null) return { ...place, reason: 'row-unreadable' };
  return { ...place, reason: 'ragged-row', expected: Number(columns[1]), found: Number(columns[2]) };
}
