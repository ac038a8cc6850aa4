import { Worker } from 'node:worker_threads';
import type { CleanLayer, RawLayer } from '../../domain/china/synthetic/raw/raw-layer.ts';
import { simulateRawLayer } from '../../domain/china/synthetic/simulate.ts';
import { isStudyError } from '../../error/study-error.ts';
import { lazily } from '../../math/lazy.ts';

type Arguments = Parameters<typeof simulateRawLayer>;

/** What a synthetic raw layer is drawn from. */
export interface LayerTask {
  readonly study: Arguments[0];
  readonly reference: Arguments[1];
  readonly published: Arguments[2];
  readonly options: Arguments[3];
}

/** What the thread tells, in this order. */
export type LayerMessage = Pick<RawLayer, 'firmTasks'> | { readonly clean: CleanLayer } | Pick<RawLayer, 'dirt'>;

/** A layer whose firms are counted; its small tables may still be drawn, and dirtied after that. */
export interface DrawnLayer extends Pick<RawLayer, 'firmTasks'> {
  readonly clean: Promise<CleanLayer>;
  readonly dirt: Promise<RawLayer['dirt']>;
}

/**
 * Draws a synthetic raw layer on a thread of its own, so that this one hears signals: the draw is one long piece of work. The registry
 * can be written when its firms are counted, while the rest is drawn and the small tables are dirtied.
 * @throws what `simulateRawLayer` throws, interrupted; so do the promises
 */
export async function drawLayer(task: LayerTask, signal: AbortSignal): Promise<DrawnLayer> {
  const here = lazily(() => simulateRawLayer(task.study, task.reference, task.published, task.options));
  const drawnHere = (): DrawnLayer => {
    const { dirt, ...clean } = here();
    return { firmTasks: clean.firmTasks, clean: Promise.resolve(clean), dirt: Promise.resolve(dirt) };
  };
  // Run from source (tests), there is no compiled worker to start.
  if (import.meta.url.endsWith('.ts')) return drawnHere();
  const worker = new Worker(new URL('./layer-worker.js', import.meta.url), { workerData: task });
  const stop = new AbortController();
  const told = <T>(take: (message: LayerMessage) => T | undefined, again: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      worker.on('message', (message: LayerMessage) => {
        const value = take(message);
        if (value !== undefined) resolve(value);
      });
      worker.once('error', (error) => {
        // An error loses its class between threads; drawn here again, it is thrown as it is.
        try {
          resolve(again());
        } catch (own) {
          reject(isStudyError(own) ? own : error);
        }
      });
      signal.addEventListener('abort', () => reject(signal.reason), { signal: stop.signal });
      if (signal.aborted) reject(signal.reason);
    });
  const end = (): void => {
    stop.abort();
    void worker.terminate();
  };
  const dirt = told(
    (message) => ('dirt' in message ? message.dirt : undefined),
    () => here().dirt,
  );
  dirt.then(end, end);
  const clean = told((message) => ('clean' in message ? message.clean : undefined), here);
  // Heard where it is waited for.
  clean.catch(() => undefined);
  const firmTasks = await told(
    (message) => ('firmTasks' in message ? message.firmTasks : undefined),
    () => here().firmTasks,
  );
  return { firmTasks, clean, dirt };
}
