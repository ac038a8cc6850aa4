import { expect, test } from 'vitest';
import type { LeaveOut } from '../../model/result/leave-out.ts';
import { formatText } from '../format/format-text.ts';
import type { LevelName, ModelAfterFit } from './after-fit-parts.ts';
import { leaveOutTable } from './leave-out-table.ts';
import { truthTable } from './truth-table.ts';

/** The texts of a cell or head in each language. */
const inBoth = (cell: unknown): readonly string[] => {
  const { label } = cell as { label: Parameters<typeof formatText>[0] }; // cells of words hold one
  return (['en', 'zh'] as const).map((language) => formatText(label, language));
};

test('the levels that move a coefficient most are called by their names in each language', () => {
  const end = (level: string) => ({ level, estimate: 0.1 });
  const value = {
    term: 'x',
    estimate: 0.2,
    absent: [],
    groups: [
      { by: 'province', levels: 3, undetermined: 0, lowest: end('山东省'), highest: end('甲省'), sign_changes: 0 },
    ],
  } as unknown as LeaveOut;
  const names: LevelName = (column, level) =>
    column === 'province' && level === '山东省' ? { en: 'Shandong', zh: '山东省' } : level;
  const table = leaveOutTable([{ model: { id: 'm' } as ModelAfterFit, value }], false, names);
  const [row] = table.rows;
  expect(inBoth(row?.cells[3])).toEqual(['Shandong', '山东省']);
  expect(inBoth(row?.cells[5])).toEqual(['甲省', '甲省']);
});

test('a main regression of known slopes is named in each language, another by its place', () => {
  const row = { term: 'ai', truth: 1, estimate: 1, se: 0.1, covers: true, outcome: 'cp' };
  const { rows } = truthTable(
    [
      { ...row, model: 'cp' },
      { ...row, model: 'table4(1)' },
    ],
    { id: 'truth', number: '', hasSamplingError: false },
  );
  expect(rows.map(({ label }) => inBoth({ label: label?.kind === 'label' ? label.label : '' }))).toEqual([
    ['cp, whole sample', 'cp，全样本'],
    ['table4(1)', 'table4(1)'],
  ]);
});
