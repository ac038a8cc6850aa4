import { expect, test } from 'vitest';
import { StudyError } from '../../../error/study-error.ts';
import { describeError } from './describe.ts';

test('a Chinese sentence about a file that is not there says in Chinese what the file is for', () => {
  const said = (role: string) =>
    describeError(new StudyError('file-not-found', { path: 'x.csv', role, nearest: null }), 'zh').split('。')[0];
  expect(said('data file')).toBe('找不到文件x.csv（数据文件）');
  expect(said('study file')).toBe('找不到文件x.csv（研究文件）');
  expect(said('raw table (energy), needed by co2, gdp')).toBe('找不到文件x.csv（原始表格energy，co2、gdp需要它）');
  expect(said('raw table (energy)')).toBe('找不到文件x.csv（原始表格energy）');
});

test('so does the one about a path out of the study', () => {
  const detail = { path: '../p.yaml', role: 'printed numbers', folder: '/data/st', target: '/data/p.yaml' };
  expect(describeError(new StudyError('outside-study', detail), 'zh')).toContain('../p.yaml（已发表数值）');
});
