// Compares what two runs of a study left: `node scripts/same-numbers.mjs BEFORE AFTER [--within 1e-13]`.
// panel.csv byte for byte, results.json value by value. Exit 1 with the first differences; used before and after a change
// of structure.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [before, after, flag, bound] = process.argv.slice(2);
if (before === undefined || after === undefined || (flag !== undefined && flag !== '--within')) {
  console.error('usage: node scripts/same-numbers.mjs BEFORE AFTER [--within RELATIVE]');
  process.exit(2);
}
const tolerance = Number(bound ?? 0);
/** Keys whose values are times, versions or places of a run, not numbers of the study. */
const passing = new Set(['seconds', 'startedAt', 'kaya', 'version', 'versions']);
const differences = [];
let compared = 0;

function compare(one, two, path) {
  if (typeof one === 'number' && typeof two === 'number') {
    compared += 1;
    const size = Math.max(Math.abs(one), Math.abs(two));
    if (!Object.is(one, two) && !(Math.abs(one - two) <= tolerance * size)) {
      differences.push(`${path}: ${one} ${two} (relative ${(Math.abs(one - two) / size).toExponential(1)})`);
    }
    return;
  }
  if (one === null || two === null || typeof one !== 'object' || typeof two !== 'object') {
    compared += 1;
    if (one !== two) differences.push(`${path}: ${JSON.stringify(one)} ${JSON.stringify(two)}`);
    return;
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(two)])) {
    if (passing.has(key)) continue;
    if (!(key in one) || !(key in two)) differences.push(`${path}.${key}: only ${key in one ? 'before' : 'after'}`);
    else compare(one[key], two[key], `${path}.${key}`);
  }
}

const bytesOf = (folder) => readFileSync(join(folder, 'panel.csv'));
if (existsSync(join(before, 'panel.csv')) || existsSync(join(after, 'panel.csv'))) {
  if (!bytesOf(before).equals(bytesOf(after))) differences.push('panel.csv: other bytes');
}
const results = (folder) => JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
compare(results(before), results(after), 'results');

for (const line of differences.slice(0, 40)) console.log(line);
console.log(`${compared} values compared, ${differences.length} differences`);
process.exit(differences.length === 0 ? 0 : 1);
