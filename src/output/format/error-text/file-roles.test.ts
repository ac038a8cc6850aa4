import { expect, test } from 'vitest';
import { type Said, said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import { describeError } from './describe.ts';

test('a Chinese sentence about a file that is not there says in Chinese what the file is for', () => {
  const sentence = (role: Said) =>
    describeError(new StudyError('file-not-found', { path: 'x.csv', role, nearest: null }), 'zh').split('。')[0];
  expect(sentence(said('file.data'))).toBe('找不到文件x.csv（数据文件）');
  expect(sentence(said('file.study'))).toBe('找不到文件x.csv（研究文件）');
  expect(sentence(said('file.raw_table', { kind: 'energy' }))).toBe('找不到文件x.csv（原始表格energy）');
});

test('so does the one about a path out of the study', () => {
  const detail = { path: '../p.yaml', role: said('file.printed'), folder: '/data/st', target: '/data/p.yaml' };
  expect(describeError(new StudyError('outside-study', detail), 'zh')).toContain('../p.yaml（已发表数值）');
});
