import { parentPort, workerData } from 'node:worker_threads';
import { simulateRawLayer } from '../../domain/china/synthetic/simulate.ts';
import type { LayerMessage, LayerTask } from './layer-thread.ts';

/** Thread that draws a synthetic raw layer: first what the registry holds, then all but the dirt of the small tables, then that. */
const { study, reference, published, options } = workerData as LayerTask; // given by `layer-thread` alone
const tell = (message: LayerMessage): void => parentPort?.postMessage(message);
const { dirt } = simulateRawLayer(study, reference, published, options, {
  onFirms: (firmTasks) => tell({ firmTasks }),
  onClean: (clean) => tell({ clean }),
});
tell({ dirt });
