import { dailyLevels, isRising } from '../days/drift';
import { wordUsage } from '../messages/usage';
import { wordVeto } from '../messages/vetoes';
import { steeringVetoes } from '../steering/steeringOf';
import { AdvisedResource, AdviceReason } from '../types';
import { AdviceContext } from './context';
import { unseenRuns } from './readiness';

/** Restarts of one pod in one day, kills for lack of memory apart, that make a loop. */
const LOOP_RESTARTS = 5;

/** What withholds any number of a resource. */
export function vetoesOn(
  resource: AdvisedResource,
  { input, used }: AdviceContext,
): AdviceReason[] {
  const reasons = steeringVetoes(input.steering, input.container, resource);
  if (input.facts?.bare || input.workload.kind === 'Pod') {
    reasons.push({
      code: 'bare-pod',
      resource,
      ...wordVeto('barePod'),
    });
  }
  // A kill is a restart too, and more memory is its remedy.
  const loop = used.days.find(
    ({ digest }) =>
      (digest.restarts ?? 0) - (digest.oomKills ?? 0) >=
      LOOP_RESTARTS * Math.max(1, digest.pods),
  );
  if (loop) {
    const { start, restarts } = loop.digest;
    reasons.push({
      code: 'restart-loop',
      resource,
      ...wordVeto('restartLoop', {
        restarts: restarts ?? 0,
        day: start.slice(0, 10),
      }),
    });
  }
  return reasons;
}

/** What withholds a number that takes something away. */
export function lowerVetoesOn(
  resource: AdvisedResource,
  { input, used, summary }: AdviceContext,
): AdviceReason[] {
  const unseen = unseenRuns(resource, input, summary);
  const reasons: AdviceReason[] = unseen ? [unseen] : [];
  const pending = input.facts?.pendingPods ?? 0;
  if (pending > 0) {
    reasons.push({
      code: 'pending-pods',
      resource,
      ...wordVeto('podsWait', { count: pending }),
    });
  }
  if (isRising(dailyLevels(used.days, resource))) {
    reasons.push({
      code: 'drift',
      resource,
      ...wordUsage(resource === 'cpu' ? 'cpuRises' : 'memoryRises'),
    });
  }
  return reasons;
}
