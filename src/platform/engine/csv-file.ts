/** Where the engine stumbled in a file, in our words; null when its message is about something else. */
export function csvFault(reason: string): { path: string | null; line: number; reason: string } | null {
  const line = /CSV Error on Line: (\d+)/.exec(reason)?.[1];
  if (line === undefined) return null;
  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(reason);
  return {
    path: /file = (.+)/.exec(reason)?.[1]?.trim() ?? null,
    line: Number(line),
    reason: columns === null ? 'row-unreadable' : `${columns[1]} cells expected, ${columns[2]} or more found`,
  };
}
