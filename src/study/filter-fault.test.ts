import { expect, test } from 'vitest';
import { studyOf } from '../../test/china-pack.ts';
import { StudyError } from '../error/study-error.ts';
import { columnTable, numberColumn } from '../table/column.ts';
import { estimateModels } from './estimate-models.ts';
import type { QueryEngine } from './ports.ts';

const study = studyOf(
  'kaya: 1\nid: s\ntitle: T\npack: china-cities\npanel: { years: [2003, 2021] }\nmeasures: [cp, ai]\n' +
    "models: { m: { formula: cp ~ ai, where: 'yaer > 2005' } }\n",
);
const panel = columnTable(
  Object.fromEntries(['cp', 'ai', 'city', 'year'].map((name) => [name, numberColumn([1, 2, 3])])),
);

function failing(reason: string): QueryEngine {
  const table = () => Promise.reject(new StudyError('engine-failure', { sql: 'SELECT', reason }));
  return { table } as unknown as QueryEngine; // the filter asks for nothing else
}

test('a filter of a study that names no column says so, with the model and the nearest name', async () => {
  const engine = failing('Binder Error: Referenced column "yaer" not found in FROM clause!');
  await expect(estimateModels(study, panel, engine)).rejects.toMatchObject({
    code: 'unknown-column',
    detail: { name: 'yaer', nearest: 'year', where: 'models.m: where "yaer > 2005"' },
  });
});

test.each(['Parser Error: syntax error at or near "))"', 'Conversion Error: Could not convert string', ''])(
  'any other failure of a filter is its own: %s',
  async (reason) => {
    await expect(estimateModels(study, panel, failing(reason))).rejects.toMatchObject({ code: 'bad-where' });
  },
);
