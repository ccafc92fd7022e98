import { KubernetesTarget } from '@headroom/common';
import {
  KubernetesApiError,
  KubernetesFailure,
} from '@headroom/plugin-clusters-node';
import {
  ActuatorError,
  ActuatorFailure,
} from '@headroom/plugin-controllers-node';

const KINDS: Partial<Record<KubernetesFailure, ActuatorFailure>> = {
  Unauthorized: 'forbidden',
  Forbidden: 'forbidden',
  NotFound: 'gone',
  NotServed: 'gone',
  AlreadyExists: 'invalid',
  Conflict: 'conflict',
  DisruptionBudget: 'wait',
  TooManyRequests: 'wait',
  Invalid: 'invalid',
  Expired: 'invalid',
  Rejected: 'invalid',
};

/** What the engine is told of an error of the Kubernetes API; anything else is thrown as it is. */
export function toActuatorError(
  error: unknown,
  { target, verbs }: { target: KubernetesTarget; verbs: readonly string[] },
): unknown {
  if (!(error instanceof KubernetesApiError)) {
    return error;
  }
  const kind = error.uncertain
    ? 'uncertain'
    : KINDS[error.failure] ?? 'unreachable';
  return new ActuatorError({
    kind,
    said: { message: error.message },
    retryAfterMs: error.retryAfterMs,
    mend:
      error.line ??
      (kind === 'forbidden' ? permissionLine(target, verbs) : undefined),
  });
}

/** The rule of a Role that was missing. */
function permissionLine(
  { group, resource, namespace }: KubernetesTarget,
  verbs: readonly string[],
): string {
  const where =
    namespace === undefined ? 'in a ClusterRole' : `for namespace ${namespace}`;
  return `- { apiGroups: ['${group}'], resources: ['${resource}'], verbs: [${verbs.join(
    ', ',
  )}] } # ${where}`;
}
