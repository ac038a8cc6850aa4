import { parentPort, workerData } from 'node:worker_threads';
import { modelEstimator } from '../../study/estimate-models.ts';
import type { ModelReply, ModelWork } from './model-pool.ts';

/** Thread that estimates models from the last one on, until none is left that no other thread has taken. */
const { task, ids, taken } = workerData as ModelWork; // given by `model-pool` alone
const estimate = modelEstimator(task, null);
const tell = (reply: ModelReply): void => parentPort?.postMessage(reply);

for (let i = ids.length - 1; i >= 0; i--) {
  if (Atomics.compareExchange(taken, i, 0, 1) !== 0) continue;
  // What fails is estimated again on the other side, where its error has its class.
  await estimate(ids[i] ?? '').then(
    (result) => tell({ i, result }),
    () => tell({ i, result: null }),
  );
}
