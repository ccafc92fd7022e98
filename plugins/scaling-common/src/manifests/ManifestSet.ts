import { Json } from '@headroom/common';
import { at, isMap, listAt, mapAt, numberAt, textAt } from './json';
import { ManifestContext } from './ManifestContext';
import { ManifestObject, ManifestPath } from './ManifestObject';

/** A container of a pod template. */
export interface ManifestContainer {
  path: ManifestPath;
  value: { readonly [key: string]: Json };
  name: string;
  /** Runs to its end before the others start. */
  isInit: boolean;
}

/** An object that runs pods. */
export interface ManifestWorkload {
  on: ManifestObject;
  kind: string;
  name: string;
  namespace: string;
  /** To the spec of the pods. */
  podPath: ManifestPath;
  /** Of its pods. */
  labels: { readonly [key: string]: Json };
  containers: readonly ManifestContainer[];
}

/** An HPA or a ScaledObject. */
export interface ManifestScaler {
  on: ManifestObject;
  kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  name: string;
  namespace: string;
  target: { kind: string; name: string };
  /** What it is by default where it isn't set. */
  min: number;
  max: number | undefined;
  /** Of pods, that decide: `cpu`, `memory`. */
  resources: readonly string[];
}

const POD_PATHS: Readonly<Record<string, ManifestPath>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Rollout: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** The objects as rules look at them: by kind, and with what belongs together. */
export class ManifestSet {
  readonly context: ManifestContext;
  readonly all: readonly ManifestObject[];
  readonly workloads: readonly ManifestWorkload[];
  readonly scalers: readonly ManifestScaler[];
  readonly #byKind = new Map<string, ManifestObject[]>();

  static of(
    objects: readonly ManifestObject[],
    context: ManifestContext,
  ): ManifestSet {
    return new ManifestSet(objects, context);
  }

  private constructor(
    objects: readonly ManifestObject[],
    context: ManifestContext,
  ) {
    this.context = context;
    const mine = new Set(objects.map(keyOf));
    this.all = [
      ...objects,
      // What is applied stands in the place of what is there.
      ...(context.existing ?? []).filter(each => !mine.has(keyOf(each))),
    ]
      .filter(({ object }) => isMap(object) && !isControlled(object))
      .map(each => [keyOf(each), each] as const)
      .sort(byName)
      .map(([, each]) => each);
    for (const each of this.all) {
      const kind = textAt(each.object, 'kind') ?? '';
      const same = this.#byKind.get(kind);
      if (same) {
        same.push(each);
      } else {
        this.#byKind.set(kind, [each]);
      }
    }
    this.workloads = this.all.flatMap(on => this.#workloadOf(on));
    this.scalers = this.all.flatMap(on => this.#scalerOf(on));
  }

  of(...kinds: string[]): readonly ManifestObject[] {
    return kinds.flatMap(kind => this.#byKind.get(kind) ?? []);
  }

  /** Empty where nothing says it. */
  namespaceOf({ object }: ManifestObject): string {
    return (
      textAt(object, 'metadata', 'namespace') ?? this.context.namespace ?? ''
    );
  }

  /** Whether two may be in the same namespace; those that name none may be anywhere. */
  isNear(a: string, b: string): boolean {
    return a === b || a === '' || b === '';
  }

  /** What a `scaleTargetRef` or `targetRef` means. */
  workloadAt(
    target: { kind: string; name: string },
    namespace: string,
  ): ManifestWorkload | undefined {
    return this.workloads.find(
      each =>
        each.kind === target.kind &&
        each.name === target.name &&
        this.isNear(each.namespace, namespace),
    );
  }

  scalersOf({ kind, name, namespace }: ManifestWorkload): ManifestScaler[] {
    return this.scalers.filter(
      each =>
        each.target.kind === kind &&
        each.target.name === name &&
        this.isNear(each.namespace, namespace),
    );
  }

  /** Whose pods a `LabelSelector` of a namespace matches. */
  selected(selector: Json | undefined, namespace: string): ManifestWorkload[] {
    return this.workloads.filter(
      each =>
        this.isNear(each.namespace, namespace) &&
        matchesSelector(selector, each.labels),
    );
  }

  /** The minor version of Kubernetes 1; undefined where it isn't known. */
  get minorVersion(): number | undefined {
    const [, minor] =
      /^v?1\.(\d+)/.exec(this.context.kubernetesVersion ?? '') ?? [];
    return minor === undefined ? undefined : Number(minor);
  }

  #workloadOf(on: ManifestObject): ManifestWorkload[] {
    const kind = textAt(on.object, 'kind') ?? '';
    const podPath = Object.hasOwn(POD_PATHS, kind)
      ? POD_PATHS[kind]
      : undefined;
    if (!podPath) {
      return [];
    }
    const above = podPath.slice(0, -1);
    const containers = (['initContainers', 'containers'] as const).flatMap(
      list =>
        listAt(on.object, ...podPath, list).flatMap((value, index) =>
          isMap(value)
            ? [
                {
                  path: [...podPath, list, index],
                  value,
                  name: textAt(value, 'name') ?? `${index}`,
                  // A sidecar of Kubernetes runs beside the others.
                  isInit:
                    list === 'initContainers' &&
                    textAt(value, 'restartPolicy') !== 'Always',
                },
              ]
            : [],
        ),
    );
    return [
      {
        on,
        kind,
        name: nameOf(on),
        namespace: this.namespaceOf(on),
        podPath,
        labels: mapAt(on.object, ...above, 'metadata', 'labels'),
        containers,
      },
    ];
  }

  #scalerOf(on: ManifestObject): ManifestScaler[] {
    const kind = textAt(on.object, 'kind');
    const spec = mapAt(on.object, 'spec');
    const common = {
      on,
      name: nameOf(on),
      namespace: this.namespaceOf(on),
    };
    const name = textAt(spec, 'scaleTargetRef', 'name') ?? '';
    if (kind === 'HorizontalPodAutoscaler') {
      return [
        {
          ...common,
          kind,
          target: { kind: textAt(spec, 'scaleTargetRef', 'kind') ?? '', name },
          min: numberAt(spec, 'minReplicas') ?? 1,
          max: numberAt(spec, 'maxReplicas'),
          resources: listAt(spec, 'metrics').flatMap(metric => {
            const resource =
              textAt(metric, 'resource', 'name') ??
              textAt(metric, 'containerResource', 'name');
            return resource ? [resource] : [];
          }),
        },
      ];
    }
    if (kind === 'ScaledObject') {
      return [
        {
          ...common,
          kind,
          target: {
            kind: textAt(spec, 'scaleTargetRef', 'kind') ?? 'Deployment',
            name,
          },
          min: numberAt(spec, 'minReplicaCount') ?? 0,
          max: numberAt(spec, 'maxReplicaCount') ?? 100,
          resources: listAt(spec, 'triggers').flatMap(trigger => {
            const type = textAt(trigger, 'type');
            return type === 'cpu' || type === 'memory' ? [type] : [];
          }),
        },
      ];
    }
    return [];
  }
}

/** Whether it is of a kind that runs pods. */
export function runsPods({ object }: ManifestObject): boolean {
  return Object.hasOwn(POD_PATHS, textAt(object, 'kind') ?? '');
}

export function nameOf({ object }: ManifestObject): string {
  return textAt(object, 'metadata', 'name') ?? '';
}

/** The group of an object's API; empty for the core. */
export function groupOf({ object }: ManifestObject): string {
  const version = textAt(object, 'apiVersion') ?? '';
  return version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
}

/** What another object has made is answered for by that one. */
function isControlled(object: Json): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some(
    owner => at(owner, 'controller') === true,
  );
}

function keyOf({ object }: ManifestObject): string {
  return [
    textAt(object, 'kind'),
    textAt(object, 'metadata', 'namespace') ?? '',
    textAt(object, 'metadata', 'name'),
  ].join('/');
}

type Keyed = readonly [key: string, object: ManifestObject];

/** Whatever order they were given in, the first of two is the same one. */
function byName([key, a]: Keyed, [other, b]: Keyed): number {
  if (key !== other) {
    return key < other ? -1 : 1;
  }
  return JSON.stringify(a.object) < JSON.stringify(b.object) ? -1 : 1;
}

/**
 * Whether a `LabelSelector` matches labels. An empty one matches all, none matches
 * nothing, as in Kubernetes.
 */
export function matchesSelector(
  selector: Json | undefined,
  labels: { readonly [key: string]: Json },
): boolean {
  if (!isMap(selector)) {
    return false;
  }
  const read = (key: string) =>
    Object.hasOwn(labels, key) ? labels[key] : undefined;
  return (
    Object.entries(mapAt(selector, 'matchLabels')).every(
      ([key, value]) => read(key) === value,
    ) &&
    listAt(selector, 'matchExpressions').every(expression => {
      const value = read(textAt(expression, 'key') ?? '');
      const values = listAt(expression, 'values');
      switch (textAt(expression, 'operator')) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}
