import { parentPort, workerData } from 'node:worker_threads';
import { xlsSheets } from './xls-sheets.ts';

/** Thread that reads one xls workbook: what goes wrong in it ends with it. */
parentPort?.postMessage(xlsSheets((workerData as { bytes: Uint8Array }).bytes));
