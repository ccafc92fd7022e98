import { ChildProcess, spawn } from 'node:child_process';
import { TestPostgres } from '../../__testUtils__/database';
import { DatabaseProxy } from '../../__testUtils__/DatabaseProxy';

jest.setTimeout(240_000);
// What is timed may be late on a busy machine: it is tried once more.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

const TASKS = ['cost-ingest', 'cost-entities', 'cost-inventory', 'cost-advice'];
/** Every task goes on within two minutes, with signs of life five times as far apart as here. */
const GOES_ON_WITHIN_MS = 60_000;

const postgres = TestPostgres.create();
const running = new Set<ChildProcess>();

afterEach(() => running.forEach(child => child.kill('SIGKILL')));

/** A back end on the database behind a proxy. */
class TestProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  output = '';

  constructor(proxy: DatabaseProxy) {
    const { connectionSettings } = proxy.database.client;
    const connection = {
      host: '127.0.0.1',
      port: proxy.port,
      user: connectionSettings.user,
      password: connectionSettings.password,
    };
    const { database } = connectionSettings;
    const config = {
      backend: {
        baseUrl: 'http://localhost:0',
        listen: { host: '127.0.0.1', port: 0 },
        database: {
          client: 'pg',
          connection,
          plugin: { cost: { connection: { database } } },
        },
      },
    };
    this.child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('../../__testUtils__/turnsProcess.ts'),
      ],
      {
        env: {
          ...process.env,
          NODE_ENV: 'production',
          TURNS: JSON.stringify({ config, tasks: TASKS }),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    running.add(this.child);
    const hear = (data: Buffer) => {
      this.output += data;
    };
    this.child.stdout!.on('data', hear);
    this.child.stderr!.on('data', hear);
    this.exited = new Promise(resolve =>
      this.child.on('exit', code => {
        running.delete(this.child);
        resolve(code);
      }),
    );
  }

  says(sentence: string): boolean {
    return this.output.includes(sentence);
  }

  async worksOnEverything(): Promise<number> {
    return this.saysAll(TASKS.map(id => `works on ${id}`));
  }

  /** @returns milliseconds it took. */
  async saysAll(sentences: string[]): Promise<number> {
    const began = performance.now();
    while (!sentences.every(sentence => this.says(sentence))) {
      if (performance.now() - began > GOES_ON_WITHIN_MS) {
        throw new Error(`It did not go on: ${this.output}`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    return performance.now() - began;
  }
}

async function start() {
  const proxy = await DatabaseProxy.create(await postgres.migrated());
  const process = new TestProcess(proxy);
  await process.worksOnEverything();
  return { proxy, process };
}

describe('work goes on in all tasks', () => {
  it('after a stop in mid-turn, which puts it down', async () => {
    const { proxy, process } = await start();
    const other = new TestProcess(proxy);
    await new Promise(resolve => setTimeout(resolve, 5000));
    expect(other.says('works on')).toBe(false);

    process.child.kill('SIGTERM');
    expect(await process.exited).toBe(0);
    expect(TASKS.filter(id => !process.says(`puts down ${id}`))).toEqual([]);
    await other.worksOnEverything();
    other.child.kill('SIGKILL');
    await other.exited;
    await proxy.refuse();
  });

  it('after a kill in mid-turn, which leaves the tickets of the scheduler behind', async () => {
    const { proxy, process } = await start();
    process.child.kill('SIGKILL');
    await process.exited;
    const { rows } = await proxy.database.raw(
      `SELECT id FROM backstage_backend_tasks__tasks WHERE current_run_ticket IS NOT NULL`,
    );
    expect(rows).toHaveLength(TASKS.length);
    const other = new TestProcess(proxy);
    await other.worksOnEverything();
    other.child.kill('SIGKILL');
    await other.exited;
    await proxy.refuse();
  });

  it('after a restart of the database in mid-turn', async () => {
    const { proxy, process } = await start();
    await proxy.refuse();
    await new Promise(resolve => setTimeout(resolve, 8000));
    process.output = '';
    await proxy.accept();
    await process.worksOnEverything();
    process.child.kill('SIGTERM');
    expect(await process.exited).toBe(0);
    await proxy.refuse();
  });
});
