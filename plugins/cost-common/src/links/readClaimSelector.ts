import { LabelRequirement, parseLabelSelector } from './labelSelector';
import { messageOf } from './problems';

/** What controllers put on every pod they make: it says nothing about whose the pod is. */
const ON_EVERY_POD = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
]);

/**
 * A selector by which an entity claims workloads. One that says only what pods
 * must not have, or asks for what every pod has, would claim whatever nobody
 * else does: it is refused.
 *
 * @returns the requirements, or why there are none; neither when there is no selector
 * @internal
 */
export function readClaimSelector(selector: string | undefined): {
  requirements?: LabelRequirement[];
  refusal?: string;
} {
  if (selector === undefined) {
    return {};
  }
  let requirements: LabelRequirement[];
  try {
    requirements = parseLabelSelector(selector);
  } catch (error) {
    return { refusal: messageOf(error) };
  }
  if (requirements.length === 0) {
    return { refusal: 'it is empty, so it would match every workload' };
  }
  return requirements.some(isPositive)
    ? { requirements }
    : {
        refusal: `"${selector}" names no label that only its own pods have, so it would claim whatever nobody else does; add one such as app=web`,
      };
}

function isPositive({ key, operator }: LabelRequirement): boolean {
  return operator === 'in' || (operator === 'exists' && !ON_EVERY_POD.has(key));
}
