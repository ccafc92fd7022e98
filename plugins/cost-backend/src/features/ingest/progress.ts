import { HOUR_MS } from '@headroom/common';
import { IngestState, IngestStore } from '../../database/IngestStore';
import { ClusterSource } from '../../core/ClusterSource';
import { backfillTarget, initialState, PlanOptions } from './plan';

/**
 * Where a cluster stands. Made for a new cluster; moved when the back-fill is
 * configured to reach further than before.
 */
export async function loadProgress(
  store: IngestStore,
  clusterId: number,
  source: ClusterSource,
  plan: PlanOptions,
  signal: AbortSignal,
): Promise<IngestState> {
  const stored = await store.readState(clusterId);
  const state =
    stored?.backfillStart && stored.watermark
      ? stored
      : initialState(source.id, plan);
  const { backfillStart, backfillFrom } = state;
  if (!backfillStart || !backfillFrom) {
    return state;
  }
  const target = backfillTarget(backfillStart, plan.backfillHours);
  if (state === stored && target >= backfillFrom) {
    return state;
  }
  const from = notBefore(target, await earliestHour(source, signal));
  const next = {
    ...state,
    backfillFrom: from < backfillFrom ? from : backfillFrom,
  };
  if (state !== stored || next.backfillFrom < backfillFrom) {
    const { watermark, backfillCursor } = next;
    await store.changeState(clusterId, source.id, {
      watermark,
      backfillStart,
      backfillCursor,
      backfillFrom: next.backfillFrom,
    });
  }
  return next;
}

async function earliestHour(
  source: ClusterSource,
  signal: AbortSignal,
): Promise<Date | undefined> {
  try {
    return await source.earliest(signal);
  } catch {
    return undefined; // it can't say; the back-fill finds out
  }
}

function notBefore(target: Date, earliest: Date | undefined): Date {
  return earliest && earliest > target
    ? new Date(Math.ceil(earliest.getTime() / HOUR_MS) * HOUR_MS)
    : target;
}
