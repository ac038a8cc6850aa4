import { parentPort } from 'node:worker_threads';
import { failureOf } from '../thread-failure.ts';
import { figureRaster } from './raster-figure.ts';
import type { RasterReply, RasterTask } from './raster-thread.ts';
import { reportDocx } from './report-docx.ts';

/** Thread that turns drawings into points, and the report with its drawings into a file: one answer a message, in order. */
const raster = figureRaster();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (task: RasterTask) => {
  last = last.then(async () => {
    const reply: RasterReply = await answer(task).catch(failureOf);
    parentPort?.postMessage(reply);
  });
});

async function answer(task: RasterTask): Promise<RasterReply> {
  if ('svg' in task) return { image: await raster(task.svg) };
  return { report: await reportDocx(task.report, task.style, raster) };
}
