import { HOUR_MS } from '@headroom/common';
import { addHours, closedUntil } from '../../core/hours';
import { IngestState } from '../../database/IngestStore';

/** Hours read first when a cluster is new; the back-fill does the rest. */
export const FIRST_HOURS = 24;

/** Hours of one cluster to read next; `end` is exclusive. */
export interface Step {
  /** `again`: it was read, and is not all there. */
  kind: 'live' | 'again' | 'backfill';
  start: Date;
  end: Date;
}

/** What the plan depends on beside the state. */
export interface PlanOptions {
  now: Date;
  settleMs: number;
  lateHorizonHours: number;
  backfillHours: number;
  /** Hours one request may span. */
  chunkHours: number;
  /** This run has read what is between it and the watermark; that is not late. */
  readFrom?: Date;
  /** Hours that are due to be read again, newest first. */
  unfinished?: Date[];
}

/** Where a new cluster begins: the last day first, then backwards. */
export function initialState(
  source: string,
  options: PlanOptions,
): IngestState & { watermark: Date; backfillStart: Date } {
  const closed = closedUntil(options.now, options.settleMs);
  const start = addHours(
    closed,
    -Math.min(FIRST_HOURS, Math.max(1, options.backfillHours)),
  );
  return {
    source,
    watermark: start,
    backfillStart: start,
    backfillFrom: start,
    backfillCursor: start,
  };
}

/** How far back a cluster should reach; moves when the configuration does. */
export function backfillTarget(
  backfillStart: Date,
  backfillHours: number,
): Date {
  return addHours(backfillStart, Math.min(0, FIRST_HOURS - backfillHours));
}

/**
 * The hours to read next: new ones first, together with the late horizon before
 * them once they are caught up; then what is unfinished; then the back-fill,
 * backwards. Undefined when there is nothing to do.
 */
export function nextSteps(
  state: IngestState,
  options: PlanOptions,
): Step[] | undefined {
  const closed = closedUntil(options.now, options.settleMs);
  const watermark = state.watermark ?? closed;
  if (watermark < closed) {
    return liveSteps(state, watermark, closed, options);
  }
  if (options.unfinished?.length) {
    return [{ kind: 'again', ...newestRun(options.unfinished) }];
  }
  const { backfillCursor: cursor, backfillFrom: from } = state;
  if (cursor && from && from < cursor) {
    const start = latest(addHours(cursor, -options.chunkHours), from);
    return [{ kind: 'backfill', start, end: cursor }];
  }
  return undefined;
}

function liveSteps(
  state: IngestState,
  watermark: Date,
  closed: Date,
  { chunkHours, lateHorizonHours, readFrom = watermark }: PlanOptions,
): Step[] {
  const end = earliest(addHours(watermark, chunkHours), closed);
  const caughtUp = end.getTime() === closed.getTime();
  if (!caughtUp) {
    return inChunks(watermark, end, chunkHours);
  }
  const late = latest(
    addHours(watermark, -lateHorizonHours),
    earliest(state.backfillCursor ?? watermark, watermark),
  );
  return readFrom < watermark
    ? [
        ...inChunks(late, readFrom, chunkHours),
        ...inChunks(watermark, end, chunkHours),
      ]
    : inChunks(late, end, chunkHours);
}

/** The newest of hours, and those before it without a gap. */
function newestRun([newest, ...others]: Date[]): { start: Date; end: Date } {
  let start = newest;
  for (const hour of others) {
    if (hour.getTime() !== start.getTime() - HOUR_MS) {
      break;
    }
    start = hour;
  }
  return { start, end: addHours(newest, 1) };
}

function inChunks(start: Date, end: Date, chunkHours: number): Step[] {
  const steps: Step[] = [];
  for (let from = start; from < end; from = addHours(from, chunkHours)) {
    const to = earliest(addHours(from, chunkHours), end);
    steps.push({ kind: 'live', start: from, end: to });
  }
  return steps;
}

function earliest(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function latest(a: Date, b: Date): Date {
  return a > b ? a : b;
}
