import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import { estimateModels } from '../../src/study/estimate-models.ts';
import { parseAnyStudy } from '../../src/study/language/load-any-study.ts';
import { type ResolvedPanelFileStudy, resolvePanelFileStudy } from '../../src/study/language/resolve-panel-file.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { sumsAccount } from '../../src/study/sums-account.ts';
import { explainedSums, modelsByEngine, plannedSums, sourceOfColumns } from '../../src/study/sums-by-engine.ts';
import { columnNamed, columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { resultDifferences } from './compare.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

const rows = Array.from({ length: 240 }, (_, i) => i).filter((i) => i % 17 !== 3);
const table = columnTable({
  firm: textColumn(rows.map((i) => `f${Math.floor(i / 8)}`)),
  year: numberColumn(rows.map((i) => 2000 + (i % 8))),
  kind: textColumn(rows.map((i) => `k${Math.floor(i / 8) % 3}`)),
  x: numberColumn(rows.map((i) => Math.sin(3 * i))),
  z: numberColumn(rows.map((i) => (i % 41 === 0 ? null : Math.cos(5 * i)))),
  y: numberColumn(rows.map((i) => Math.sin(3 * i) + Math.cos(i) + Math.floor(i / 8))),
});

const text = `kaya: 1
id: small
title: Small
data: { panel: small.csv, engine: duckdb }
panel: { unit: firm, time: year }
conventions: { vcov: ["cluster:firm", hc1] }
models:
  plain: { formula: "y ~ x + csw0(z) | firm + year", test: ["x = 0"] }
  parts:
    formula: y ~ x + l(z) | firm
    where: year > 2000
    samples: [{ where: "kind = 'k0'", label: First }, { where: "kind <> 'k0'", label: Others }]
  drawn: { formula: y ~ x | firm, permute: x, reps: 19 }
  shown: { formula: y ~ x | firm }
  others: { formula: y ~ x + z | firm }
tables:
  - { id: table1, kind: differences, title: Differences, models: [shown, others], term: x }
`;

function study(): ResolvedPanelFileStudy {
  const parsed = parseAnyStudy(text, 'study.yaml', { kindOf: (name) => columnNamed(table, name).kind }, table.names);
  if (parsed.kind !== 'panel-file') throw new Error('a ready panel');
  return resolvePanelFileStudy(parsed.spec);
}

test('models of a study have the numbers and the names of memory, and what the engine refuses is told', async () => {
  const byEngine = modelsByEngine({ executor: engine, name: 'duckdb', version: 'here' });
  const ours = await estimateModels(study(), table, { byEngine });
  const theirs = await estimateModels(study(), table);
  const account = sumsAccount(ours, { engine: 'duckdb', version: 'here' });
  expect(account.models).toEqual(['plain', 'parts']);
  const refused = [
    { model: 'drawn', refused: { kind: 'option', name: '--permute' } },
    { model: 'shown', refused: { kind: 'table', name: 'table1' } },
    { model: 'others', refused: { kind: 'table', name: 'table1' } },
  ];
  expect(account.memory).toEqual(refused);
  for (const [id, columns] of Object.entries(ours)) {
    columns.forEach((column, i) => {
      const other = theirs[id]?.[i];
      expect([id, column.sample, column.results.map(({ sample }) => sample)]).toEqual([
        ...[id, other?.sample, other?.results.map(({ sample }) => sample)],
      ]);
      column.results.forEach((result, k) => {
        const known = other?.results[k];
        if (known === undefined) throw new Error('a result that memory does not have');
        expect([result.id, resultDifferences(result, known)]).toEqual([known.id, []]);
        expect(result.engine === undefined).toBe(!account.models.includes(id));
      });
    });
  }
  const kinds = table.names.map((name) => ({ name, kind: columnNamed(table, name).kind }));
  const asked = { engine: 'duckdb', source: sourceOfColumns(kinds), dialect: engine.dialect };
  const planned = plannedSums(study(), asked);
  expect(planned).toEqual({ engine: 'duckdb', models: account.models, memory: account.memory });
  const explained = explainedSums(study(), asked).map(({ formula, passes }) => [
    formula.split(' ')[0],
    passes.length > 3,
  ]);
  expect(explained).toEqual(['plain:', 'plain:', 'parts:', 'parts:'].map((id) => [id, true]));
});
