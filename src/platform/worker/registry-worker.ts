import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../thread-failure.ts';
import type { ThreadRequest } from './registry-pool.ts';
import { registryThread, type ThreadSetup } from './registry-thread.ts';

/** Thread of a registry scan: one answer a message. */
const thread = registryThread(workerData as ThreadSetup); // given by `registry-pool` alone

parentPort?.on('message', (request: ThreadRequest) => {
  try {
    parentPort?.postMessage({ value: answer(request) });
  } catch (error) {
    parentPort?.postMessage(failureOf(error));
  }
});

function answer(request: ThreadRequest): unknown {
  switch (request.ask) {
    case 'scan':
      return thread.scan(request.task);
    case 'finish':
      return thread.finish();
    case 'settle':
      return thread.settle(request.task);
  }
}
