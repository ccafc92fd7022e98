import { dailyLevels, isRising } from '../days/drift';
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
      message:
        'No controller makes this pod again: to change it, delete and create it by hand.',
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
      message: `Restarted ${restarts} times on ${start.slice(
        0,
        10,
      )}: what it used is not what it needs.`,
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
      message: `${pending} pods wait to be scheduled or were evicted: usage is not what is wanted.`,
    });
  }
  if (isRising(dailyLevels(used.days, resource))) {
    reasons.push({
      code: 'drift',
      resource,
      message: `${
        resource === 'cpu' ? 'CPU' : 'Memory'
      } usage is on its way up, so the past says too little of what comes.`,
    });
  }
  return reasons;
}
