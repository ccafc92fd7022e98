import { Worker } from 'node:worker_threads';
import { AdviceBatch, AdviceRun } from './protocol';
import { AdviceAnswer } from '../../database/adviceOutcome';

/**
 * Memory of one worker. A batch leaves some megabytes of digests behind that
 * nobody needs; a small heap has them collected before they pile up.
 */
const LIMITS = {
  maxOldGenerationSizeMb: 96,
  maxYoungGenerationSizeMb: 16,
};

interface Waiting {
  resolve(answer: AdviceAnswer): void;
  reject(error: Error): void;
}

/** A thread, and who waits for its answers: they come in the order of the batches. */
interface Thread {
  worker: Worker;
  waiting: Waiting[];
}

/** Worker threads that advise, so that the event loop stays free. */
export class AdviceWorkers {
  readonly #threads: Thread[];
  #failure: Error | undefined;

  static create(options: { run: AdviceRun; threads: number }) {
    return new AdviceWorkers(options.run, options.threads);
  }

  private constructor(run: AdviceRun, threads: number) {
    this.#threads = Array.from({ length: threads }, () => this.#start(run));
  }

  /** Rejects when the thread dies or the workers are closed before it answers. */
  async advise(batch: AdviceBatch): Promise<AdviceAnswer> {
    if (this.#failure) {
      throw this.#failure;
    }
    const thread = this.#threads.reduce((least, each) =>
      each.waiting.length < least.waiting.length ? each : least,
    );
    return new Promise((resolve, reject) => {
      thread.waiting.push({ resolve, reject });
      thread.worker.postMessage(batch, [batch.digests.buffer as ArrayBuffer]);
    });
  }

  /** Ends the threads; who still waits is told. */
  async close(): Promise<void> {
    this.#fail(new Error('The computation of advice was stopped'));
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(run: AdviceRun): Thread {
    const file = require.resolve('@headroom/plugin-cost-backend/advice-worker');
    const worker = new Worker(file, {
      workerData: run,
      resourceLimits: LIMITS,
      // In a checkout the file is TypeScript, and may be run by something that doesn't read it.
      ...(file.endsWith('.ts') && {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
      }),
    });
    const thread: Thread = { worker, waiting: [] };
    worker.on('message', (answer: AdviceAnswer) =>
      thread.waiting.shift()?.resolve(answer),
    );
    worker.on('error', error => this.#fail(error));
    worker.on('exit', code =>
      this.#fail(new Error(`A thread that computes advice ended (${code})`)),
    );
    return thread;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { waiting } of this.#threads ?? []) {
      waiting.splice(0).forEach(({ reject }) => reject(this.#failure!));
    }
  }
}
