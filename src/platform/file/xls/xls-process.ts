import { xlsSheets } from './xls-sheets.ts';

/** Process that reads one xls workbook: what goes wrong in it ends with it. */
process.once('message', (bytes: Uint8Array) => {
  let answer: unknown;
  try {
    answer = { sheets: xlsSheets(bytes) };
  } catch (error) {
    answer = { fault: error instanceof Error ? error.message : String(error), isRange: error instanceof RangeError };
  }
  process.send?.(answer, () => process.disconnect());
});
