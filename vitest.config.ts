import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// quick: beside the source and in test/, no browser, no full-scale data. slow: everything else.
const slow = ['src/**/*.slow.test.ts', 'test/**/*.slow.test.ts'];

export default defineConfig({
  test: {
    coverage: {
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts', 'src/**/testing/**'],
      reporter: ['text-summary', 'html'],
    },
    projects: [
      {
        test: {
          name: 'quick',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: slow,
          setupFiles: 'test/fixed-seed.ts',
          // Modules hold no state: a thread loads them once for all its files.
          isolate: false,
          sequence: { groupOrder: 0 },
          testTimeout: 120_000,
          hookTimeout: 60_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        test: {
          name: 'slow',
          globalSetup: 'test/e2e/build-once.ts',
          setupFiles: 'test/fixed-seed.ts',
          include: slow,
          // Most of them wait for programs of their own: two at a time also on two cores.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          // Beside quick tests (npm run docs) after them: two numbers of workers cannot run at once.
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          hookTimeout: 120_000,
          env: { TZ: 'UTC' },
        },
      },
    ],
  },
});
