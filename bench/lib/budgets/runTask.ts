import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { until } from '../portalProcess';

/** How long a run of a scheduled task takes that is asked for, ms by the scheduler's own clock. */
export async function runTask(options: {
  /** The cost plugin's own database. */
  url: string;
  task: string;
  /** @returns false when it runs already. */
  ask: () => Promise<boolean>;
}): Promise<number> {
  const { url, task, ask } = options;
  const db = new Client({ connectionString: url });
  await db.connect();
  const read = async () => {
    const { rows } = await db.query<{
      started: Date | null;
      ended: Date | null;
    }>(
      `SELECT current_run_started_at AS started, last_run_ended_at AS ended
       FROM backstage_backend_tasks__tasks WHERE id = $1`,
      [task],
    );
    return rows[0];
  };
  try {
    // One of the clock's own is waited for.
    await until(
      `no ${task} runs`,
      900_000,
      async () => !(await read()).started,
    );
    await until(`${task} is asked for`, 120_000, ask);
    let started: Date | undefined;
    while (!started) {
      started = (await read()).started ?? undefined;
      await setTimeout(10);
    }
    let ended: Date | null = null;
    while (!ended || ended < started) {
      ({ ended } = await read());
      await setTimeout(10);
    }
    return ended.getTime() - started.getTime();
  } finally {
    await db.end();
  }
}
