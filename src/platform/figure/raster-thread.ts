import { Worker } from 'node:worker_threads';
import type { Document, RasterImage } from '../../output/document/contract.ts';
import { errorOf, type ThreadFailure } from '../thread-failure.ts';
import { figureRaster } from './raster-figure.ts';
import { type ReportStyle, reportDocx } from './report-docx.ts';

/** What the thread is asked for: plain data, as a document is and the report that it is made from is not. */
export type RasterTask = { readonly svg: string } | { readonly report: Document; readonly style: ReportStyle };

/** What the thread answers with. */
export type RasterReply = { readonly image: RasterImage } | { readonly report: string | Uint8Array } | ThreadFailure;

/** What turns drawings into points beside this thread. */
export interface RasterThread {
  /** As `figureRaster`, begun at once, one after the other. @throws figure-unprintable */
  readonly raster: (svg: string) => Promise<RasterImage>;
  /** As `reportDocx`, begun when the drawings before it are done. */
  readonly docx: (report: Document, style: ReportStyle) => Promise<string | Uint8Array>;
  readonly close: () => Promise<void>;
}

/**
 * Turns figures into points, and a report into a file of a word processor, on a thread of its own, started with the first one; with
 * one thread here. The bytes are the same.
 */
export function rasterThread(threads: number): RasterThread {
  // Run from source (tests), there is no compiled worker to start.
  if (threads <= 1 || import.meta.url.endsWith('.ts')) {
    const raster = figureRaster();
    return { raster, docx: (report, style) => reportDocx(report, style, raster), close: async () => undefined };
  }
  const made = new Map<string, Promise<RasterImage>>();
  const waiting: { readonly take: (reply: RasterReply) => void; readonly reject: (error: unknown) => void }[] = [];
  let worker: Worker | null = null;
  const start = (): Worker => {
    const one = new Worker(new URL('./raster-worker.js', import.meta.url));
    // Answers come in the order of the tasks.
    one.on('message', (reply: RasterReply) => waiting.shift()?.take(reply));
    one.on('error', (error) => {
      for (const { reject } of waiting.splice(0)) reject(error);
    });
    return one;
  };
  const ask = <T>(task: RasterTask, found: (reply: RasterReply) => T | undefined): Promise<T> => {
    worker ??= start();
    const to = worker;
    return new Promise<T>((resolve, reject) => {
      const take = (reply: RasterReply): void => {
        const value = found(reply);
        if (value !== undefined) resolve(value);
        else reject('failed' in reply || 'broken' in reply ? errorOf(reply) : new Error('an answer to another task'));
      };
      to.postMessage(task);
      waiting.push({ take, reject });
    });
  };
  const raster = (svg: string): Promise<RasterImage> => {
    const known = made.get(svg);
    if (known !== undefined) return known;
    const image = ask({ svg }, (reply) => ('image' in reply ? reply.image : undefined));
    made.set(svg, image);
    return image;
  };
  return {
    raster,
    docx: (report, style) => ask({ report, style }, (reply) => ('report' in reply ? reply.report : undefined)),
    close: async () => {
      await worker?.terminate();
    },
  };
}
