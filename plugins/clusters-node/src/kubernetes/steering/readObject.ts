import { Steering, WorkloadRef } from '@headroom/common';
import {
  asRecord,
  isName,
  isStorable,
  malformed,
  Unreadable,
} from '../malformed';
import { KubernetesObject } from '../objects';

/** What an object steers, or why that can't be said; neither = nothing. */
export interface ReadSteering {
  steering?: Steering;
  unreadable?: Unreadable;
}

/** Reads one object. Custom resources are only as well-formed as their definition asks for. */
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
  return { unreadable: malformed(kind, item, targetOf(kind, item)) };
}

function isSound(steering: Steering): boolean {
  return (
    isName(steering.target.kind) &&
    isName(steering.target.name) &&
    isStorable(steering)
  );
}

function targetOf(
  kind: Steering['kind'],
  item: unknown,
): WorkloadRef | undefined {
  const { metadata, spec: written } = asRecord(item);
  const { namespace } = asRecord(metadata);
  const spec = asRecord(written);
  const ref = asRecord(spec.scaleTargetRef ?? spec.targetRef);
  const targetKind =
    ref.kind ?? (kind === 'ScaledObject' ? 'Deployment' : undefined);
  return isName(namespace) && isName(targetKind) && isName(ref.name)
    ? { namespace, kind: targetKind, name: ref.name }
    : undefined;
}
