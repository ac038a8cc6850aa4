import { expect, test } from 'vitest';
import { table } from '../../../test/request/every-field.ts';
import { readRequest } from '../../model/request/read.ts';
import { runRequest } from '../../model/request/run.ts';
import { Left, paceOf } from './pace.ts';

const data = table();
const request = readRequest({
  ...{ formula: 'y ~ x + z | city + year', panel: { unit: 'city', time: 'year' } },
  ...{ permute: 'x', permute_by: 'city', reps: 59 },
});

test('draws in turns are those of one go', async () => {
  let turns = 0;
  const pace = paceOf(
    async () => {
      turns += 1;
    },
    () => false,
  );
  const inTurns = await runRequest(request, data, { replicates: pace.draw });
  const inOneGo = await runRequest(request, data);
  expect(inTurns.columns[0]?.results).toEqual(inOneGo.columns[0]?.results);
  expect(turns).toBeGreaterThan(1);
});

test('draws that nobody wants any more end at the next turn', async () => {
  let turns = 0;
  const pace = paceOf(
    async () => {
      turns += 1;
    },
    () => turns === 2,
  );
  await expect(runRequest(request, data, { replicates: pace.draw })).rejects.toThrow(Left);
  expect(turns).toBe(2);
});
