import { Origin, ReportBase } from '@headroom/plugin-cost-common';

/** A back-fill moves on by the minute; this is often enough to watch figures grow. */
const REFRESH_MS = 15_000;

/** How far the back-fills of all sources are together; undefined when none runs. */
export function runningBackfill(
  sources: Origin['sources'],
): { doneHours: number; totalHours: number } | undefined {
  const running = sources.flatMap(({ backfill }) => backfill ?? []);
  return running.length === 0
    ? undefined
    : {
        doneHours: running.reduce((sum, { doneHours }) => sum + doneHours, 0),
        totalHours: running.reduce(
          (sum, { totalHours }) => sum + totalHours,
          0,
        ),
      };
}

/** How long a report is good for, ms: while a back-fill runs, its figures grow. */
export function refreshWhileBackfilling(
  report: ReportBase & { origin?: { sources: Origin['sources'] } },
): number | undefined {
  return report.origin && runningBackfill(report.origin.sources)
    ? REFRESH_MS
    : undefined;
}
