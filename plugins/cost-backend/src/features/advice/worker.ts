/**
 * What runs in a worker thread of the advice job: batches in, advice out.
 *
 * @packageDocumentation
 */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { adviseBatch } from './adviseBatch';
import { AdviceBatch, AdviceRun } from './protocol';

const run = workerData as AdviceRun;

if (process.platform === 'linux') {
  // Of this thread alone, as Linux counts: requests come first where cores are few.
  setPriority(0, constants.priority.PRIORITY_LOW);
}

parentPort?.on('message', (batch: AdviceBatch) => {
  parentPort?.postMessage(adviseBatch(run, batch));
});
