import { expect, test } from 'vitest';
import type { PlanReport } from '../../../model/result/plan-report.ts';
import { printNow } from '../../testing/print-now.ts';
import { planBlocks } from './plan.ts';

const planText = (report: PlanReport, language: 'en' | 'zh'): string =>
  printNow({ title: '', blocks: planBlocks(report), data: {} }, 'text', language);

const plan: PlanReport = {
  models: 8,
  alone: ['8'],
  ms: 5.26,
  groups: [
    {
      models: ['1', '2', '3', '4', '5', '6', '7'],
      sample: 'east',
      nobs: 5149,
      effects: [
        { name: 'city', levels: 271 },
        { name: 'year', levels: 19 },
      ],
      weights: 'pop',
      outcomes: ['cp'],
      columns: 7,
      named: 27,
      method: 'conjugate-gradient',
      iterations: 12,
      rank: 6,
      solves: 6,
      fallbacks: [{ model: '7', reason: 'ill-conditioned' }],
      clusters: [{ by: 'city', clusters: 271 }],
      ms: 4,
    },
  ],
};

test('the plan in English', () => {
  expect(planText(plan, 'en')).toBe(`Plan: 8 models; groups that share rows, fixed effects and weights: 1

Group 1: models 1, 2, 3, 4, 5, 6, 7; 5,149 rows
  Sample: east
  Fixed effects: city (271), year (19)
  Weights: pop
  Absorbed once: 7 columns (named 27 times); conjugate gradients, iterations:
  12
  Solved without the rows: 6 of 7, as problems of 6 rows
  Cross-products formed once by city: 271 clusters
  On the rows: model 7, its columns are close to collinear
  Time: 4 ms

Fitted alone: 8

All fits: 5.3 ms
`);
});

test('the plan in Chinese, without times and without effects', () => {
  const [group] = plan.groups;
  const bare = { ...group, sample: null, weights: null, effects: [], method: 'none', iterations: 0, fallbacks: [] };
  const text = planText({ ...plan, alone: [], ms: null, groups: [{ ...bare, clusters: [], ms: null }] }, 'zh');
  expect(text).toBe(`计划：8 个模型；行、固定效应与权重均相同的组：1

第 1 组：模型 1, 2, 3, 4, 5, 6, 7；5,149 行
  无固定效应
  只吸收一次：7 列（共出现 27 次）；无需吸收，迭代次数：0
  不经原始行求解：7 个中的 6 个，每个只是 6 行的问题
`);
});
