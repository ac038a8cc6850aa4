import { Worker } from 'node:worker_threads';
import type { RawLayer } from '../../domain/china/synthetic/raw/raw-layer.ts';
import { simulateRawLayer } from '../../domain/china/synthetic/simulate.ts';
import { isStudyError } from '../../error/study-error.ts';

type Arguments = Parameters<typeof simulateRawLayer>;

/** What a synthetic raw layer is drawn from. */
export interface LayerTask {
  readonly study: Arguments[0];
  readonly reference: Arguments[1];
  readonly published: Arguments[2];
  readonly options: Arguments[3];
}

/**
 * Draws a synthetic raw layer on a thread of its own, so that this one hears signals: the draw is one long piece of work.
 * @throws what `simulateRawLayer` throws, interrupted
 */
export async function drawLayer(task: LayerTask, signal: AbortSignal): Promise<RawLayer> {
  const here = (): RawLayer => simulateRawLayer(task.study, task.reference, task.published, task.options);
  // Run from source (tests), there is no compiled worker to start.
  if (import.meta.url.endsWith('.ts')) return here();
  const worker = new Worker(new URL('./layer-worker.js', import.meta.url), { workerData: task });
  const stop = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve).once('error', (error) => {
        // An error loses its class between threads; drawn here again, it is thrown as it is.
        try {
          resolve(here());
        } catch (own) {
          reject(isStudyError(own) ? own : error);
        }
      });
      signal.addEventListener('abort', () => reject(signal.reason), { signal: stop.signal });
      signal.throwIfAborted();
    });
  } finally {
    stop.abort();
    await worker.terminate();
  }
}
