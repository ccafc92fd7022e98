import { LoadResult } from '../openLoop';
import { until } from '../portalProcess';
import { mustAnswer } from './load';
import { count } from './progress';

/** Sends the load while advice is computed over and over. */
export async function whileAdvising(
  costUrl: string,
  work: { advise(): Promise<unknown>; load(): Promise<LoadResult> },
): Promise<{ advising: LoadResult; runs: number; advised: number }> {
  let loading = true;
  let runs = 0;
  const advising = work.load().finally(() => (loading = false));
  while (loading) {
    // Advice of two hours ago is due again.
    await count(
      costUrl,
      `WITH aged AS (
         UPDATE cost_advice_runs SET finished_at = finished_at - interval '2 hours'
         WHERE finished_at IS NOT NULL RETURNING 1
       ) SELECT count(*) AS n FROM aged`,
    );
    // The portal's own clock may have started it first, or it has not yet put
    // down what it ended with: so it is asked for until it is done.
    await until('advice is computed', 300_000, async () => {
      if (!loading) return true;
      await work.advise();
      return (await freshRuns(costUrl)) > 0;
    });
    runs += loading ? 1 : 0;
  }
  return {
    advising: mustAnswer(await advising),
    runs,
    // Of the run that is shown and of the one that goes on.
    advised: await count(
      costUrl,
      'SELECT count(*) AS n FROM cost_advice_details',
    ),
  };
}

function freshRuns(costUrl: string) {
  return count(
    costUrl,
    `SELECT count(*) AS n FROM cost_advice_runs
     WHERE finished_at > now() - interval '1 hour'`,
  );
}
