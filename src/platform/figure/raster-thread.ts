import { Worker } from 'node:worker_threads';
import type { RasterImage } from '../../output/document/contract.ts';
import { errorOf, type ThreadFailure } from '../thread-failure.ts';
import { figureRaster } from './raster-figure.ts';

/** What the thread answers a drawing with. */
export type RasterReply = { readonly image: RasterImage } | ThreadFailure;

/** What turns drawings into points beside this thread. */
export interface RasterThread {
  /** As `figureRaster`, begun at once, one after the other. @throws figure-unprintable */
  readonly raster: (svg: string) => Promise<RasterImage>;
  readonly close: () => Promise<void>;
}

/** Turns figures into points on a thread of its own, started with the first one; with one thread here. The bytes are the same. */
export function rasterThread(threads: number): RasterThread {
  // Run from source (tests), there is no compiled worker to start.
  if (threads <= 1 || import.meta.url.endsWith('.ts')) return { raster: figureRaster(), close: async () => undefined };
  const made = new Map<string, Promise<RasterImage>>();
  const waiting: { readonly resolve: (image: RasterImage) => void; readonly reject: (error: unknown) => void }[] = [];
  let worker: Worker | null = null;
  const start = (): Worker => {
    const one = new Worker(new URL('./raster-worker.js', import.meta.url));
    // Answers come in the order of the drawings.
    one.on('message', (reply: RasterReply) => {
      const asked = waiting.shift();
      if ('image' in reply) asked?.resolve(reply.image);
      else asked?.reject(errorOf(reply));
    });
    one.on('error', (error) => {
      for (const { reject } of waiting.splice(0)) reject(error);
    });
    return one;
  };
  return {
    raster: (svg) => {
      const known = made.get(svg);
      if (known !== undefined) return known;
      worker ??= start();
      const to = worker;
      const image = new Promise<RasterImage>((resolve, reject) => {
        waiting.push({ resolve, reject });
        to.postMessage(svg);
      });
      made.set(svg, image);
      return image;
    },
    close: async () => {
      await worker?.terminate();
    },
  };
}
