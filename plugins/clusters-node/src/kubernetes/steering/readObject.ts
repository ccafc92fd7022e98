import {
  ClusterInventory,
  Steering,
  WorkloadRef,
} from '@headroom/plugin-cost-common';
import { KubernetesObject } from '../objects';

/** What an object steers, or why that can't be said; neither = nothing. */
export interface ReadSteering {
  steering?: Steering;
  unreadable?: ClusterInventory['unreadable'][number];
}

const LONGEST_NAME = 253;
/** No text in a database can have it, though a custom resource's can. */
const NUL = '\\u0000';

/**
 * Reads one object. Custom resources are only as well-formed as their definition
 * asks for: who may write one must not keep what others have from being read.
 */
export function readObject<T extends KubernetesObject>(
  kind: Steering['kind'],
  toSteering: (item: T) => Steering | undefined,
  item: T,
): ReadSteering {
  try {
    const steering = toSteering(item);
    if (!steering || isSound(steering)) {
      return { steering };
    }
  } catch {
    // Said below.
  }
  const { namespace = '', name } = item.metadata;
  const object = `${namespace}/${name}`;
  const target = targetOf(kind, namespace, item);
  return {
    unreadable: {
      kind,
      object,
      reason: `${kind} ${object} is not of the expected form`,
      ...(target && { target }),
    },
  };
}

function isSound(steering: Steering): boolean {
  return (
    isName(steering.target.kind) &&
    isName(steering.target.name) &&
    !JSON.stringify(steering).includes(NUL)
  );
}

function targetOf(
  kind: Steering['kind'],
  namespace: string,
  item: KubernetesObject & { spec?: unknown },
): WorkloadRef | undefined {
  const spec = asRecord(item.spec);
  const ref = asRecord(spec.scaleTargetRef ?? spec.targetRef);
  const targetKind =
    ref.kind ?? (kind === 'ScaledObject' ? 'Deployment' : undefined);
  return isName(targetKind) && isName(ref.name)
    ? { namespace, kind: targetKind, name: ref.name }
    : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= LONGEST_NAME &&
    !value.includes('\0')
  );
}
