import { parentPort, workerData } from 'node:worker_threads';
import type { FirmTask } from '../../domain/china/synthetic/raw/firms.ts';
import { writeFirmFile } from './write-firms.ts';

/** Thread that writes registry files, one task a message. */
const { folder } = workerData as { folder: string }; // given by `firm-pool` alone
parentPort?.on('message', (task: FirmTask) => {
  parentPort?.postMessage(writeFirmFile(folder, task));
});
