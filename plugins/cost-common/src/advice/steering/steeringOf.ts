import { Steering } from '@headroom/common';
import { wordSteering } from '../messages/steering';
import { AdvisedResource, AdviceReason, ContainerAdvice } from '../types';

/** An HPA, or the ScaledObject that writes one. */
export type Scaler = Extract<
  Steering,
  { kind: 'HorizontalPodAutoscaler' | 'ScaledObject' }
>;

type Vpa = Extract<Steering, { kind: 'VerticalPodAutoscaler' }>;

/** Scalers of a workload; an HPA that KEDA writes is its ScaledObject. */
export function scalersOf(steering: readonly Steering[]): Scaler[] {
  const scalers = steering.filter(isScaler);
  const owners = new Set(
    scalers.map(({ kind, name }) => (kind === 'ScaledObject' ? name : '')),
  );
  return scalers
    .filter(
      scaler =>
        scaler.kind === 'ScaledObject' ||
        scaler.ownedBy === undefined ||
        !owners.has(scaler.ownedBy),
    )
    .map(asOwner);
}

/** Why something else than advice decides about a resource. */
export function steeringVetoes(
  steering: readonly Steering[] | undefined,
  container: string,
  resource: AdvisedResource,
): AdviceReason[] {
  if (!steering) {
    return [
      {
        code: 'steering-unknown',
        resource,
        ...wordSteering('unread'),
      },
    ];
  }
  const vpas = steering.filter(isVpa);
  const scalers = scalersOf(steering);
  const several = [vpas, scalers].find(({ length }) => length > 1);
  const reasons: AdviceReason[] = [];
  if (several) {
    const names = several.map(({ kind, name }) => `${kind} ${name}`);
    reasons.push({
      code: 'several-controllers',
      resource,
      ...wordSteering('several', { objects: names.join(', ') }),
    });
  }
  const inCharge = vpas.find(vpa => controls(vpa, container, resource));
  if (inCharge) {
    reasons.push({
      code: 'vpa-controls',
      resource,
      ...wordSteering('vpaControls', {
        vpa: `VerticalPodAutoscaler ${inCharge.name}`,
        mode: inCharge.updateMode,
      }),
    });
  }
  return reasons;
}

/** What a VPA says of a container, whatever its mode. */
export function vpaOf(
  steering: readonly Steering[] | undefined,
  container: string,
): ContainerAdvice['vpa'] {
  for (const vpa of (steering ?? []).filter(isVpa)) {
    const said = vpa.recommendations.find(r => r.container === container);
    if (said) {
      return { ...said, name: vpa.name, updateMode: vpa.updateMode };
    }
  }
  return undefined;
}

function controls(
  vpa: Vpa,
  container: string,
  resource: AdvisedResource,
): boolean {
  if (vpa.updateMode === 'Off') {
    return false;
  }
  const policy =
    vpa.controlled.find(p => p.container === container) ??
    vpa.controlled.find(p => p.container === '*');
  if (!policy) {
    return true;
  }
  return (
    policy.mode !== 'Off' &&
    (policy.resources.length === 0 || policy.resources.includes(resource))
  );
}

/** KEDA would undo what is changed in the HPA it writes. */
function asOwner(scaler: Scaler): Scaler {
  if (scaler.kind !== 'HorizontalPodAutoscaler' || !scaler.ownedBy) {
    return scaler;
  }
  const { ownedBy, ...hpa } = scaler;
  return { ...hpa, kind: 'ScaledObject', name: ownedBy, paused: false };
}

function isScaler(object: Steering): object is Scaler {
  return object.kind !== 'VerticalPodAutoscaler';
}

function isVpa(object: Steering): object is Vpa {
  return object.kind === 'VerticalPodAutoscaler';
}
