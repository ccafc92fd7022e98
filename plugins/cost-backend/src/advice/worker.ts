/**
 * What runs in a worker thread of the advice job: batches in, advice out.
 *
 * @packageDocumentation
 */
import { parentPort, workerData } from 'node:worker_threads';
import { adviseBatch } from './adviseBatch';
import { AdviceBatch, AdviceRun } from './protocol';

const run = workerData as AdviceRun;

parentPort?.on('message', (batch: AdviceBatch) => {
  const answer = adviseBatch(run, batch);
  parentPort?.postMessage(answer, [answer.details.buffer]);
});
