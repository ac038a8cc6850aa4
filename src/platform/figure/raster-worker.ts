import { parentPort } from 'node:worker_threads';
import { failureOf } from '../thread-failure.ts';
import { figureRaster } from './raster-figure.ts';
import type { RasterReply } from './raster-thread.ts';

/** Thread that turns drawings into points: one answer a message, in order. */
const raster = figureRaster();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (svg: string) => {
  last = last.then(async () => {
    const reply: RasterReply = await raster(svg).then((image) => ({ image }), failureOf);
    parentPort?.postMessage(reply);
  });
});
