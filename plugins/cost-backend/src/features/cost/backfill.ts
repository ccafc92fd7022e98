import { HOUR_MS } from '@headroom/common';
import { BackfillState } from '../../database/ReportStore';

/** How far a back-fill is. */
export interface BackfillProgress {
  from: string;
  doneHours: number;
  totalHours: number;
  finished: boolean;
}

/** Progress of a back-fill; undefined when there never was one. */
export function backfillOf({
  backfillFrom,
  backfillStart,
  backfillCursor,
}: BackfillState): BackfillProgress | undefined {
  if (!backfillFrom || !backfillStart || !backfillCursor) {
    return undefined;
  }
  const totalHours = hoursFrom(backfillFrom, backfillStart);
  const doneHours = Math.min(
    totalHours,
    hoursFrom(backfillCursor, backfillStart),
  );
  return {
    from: backfillFrom,
    doneHours,
    totalHours,
    finished: doneHours >= totalHours,
  };
}

/** The hours a running back-fill has still to read; undefined when none runs. */
export function backfillAhead(
  state: BackfillState,
): { from: Date; until: Date } | undefined {
  const progress = backfillOf(state);
  return progress && !progress.finished && state.backfillCursor
    ? { from: new Date(progress.from), until: new Date(state.backfillCursor) }
    : undefined;
}

function hoursFrom(start: string, end: string): number {
  return Math.max(0, (Date.parse(end) - Date.parse(start)) / HOUR_MS);
}
