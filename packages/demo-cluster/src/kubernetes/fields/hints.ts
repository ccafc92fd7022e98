import { ResourceDefinition } from '../resources';

/** How an API server takes the lists and maps of a kind apart: by part, or as a whole. */
export interface MergeHints {
  /** Fields that tell the elements of a list apart; `set` = the elements themselves; undefined = the list is one value. */
  keysOf(list: string): readonly string[] | 'set' | undefined;
  /** Whether a map is one value. */
  isAtomic(map: string): boolean;
}

const METADATA_LISTS: Record<string, readonly string[] | 'set'> = {
  ownerReferences: ['uid'],
  finalizers: 'set',
};

const LISTS: Record<string, readonly string[] | 'set'> = {
  ...METADATA_LISTS,
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  ports: ['containerPort', 'protocol'],
  volumeMounts: ['mountPath'],
  conditions: ['type'],
};

/** Selectors and references are only right as a whole. */
const ATOMIC = ['selector', 'nodeSelector', 'scaleTargetRef', 'fieldRef'];

const BUILT_IN: MergeHints = {
  keysOf: list => LISTS[list],
  isAtomic: map => ATOMIC.includes(map),
};

const SERVICES: MergeHints = {
  keysOf: list => (list === 'ports' ? ['port', 'protocol'] : LISTS[list]),
  isAtomic: BUILT_IN.isAtomic,
};

/** Definitions say nothing of the lists of their objects. */
const CUSTOM: MergeHints = {
  keysOf: list => METADATA_LISTS[list],
  isAtomic: () => false,
};

/** Whether a kind comes from a definition that somebody installed. */
export function isCustom({
  group,
}: Pick<ResourceDefinition, 'group'>): boolean {
  return ['keda.sh', 'autoscaling.k8s.io', 'monitoring.coreos.com'].includes(
    group,
  );
}

/** How objects of a kind are merged. */
export function hintsOf(
  resource: Pick<ResourceDefinition, 'group' | 'plural'>,
): MergeHints {
  if (isCustom(resource)) {
    return CUSTOM;
  }
  return resource.plural === 'services' ? SERVICES : BUILT_IN;
}
