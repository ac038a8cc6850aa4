import { parentPort, workerData } from 'node:worker_threads';
import { simulateRawLayer } from '../../domain/china/synthetic/simulate.ts';
import type { LayerTask } from './layer-thread.ts';

/** Thread that draws a synthetic raw layer. */
const { study, reference, published, options } = workerData as LayerTask; // given by `layer-thread` alone
parentPort?.postMessage(simulateRawLayer(study, reference, published, options));
