import { isStorable } from '../../malformed';
import { KubernetesObject } from '../../objects';
import { withoutUndefined } from '../../workloads/containerSpec';
import { projectBase } from './projectBase';
import { CachedBudget, CachedNamespace, ObjectSelector } from './types';

interface BudgetObject extends KubernetesObject {
  spec: {
    selector?: ObjectSelector | null;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
  status?: {
    disruptionsAllowed?: number;
    currentHealthy?: number;
    desiredHealthy?: number;
    expectedPods?: number;
  };
}

/** @internal */
export function projectBudget(item: unknown): CachedBudget {
  const object = item as BudgetObject;
  const { spec, status } = object;
  const { selector, minAvailable, maxUnavailable } = spec;
  if (selector && !isStorable(selector)) {
    throw new TypeError('Malformed selector');
  }
  return {
    ...projectBase(object, 'policy/v1', 'PodDisruptionBudget', []),
    ...(selector && { selector }),
    ...(minAvailable !== undefined && { minAvailable }),
    ...(maxUnavailable !== undefined && { maxUnavailable }),
    ...withoutUndefined({
      disruptionsAllowed: status?.disruptionsAllowed,
      currentHealthy: status?.currentHealthy,
      desiredHealthy: status?.desiredHealthy,
      expectedPods: status?.expectedPods,
    }),
  };
}

/** @internal */
export function projectNamespace(item: unknown): CachedNamespace {
  return projectBase(item as KubernetesObject, 'v1', 'Namespace', []);
}
