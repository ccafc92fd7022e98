import { Client } from 'pg';
import { until } from '../portalProcess';
import { log } from './log';

/** The number that a query gives as `n`. */
export async function count(url: string, sql: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: string }>(sql);
    return Number(rows[0].n);
  } finally {
    await client.end();
  }
}

/** Waits until the catalog's services are known to the cost plugin. */
export function catalogued(costUrl: string, services: number) {
  let last = -1;
  return until(
    `${services} services are in the catalog`,
    1_800_000,
    async () => {
      const known = await count(
        costUrl,
        `SELECT count(*) AS n FROM cost_entities WHERE kind = 'component'`,
      ).catch(() => 0);
      if (known !== last) log(`${known} of ${services} services catalogued`);
      last = known;
      return known >= services;
    },
  );
}

/** Hours of clusters that are complete. */
export function ingestedHours(costUrl: string) {
  return count(
    costUrl,
    `SELECT count(*) AS n FROM cost_ingest_hours WHERE status = 'complete'`,
  );
}

/** Asks for the ingest until it has stored an hour. */
export function ingesting(costUrl: string, ask: () => Promise<unknown>) {
  return until('the ingest has begun', 120_000, async () => {
    await ask();
    return (await ingestedHours(costUrl)) > 0;
  });
}
