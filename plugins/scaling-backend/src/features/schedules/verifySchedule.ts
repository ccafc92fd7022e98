import { Verifier } from '@headroom/plugin-controllers-node';
import { sayReport } from '@headroom/plugin-scaling-common';
import { Fleet } from '../../core/fleet/Fleet';

/** What gives capacity has so long to be ready before it is said that it isn't. */
const READY_WITHIN_S = 15 * 60;
/** What is ready after that is late: a schedule leads by what a start takes. */
const LATE_AFTER_S = 5 * 60;

/**
 * Whether pods have come after what gives capacity, and when; what takes it needs no
 * look.
 */
export function createScheduleVerifier({
  fleet,
}: {
  fleet: Pick<Fleet, 'recent'>;
}): Verifier {
  return async action => {
    const { target, replicasAfter, direction, ageSeconds } = action;
    if (
      direction === 'down' ||
      replicasAfter === undefined ||
      target.type !== 'kubernetes'
    ) {
      return { outcome: 'ok' };
    }
    const view = await fleet.recent();
    const found = view.cluster(target.cluster)?.byObject.get(target.uid);
    const ready = found?.readyReplicas;
    if (ready === undefined) {
      return { outcome: 'ok' };
    }
    const wanted = Math.min(replicasAfter, found?.replicas ?? replicasAfter);
    const minutes = Math.floor(ageSeconds / 60);
    if (ready < wanted) {
      return ageSeconds > READY_WITHIN_S
        ? {
            outcome: 'ok',
            text: sayReport('notReady', { ready, wanted, minutes }),
          }
        : { outcome: 'notYet' };
    }
    return ageSeconds > LATE_AFTER_S
      ? { outcome: 'ok', text: sayReport('readyLate', { wanted, minutes }) }
      : { outcome: 'ok' };
  };
}
