/** A CSV field after RFC 4180. */
export function escapeCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Records of fields as CSV. Lines end in CR LF as the RFC has it. */
export function csvRecords(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.map(escapeCsv).join(',')}\r\n`).join('');
}
