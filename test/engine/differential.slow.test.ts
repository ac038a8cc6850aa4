import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { instrumentedDesign, manyEffectsDesign, randomDesign, splitDesign, wildDesign } from './random-design.ts';
import { outcomeDifferences, runBoth } from './run-both.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

/** As many designs as KAYA_TEST_DESIGNS says, 300 to see all; left out: the first of them. */
const asked = Number(process.env.KAYA_TEST_DESIGNS ?? 0);
const [first, designs] = [61, asked || 120];
const [furtherFirst, furtherDesigns] = [21, asked || 40];

describe('a model has the same numbers, losses and warnings by DuckDB as in memory', () => {
  test.each(Array.from({ length: designs }, (_, k) => first + k))('random design %i', async (seed) => {
    const { table, words } = randomDesign(seed);
    expect([words, outcomeDifferences(await runBoth(engine, table, words))]).toEqual([words, []]);
  });
});

describe('a model with instruments has the same numbers, tests of the instruments among them', () => {
  test.each(Array.from({ length: designs }, (_, k) => first + k))('random design %i', async (seed) => {
    const { table, words } = instrumentedDesign(seed);
    expect([words, outcomeDifferences(await runBoth(engine, table, words))]).toEqual([words, []]);
  });
});

describe('every part of a sample has its own model, by the values that memory finds and in their order', () => {
  test.each(Array.from({ length: furtherDesigns }, (_, k) => furtherFirst + k))('random design %i', async (seed) => {
    const { table, words } = splitDesign(seed);
    expect([words, outcomeDifferences(await runBoth(engine, table, words))]).toEqual([words, []]);
  });
});

describe('three effects or four are taken out, and counted as memory counts them', () => {
  test.each(Array.from({ length: furtherDesigns }, (_, k) => furtherFirst + k))('random design %i', async (seed) => {
    const { table, words } = manyEffectsDesign(seed);
    expect([words, outcomeDifferences(await runBoth(engine, table, words))]).toEqual([words, []]);
  });
});

describe('a wild bootstrap has the same draws, p and set', () => {
  test.each(Array.from({ length: furtherDesigns }, (_, k) => furtherFirst + k))('random design %i', async (seed) => {
    const { table, words } = wildDesign(seed);
    expect([words, outcomeDifferences(await runBoth(engine, table, words))]).toEqual([words, []]);
  });
});
