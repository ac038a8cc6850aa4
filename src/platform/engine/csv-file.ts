/** Where the engine stumbled in a file, out of its message; null when the message is about something else. */
export function csvFault(reason: string): { path: string | null; line: number; reason: string } | null {
  const line = /CSV Error on Line: (\d+)/.exec(reason)?.[1];
  if (line === undefined) return null;
  const said = reason
    .split('\n')
    .map((text) => text.trim())
    .find((text) => /^(Expected|Value|Invalid|Maximum|Error when)/.test(text));
  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(reason);
  return {
    path: /file = (.+)/.exec(reason)?.[1]?.trim() ?? null,
    line: Number(line),
    reason:
      columns === null
        ? (said ?? 'the row cannot be read')
        : `${columns[1]} cells expected, ${columns[2]} or more found`,
  };
}
