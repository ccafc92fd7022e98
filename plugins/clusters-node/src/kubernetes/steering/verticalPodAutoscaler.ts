import {
  parseQuantity,
  Steering,
  VpaContainerRecommendation,
} from '@headroom/common';
import { KubernetesObject, ManagedFields } from '../objects';
import { withoutUndefined } from '../workloads/containerSpec';

type Vpa = Extract<Steering, { kind: 'VerticalPodAutoscaler' }>;
type Controlled = Vpa['controlled'][number];
interface Quantities {
  cpu?: string;
  memory?: string;
}

/** `autoscaling.k8s.io/v1`. @internal */
export interface VerticalPodAutoscaler extends KubernetesObject {
  spec: {
    targetRef?: { kind: string; name: string };
    updatePolicy?: { updateMode?: string };
    resourcePolicy?: {
      containerPolicies?: Array<{
        containerName?: string;
        mode?: string;
        controlledResources?: string[];
        controlledValues?: string;
      }>;
    };
  };
  status?: {
    recommendation?: {
      containerRecommendations?: Array<{
        containerName?: string;
        target?: Quantities;
        lowerBound?: Quantities;
        upperBound?: Quantities;
        uncappedTarget?: Quantities;
      }>;
    };
  };
}

const UPDATE_MODES: Vpa['updateMode'][] = [
  'Off',
  'Initial',
  'Recreate',
  'InPlaceOrRecreate',
  'InPlace',
  'Auto',
];
/** What a VPA does that doesn't say; also the safe reading of a mode that isn't known. */
const DEFAULT_UPDATE_MODE = 'Recreate';
/** The policy of every container without one of its own. */
const OTHERS = '*';
const RESOURCES: Controlled['resources'] = ['cpu', 'memory'];

/**
 * A VPA; nothing for one without a target, which steers nothing. A list of
 * policies that isn't empty has one for `*`, all other containers.
 *
 * @internal
 */
export function readVerticalPodAutoscaler({
  metadata,
  spec,
  status,
}: VerticalPodAutoscaler): Vpa | undefined {
  if (!spec.targetRef) {
    return undefined;
  }
  const updateMode = spec.updatePolicy?.updateMode;
  return withoutUndefined<Vpa>({
    kind: 'VerticalPodAutoscaler',
    name: metadata.name,
    target: {
      namespace: metadata.namespace ?? '',
      kind: spec.targetRef.kind,
      name: spec.targetRef.name,
    },
    updateMode:
      UPDATE_MODES.find(mode => mode === updateMode) ?? DEFAULT_UPDATE_MODE,
    controlled: controlledBy(spec),
    recommendations: recommendationsOf(status),
    recommendedAt: recommendedAt(metadata.managedFields),
  });
}

function controlledBy({
  resourcePolicy,
}: VerticalPodAutoscaler['spec']): Controlled[] {
  const policies = resourcePolicy?.containerPolicies ?? [];
  if (policies.length === 0) {
    return [];
  }
  const others = policies.some(
    ({ containerName = OTHERS }) => containerName === OTHERS,
  )
    ? []
    : [{ containerName: OTHERS }];
  return [...policies, ...others].map(
    ({
      containerName = OTHERS,
      mode,
      controlledResources,
      controlledValues,
    }: (typeof policies)[number]) => ({
      container: containerName,
      // A list of no resources leaves nothing to set.
      mode:
        mode === 'Off' || controlledResources?.length === 0 ? 'Off' : 'Auto',
      resources: RESOURCES.filter(
        resource => controlledResources?.includes(resource) ?? true,
      ),
      values:
        controlledValues === 'RequestsOnly'
          ? 'RequestsOnly'
          : 'RequestsAndLimits',
    }),
  );
}

function recommendationsOf(
  status: VerticalPodAutoscaler['status'],
): VpaContainerRecommendation[] {
  const all = status?.recommendation?.containerRecommendations ?? [];
  return all.map(item =>
    withoutUndefined({
      container: item.containerName ?? OTHERS,
      target: amountsOf(item.target) ?? {},
      lowerBound: amountsOf(item.lowerBound),
      upperBound: amountsOf(item.upperBound),
      uncappedTarget: amountsOf(item.uncappedTarget),
    }),
  );
}

function amountsOf(quantities: Quantities | undefined) {
  return (
    quantities &&
    withoutUndefined({
      cpuCores: parseQuantity(quantities.cpu),
      memoryBytes: parseQuantity(quantities.memory),
    })
  );
}

/** The API server notes when a field was last changed by each of its writers. */
function recommendedAt(
  managedFields: ManagedFields[] = [],
): string | undefined {
  const times = managedFields.flatMap(({ time, fieldsV1 }) => {
    const status = fieldsV1?.['f:status'] as object | undefined;
    return time && status && 'f:recommendation' in status ? [time] : [];
  });
  return times.sort().at(-1);
}
