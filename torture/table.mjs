/**
 * The table of docs/reliability.md, from torture/record.json: what was tried, how often, when. `node torture/table.mjs` writes it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs', 'reliability.md');
const recordFile = join(root, 'torture', 'record.json');
const [begin, end] = ['<!-- tries: made by node torture/table.mjs -->', '<!-- tries: end -->'];

const cell = (text) => String(text).replaceAll('|', '\\|');

/** @param {Record<string, Record<string, unknown>>} record */
export function triesTable(record) {
  const rows = Object.entries(record)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { promise, tries, unit, failed, date, seed, commit, cores, memory }]) => {
      const run = `${date}${commit === undefined ? '' : `, ${commit}`}, ${cores} cores, ${memory}`;
      const again = `\`npm run torture -- --only ${name} --seed ${seed}\``;
      return `| ${[promise, `${tries} ${unit}`, failed, run, again].map(cell).join(' | ')} |`;
    });
  return ['| promise | tried | failed | recorded | again |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** The page with the table of a record. */
export function withTable(text, record) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/reliability.md has no place for the table: ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${triesTable(record)}\n\n${text.slice(to)}`;
}

/** Writes the table of the record that is there. */
export function writeTable() {
  const record = existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : {};
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), record));
}

if (process.argv[1] === import.meta.filename) writeTable();
