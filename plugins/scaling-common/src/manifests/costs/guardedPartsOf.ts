import { Json, Said, VolumeClaimFacts } from '@headroom/common';
import {
  GuardedPart,
  GuardedReplicas,
  wordGuard,
} from '@headroom/plugin-cost-common';
import { at, isMap, listAt, numberAt, shown, textAt } from '../json';
import { ManifestObject } from '../ManifestObject';
import {
  ManifestScaler,
  ManifestSet,
  ManifestWorkload,
  nameOf,
} from '../ManifestSet';
import { UnreadManifest } from '../readManifests';
import {
  costedCronFields,
  costedJobFields,
  costedScaledJob,
  ephemeralVolumes,
  hashOfUnknown,
  pick,
} from './costedFields';
import { isUnknownKind } from './isUnknownKind';
import { nodeLabelsOf, podNeedsOf, quantityOf } from './podNeeds';

/** Kinds whose number of pods `spec.replicas` says. */
const REPLICATED =
  /^(Deployment|StatefulSet|ReplicaSet|ReplicationController|Rollout)$/;

/** What manifests hold that costs, see {@link guardedPartsOf}. @public */
export interface CostedManifests {
  objects: readonly ManifestObject[];
  /** Files that could not be read: what they cost isn't known. */
  unread?: ReadonlyArray<Omit<UnreadManifest, 'said'> & { said: Said }>;
}

/**
 * What of manifests costs something: workloads with the range in which an HPA or a
 * ScaledObject scales them, claims of volumes, and what can't be priced. Pure: the
 * order of objects does not matter.
 *
 * @public
 */
export function guardedPartsOf({
  objects,
  unread = [],
}: CostedManifests): GuardedPart[] {
  const set = ManifestSet.of(objects, {});
  return [
    ...set.workloads.map(workload => workloadOf(workload, set)),
    ...set.of('PersistentVolumeClaim').map(on => volumeOf(on, set)),
    ...set
      .of('Service')
      .filter(
        on =>
          textAt(on.object, 'spec', 'type') === 'LoadBalancer' &&
          !isUnknownKind(on),
      )
      .map(on =>
        unpriced(on, set, {
          said: wordGuard('loadBalancer'),
          content: 'LoadBalancer',
        }),
      ),
    ...set
      .of('ScaledJob')
      .filter(on => !isUnknownKind(on))
      .map(on =>
        unpriced(on, set, {
          said: wordGuard('podsOnDemand'),
          content: JSON.stringify(costedScaledJob(at(on.object, 'spec'))),
        }),
      ),
    ...set.all
      .filter(on => isUnknownKind(on))
      .map(on =>
        unpriced(on, set, {
          said: wordGuard('unknownKind', {
            kind: textAt(on.object, 'kind') ?? '',
          }),
          content: hashOfUnknown(on.object),
        }),
      ),
    ...unread.map(
      ({ file, line, content, said: { message: why } }): GuardedPart => ({
        type: 'unpriced',
        name: file,
        said: wordGuard('unreadFile', {
          file: line === undefined ? file : `${file}:${line}`,
          why,
        }),
        content,
      }),
    ),
  ];
}

function workloadOf(workload: ManifestWorkload, set: ManifestSet): GuardedPart {
  const { kind, name, namespace } = workload;
  const { unknown, unread, ...needs } = podNeedsOf(workload);
  const nodeLabels = nodeLabelsOf(workload);
  const claims = claimsOf(workload);
  const counted = replicasOf(workload, set);
  const said = 'said' in counted ? counted.said : undefined;
  const content = contentOf(workload);
  return {
    type: 'workload',
    facts: {
      namespace,
      kind,
      name,
      uid: '',
      ...needs,
      ...(nodeLabels && { nodeLabels }),
      ...(claims.facts.length > 0 && { volumeClaims: claims.facts }),
    },
    ...('replicas' in counted && { replicas: counted.replicas }),
    ...(kind === 'StatefulSet' && {
      claims: {
        keptWhenScaled: isKept(workload, 'whenScaled'),
        keptWhenDeleted: isKept(workload, 'whenDeleted'),
        unknown: claims.unknown,
      },
    }),
    unknown: [
      ...unknown,
      ...claims.unknown,
      ...besideOf(workload),
      ...(said ? [said] : []),
    ],
    ...(unread.length > 0 && { unread }),
    ...(content && { content: JSON.stringify(content) }),
  };
}

/** What its pods have beside their requests, which has no price here. */
function besideOf(workload: ManifestWorkload): Said[] {
  const { on, name, podPath } = workload;
  const pod = at(on.object, ...podPath);
  return [
    ...withoutContainers(workload),
    ...(listAt(pod, 'resourceClaims').length > 0
      ? [wordGuard('resourceClaims', { workload: name })]
      : []),
    ...(ephemeralVolumes(pod).length > 0
      ? [wordGuard('ephemeralVolumes', { workload: name })]
      : []),
  ];
}

/** Pods without containers are no pods: what they are is said elsewhere, or nowhere. */
function withoutContainers({ on, kind, name, podPath }: ManifestWorkload) {
  const ref = at(on.object, 'spec', 'workloadRef');
  if (kind === 'Rollout' && ref !== undefined) {
    return [
      wordGuard('workloadRef', {
        workload: name,
        kind: textAt(ref, 'kind') ?? '',
        name: textAt(ref, 'name') ?? '',
      }),
    ];
  }
  return listAt(on.object, ...podPath, 'containers').some(isMap)
    ? []
    : [wordGuard('noContainers', { kind, workload: name })];
}

/**
 * What decides how many pods there are of kinds that don't say their number, and what
 * of pods has no price.
 */
function contentOf(workload: ManifestWorkload): Json | undefined {
  const pod = at(workload.on.object, ...workload.podPath);
  const claims = listAt(pod, 'resourceClaims');
  const volumes = ephemeralVolumes(pod);
  const counts = countsOf(workload);
  return claims.length + volumes.length > 0
    ? [counts ?? null, claims, volumes]
    : counts;
}

function countsOf({ on, kind, podPath }: ManifestWorkload): Json | undefined {
  const spec = at(on.object, 'spec');
  switch (kind) {
    case 'Job':
      return costedJobFields(spec);
    case 'CronJob':
      return [
        costedCronFields(spec),
        costedJobFields(at(spec, 'jobTemplate', 'spec')),
      ];
    case 'DaemonSet':
      return pick(at(on.object, ...podPath), [
        'nodeSelector',
        'affinity',
        'tolerations',
      ]);
    default:
      return undefined;
  }
}

/** Empty where its kind doesn't say how many there are. */
function replicasOf(
  { on, kind, name, ...workload }: ManifestWorkload,
  set: ManifestSet,
): { replicas: GuardedReplicas } | { said: Said } | {} {
  if (kind === 'Pod') {
    return { replicas: { min: 1, max: 1 } };
  }
  if (!REPLICATED.test(kind)) {
    return {};
  }
  const [scaler] = set.scalersOf({ on, kind, name, ...workload });
  if (scaler) {
    return scaledBy(scaler, name);
  }
  const found = at(on.object, 'spec', 'replicas') ?? 1;
  return isCount(found)
    ? { replicas: { min: found, max: found } }
    : { said: unreadReplicas(name, found) };
}

function scaledBy(
  { kind, name, on, min, max }: ManifestScaler,
  workload: string,
): { replicas: GuardedReplicas } | { said: Said } {
  // KEDA lets fewer run while nothing triggers.
  const least = Math.min(
    min,
    numberAt(on.object, 'spec', 'idleReplicaCount') ?? min,
  );
  if (max === undefined) {
    return { said: wordGuard('scalerOpen', { kind, name, workload }) };
  }
  const wrong = [least, max].find(each => !isCount(each));
  if (wrong !== undefined) {
    return { said: unreadReplicas(workload, wrong) };
  }
  return {
    replicas: {
      min: Math.min(least, max),
      max: Math.max(least, max),
      scaler: { kind, name },
    },
  };
}

function unreadReplicas(workload: string, value: Json): Said {
  return wordGuard('replicasUnread', { workload, value: shown(value) });
}

const MOST_REPLICAS = 1_000_000;

function isCount(value: Json): value is number {
  return (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= 0 &&
    value <= MOST_REPLICAS
  );
}

/** The volumes that every pod of a StatefulSet claims. */
function claimsOf({ on, kind }: ManifestWorkload): {
  facts: VolumeClaimFacts[];
  unknown: Said[];
} {
  const claims =
    kind === 'StatefulSet'
      ? listAt(on.object, 'spec', 'volumeClaimTemplates')
      : [];
  const facts: VolumeClaimFacts[] = [];
  const unknown: Said[] = [];
  for (const claim of claims) {
    const { bytes, storageClass } = claimOf(claim);
    if (bytes === undefined) {
      const name = textAt(claim, 'metadata', 'name') ?? '';
      unknown.push(wordGuard('noClaimSize', { name }));
    } else {
      facts.push({ bytes, ...(storageClass && { storageClass }) });
    }
  }
  return { facts, unknown };
}

/** Kubernetes keeps volumes unless it is told to delete them. */
function isKept(
  { on }: ManifestWorkload,
  when: 'whenScaled' | 'whenDeleted',
): boolean {
  const policy = at(on.object, 'spec', 'persistentVolumeClaimRetentionPolicy');
  return textAt(policy, when) !== 'Delete';
}

function claimOf(claim: unknown) {
  return {
    bytes: quantityOf(at(claim, 'spec', 'resources', 'requests', 'storage')),
    storageClass: textAt(claim, 'spec', 'storageClassName'),
  };
}

function volumeOf(on: ManifestObject, set: ManifestSet): GuardedPart {
  const { bytes, storageClass } = claimOf(on.object);
  return {
    type: 'volume',
    namespace: set.namespaceOf(on),
    name: nameOf(on),
    ...(bytes !== undefined && { bytes }),
    ...(storageClass && { storageClass }),
  };
}

function unpriced(
  on: ManifestObject,
  set: ManifestSet,
  { said, content }: { said: Said; content: string },
): GuardedPart {
  const namespace = set.namespaceOf(on);
  const kind = textAt(on.object, 'kind') ?? '';
  return {
    type: 'unpriced',
    name: `${kind} ${namespace === '' ? '' : `${namespace}/`}${nameOf(on)}`,
    said,
    content,
  };
}
