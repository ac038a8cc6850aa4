import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from './planted.ts';
import { type SourceFile, sourceFiles } from './tree.ts';

// A word of the glossary of ARCHITECTURE.md means one thing.
const files = sourceFiles(repository, 'src');

/** Who speaks of the order in which the fits of a request are made. */
const plans =
  /^src\/(model(\/|\.ts$)|library\/|output\/(document\/results|format)\/|study\/(language|panel-source)\/|platform\/cli\/(reg|option-habits|study-run)\.ts$)/;
/** What journals on disk call it, plain English of what is to come, and calls of Spark Connect by their names. */
const spared = /\bplan: (string|'|requestHash|z\.string)|\bline\.plan\b|'(?:Execute|Analyze)Plan'/;

function strayPlans(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path }) => !plans.test(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => /\b(plans?|plan[A-Z]\w*|[A-Za-z]+Plan)\b/.test(line) && !spared.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
}

function strayRegistries(sources: readonly SourceFile[]): string[] {
  return sources.map(({ path }) => path).filter((path) => /^registry(\.test)?\.ts$/.test(basename(path)));
}

test('a plan is the order in which fits are made', () => {
  expect(strayPlans(files)).toEqual([]);
});

test('another plan is seen', () => {
  const text = 'const plan = 1;\nconst planted = 2;\nexport interface PanelPlan {}\n';
  expect(strayPlans([{ path: 'src/data/panel/contract.ts', text }])).toEqual([
    'src/data/panel/contract.ts: const plan = 1;',
    'src/data/panel/contract.ts: export interface PanelPlan {}',
  ]);
});

test('a registry is one of companies', () => {
  // The words of a scan of company registries.
  expect(strayRegistries(files)).toEqual(['src/output/format/en/registry.ts', 'src/output/format/zh/registry.ts']);
  expect(strayRegistries([{ path: 'src/model/inference/registry.ts', text: '' }])).toHaveLength(1);
});
