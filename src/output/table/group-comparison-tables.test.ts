import { expect, test } from 'vitest';
import { readDescribe } from '../../model/describe/read.ts';
import { describeTable } from '../../model/describe/run.ts';
import type { DescribeWords } from '../../model/describe/schema.ts';
import type { GroupMeans } from '../../model/result/group-comparison.ts';
import { fromColumns } from '../../table/from-values.ts';
import type { Text } from './contract.ts';
import { groupMeansTable } from './group-comparison-tables.ts';

const columns = {
  g: ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c'],
  two: ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'b'],
  id: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  x: [1, 4, 2, 5, 3, 9, 7, 8, 6],
};

function notesOf(words: DescribeWords): readonly string[] {
  const result = describeTable(readDescribe({ kind: 'groups', variables: ['x'], ...words }), fromColumns(columns));
  return (groupMeansTable(result as GroupMeans).notes ?? []).map((note: Text) =>
    typeof note === 'object' && 'key' in note ? note.key : '',
  );
}

test('a t is spoken of where one is shown, of more than two groups only F', () => {
  expect(notesOf({ by: 'two', vcov: 'hc1' })).toContain('compared.regression');
  expect(notesOf({ by: 'two' })).toContain('compared.unequal');
  const robust = notesOf({ by: 'g', vcov: 'hc1' });
  expect(robust).not.toContain('compared.regression');
  expect(robust).toContain('compared.joint_regression');
  expect(notesOf({ by: 'g' })).toEqual(['compared.independent', 'compared.joint_unequal']);
});
