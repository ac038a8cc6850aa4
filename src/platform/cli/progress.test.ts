import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

function recorder(isTTY: boolean): {
  text: () => string;
  stream: { write(text: string): void; isTTY: boolean; columns: number };
} {
  let said = '';
  const write = (text: string): void => {
    said += text;
  };
  return { text: () => said, stream: { write, isTTY, columns: 24 } };
}

/** A clock that goes on by 1.25 s each time it is read. */
function slowClock(): () => number {
  let now = 0;
  return () => {
    now += 1250;
    return now;
  };
}

test('elsewhere than on a terminal: one plain line a finished step, warnings as they come', () => {
  const { text, stream } = recorder(false);
  const progress = createProgress(stream, slowClock());
  progress.step('raw', 'Raw tables');
  progress.detail('registry');
  progress.warn('two rows were left out');
  progress.step('panel', 'Panel');
  progress.done('271 cities');
  expect(text()).toBe('! two rows were left out\nRaw tables (1.3 s)\nPanel: 271 cities (1.3 s)\n');
});

test('on a terminal: a live line that fits, taken away when the step ends', () => {
  const { text, stream } = recorder(true);
  const progress = createProgress(stream, slowClock());
  progress.step('raw', '原始表格');
  progress.detail('企业登记表与能源消费量');
  progress.stop();
  const clear = '\r\u001b[2K';
  expect(text()).toBe(`- 原始表格${clear}- 原始表格: 企业登记表${clear}`);
});

test('done without a step says nothing', () => {
  const { text, stream } = recorder(false);
  createProgress(stream).done('nothing');
  expect(text()).toBe('');
});
