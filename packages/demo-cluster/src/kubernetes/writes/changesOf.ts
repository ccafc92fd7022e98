import {
  CREATED_KINDS,
  ObjectKind,
  ObjectPatch,
} from '../../world/interventions/Intervention';
import {
  isEqual,
  isMap,
  Json,
  valueAt,
  withoutNulls,
  withValueAt,
} from '../fields/json';
import { ResourceDefinition } from '../resources';
import { FieldProblem } from '../status';
import { KubeObject } from '../types';
import { containerChanges, fixed } from './resourcesOf';

/** A number or a flag of a kind that the world follows. */
interface WorldField {
  path: string[];
  field: 'replicas' | 'minReplicas' | 'maxReplicas' | 'suspended';
  /** What holds where nothing is said; undefined = it must be said. */
  unsaid?: number | boolean;
  least?: number;
}

const REPLICAS: WorldField = {
  path: ['spec', 'replicas'],
  field: 'replicas',
  unsaid: 1,
  least: 0,
};

/** Where each kind has what the world follows. */
const KINDS: Partial<
  Record<ObjectKind, { fields?: WorldField[]; template?: string[] }>
> = {
  Deployment: { fields: [REPLICAS], template: ['spec', 'template'] },
  StatefulSet: { fields: [REPLICAS], template: ['spec', 'template'] },
  DaemonSet: { template: ['spec', 'template'] },
  CronJob: {
    fields: [{ path: ['spec', 'suspend'], field: 'suspended', unsaid: false }],
    template: ['spec', 'jobTemplate', 'spec', 'template'],
  },
  HorizontalPodAutoscaler: {
    fields: [
      {
        path: ['spec', 'minReplicas'],
        field: 'minReplicas',
        unsaid: 1,
        least: 1,
      },
      { path: ['spec', 'maxReplicas'], field: 'maxReplicas', least: 1 },
    ],
  },
  ScaledObject: {
    fields: [
      {
        path: ['spec', 'minReplicaCount'],
        field: 'minReplicas',
        unsaid: 0,
        least: 0,
      },
      {
        path: ['spec', 'maxReplicaCount'],
        field: 'maxReplicas',
        unsaid: 100,
        least: 1,
      },
    ],
  },
};

interface Measure {
  /** Where a kind says what it measures. */
  list: string[];
  /** Where one of them has the percentage at which it aims. */
  target: string[];
  /** The percentage that a value is; undefined = it is none. */
  read: (value: Json) => number | undefined;
}

/** What of the percentages of its metric an autoscaler can be told. */
const MEASURES: Partial<Record<ObjectKind, Measure>> = {
  HorizontalPodAutoscaler: {
    list: ['spec', 'metrics'],
    target: ['resource', 'target', 'averageUtilization'],
    read: value => (typeof value === 'number' ? value : undefined),
  },
  ScaledObject: {
    list: ['spec', 'triggers'],
    target: ['metadata', 'value'],
    read: value =>
      typeof value === 'string' && /^\d{1,9}$/.test(value)
        ? Number(value)
        : undefined,
  },
};

/** Kinds whose objects can be changed. */
const CHANGEABLE: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'Pod',
  'VerticalPodAutoscaler',
  'Service',
  'PersistentVolumeClaim',
  'Namespace',
  'Node',
  ...CREATED_KINDS,
] satisfies ObjectKind[];

/** Kinds that are there already, and of which nobody makes more. */
const GIVEN = ['DaemonSet', 'Pod', 'Node'];

/** Whether objects of a kind can be made. */
export function isCreatable(resource: ResourceDefinition): boolean {
  return worldKindOf(resource) !== undefined && !GIVEN.includes(resource.kind);
}

/** Whether objects of a kind are kept as they are written, and those that nobody wrote stay as they are. */
export function isKeptOnly(kind: string): boolean {
  return CREATED_KINDS.some(each => each === kind);
}

/** The kind as the world knows it; undefined for one whose objects stay as they are. */
export function worldKindOf({
  kind,
  computed,
}: ResourceDefinition): ObjectKind | undefined {
  return !computed && CHANGEABLE.includes(kind)
    ? (kind as ObjectKind)
    : undefined;
}

/** What an API server keeps to itself. */
const SERVED = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/** The Deployment controller puts it back. */
const REVISION = 'deployment.kubernetes.io/revision';

/** An object as it is kept after somebody sent it: what an API server says of it stays, as its controllers say it. */
export function keptOf(before: KubeObject, sent: Json): KubeObject {
  let kept = withValueAt(
    withoutNulls(sent),
    ['status'],
    before.status,
  ) as unknown as KubeObject;
  for (const field of SERVED) {
    const value = before.metadata[field];
    kept = withValueAt(kept, ['metadata', field], value) as never;
  }
  const revision = before.metadata.annotations?.[REVISION];
  if (revision !== undefined) {
    const path = ['metadata', 'annotations', REVISION];
    kept = withValueAt(kept, path, revision) as never;
  }
  return kept;
}

/** What has changed in labels or annotations; null where one was taken away. */
function mapChange(
  before: Json,
  after: Json,
): Record<string, string | null> | undefined {
  const was = isMap(before) ? before : {};
  const is = isMap(after) ? after : {};
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = names.filter(name => was[name] !== is[name]);
  return changed.length === 0
    ? undefined
    : Object.fromEntries(
        changed.map(name => [name, (is[name] as string | undefined) ?? null]),
      );
}

function fieldProblem(
  { path, least, unsaid }: WorldField,
  value: Json,
): FieldProblem[] {
  const field = path.join('.');
  if (value === undefined && unsaid === undefined) {
    return [{ field, reason: 'FieldValueRequired', message: 'Required value' }];
  }
  return least !== undefined && Number(value) < least
    ? [
        {
          field,
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${value}: must be greater than or equal to ${least}`,
        },
      ]
    : [];
}

/** The least of replicas above the most. */
function boundsProblem(
  fields: readonly WorldField[],
  after: KubeObject,
): FieldProblem[] {
  const of = (name: WorldField['field']) => fields.find(f => f.field === name);
  const [least, most] = [of('minReplicas'), of('maxReplicas')];
  if (!least || !most) {
    return [];
  }
  const min = Number(valueAt(after, least.path) ?? least.unsaid);
  const max = Number(valueAt(after, most.path) ?? most.unsaid);
  const name = least.path.at(-1);
  return min > max
    ? [
        {
          field: most.path.join('.'),
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${max}: must be greater than or equal to \`${name}\``,
        },
      ]
    : [];
}

/** Paths at which two values differ, as far down as maps go. */
function differences(before: Json, after: Json, path: string): string[] {
  if (isEqual(before, after)) {
    return [];
  }
  if (!isMap(before) || !isMap(after)) {
    return [path];
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap(name =>
    differences(before[name], after[name], path ? `${path}.${name}` : name),
  );
}

/** What an object was changed by, as the world does it, and what is wrong with that. */
export function changesOf(
  kind: ObjectKind,
  before: KubeObject,
  after: KubeObject,
): { patch: ObjectPatch; problems: FieldProblem[] } {
  const { fields = [], template } = KINDS[kind] ?? {};
  const patch: ObjectPatch = {};
  const problems: FieldProblem[] = [];
  let was: Json = withoutNulls(before);
  let is: Json = withoutNulls(after);
  /** Takes a part out of both; what is left is compared as it is. */
  const take = (path: string[]): [Json, Json] => {
    const pair: [Json, Json] = [valueAt(was, path), valueAt(is, path)];
    was = withValueAt(was, path, undefined);
    is = withValueAt(is, path, undefined);
    return pair;
  };

  for (const [field, path] of [
    ['labels', ['metadata', 'labels']],
    ['annotations', ['metadata', 'annotations']],
    ...(template
      ? ([
          ['podLabels', [...template, 'metadata', 'labels']],
          ['podAnnotations', [...template, 'metadata', 'annotations']],
        ] as const)
      : []),
  ] as Array<['labels', string[]]>) {
    const change = mapChange(...take([...path]));
    if (change) {
      patch[field] = change;
    }
  }
  const [finalizers = [], wanted = []] = take(['metadata', 'finalizers']);
  if (!isEqual(finalizers, wanted)) {
    patch.finalizers = wanted as string[];
  }
  for (const field of fields) {
    const [value, next] = take(field.path);
    problems.push(...fieldProblem(field, next));
    const then = next ?? field.unsaid;
    if (then !== (value ?? field.unsaid)) {
      Object.assign(patch, { [field.field]: then });
    }
  }
  problems.push(...boundsProblem(fields, after));
  const measures = MEASURES[kind];
  if (measures) {
    const [had, has] = take(measures.list);
    if (!isEqual(had, has)) {
      const target = targetOf(had, has, measures);
      if (target === undefined) {
        problems.push(fixed(measures.list.join('.'), 'them otherwise'));
      } else {
        patch.targetUtilization = target;
      }
    }
  }
  for (const list of template ? ['initContainers', 'containers'] : []) {
    const path = [...template!, 'spec', list];
    const [had, has] = take(path);
    const found = containerChanges(had, has, path.join('.'));
    problems.push(...found.problems);
    if (Object.keys(found.changes).length > 0) {
      patch.containers = { ...patch.containers, ...found.changes };
    }
  }
  for (const path of differences(withoutEmpty(was), withoutEmpty(is), '')) {
    problems.push(
      path.startsWith('metadata.')
        ? {
            field: path,
            reason: 'FieldValueInvalid',
            message: 'Invalid value: field is immutable',
          }
        : fixed(path, 'it otherwise'),
    );
  }
  return { patch, problems };
}

/** The percentage of the one metric, where that is all that differs. */
function targetOf(
  before: Json,
  after: Json,
  { target: path, read }: Measure,
): number | undefined {
  const [[had, ...others], [has, ...more]] = [before, after].map(measured =>
    Array.isArray(measured) ? measured : [],
  );
  const value = valueAt(has, path);
  const target = read(value);
  const isAll =
    others.length === 0 &&
    more.length === 0 &&
    isMap(had) &&
    isMap(has) &&
    valueAt(had, path) !== undefined &&
    isEqual(withValueAt(had, path, value), has);
  return isAll && Number.isInteger(target) && Number(target) >= 1
    ? target
    : undefined;
}

/** Maps that are empty are not there. */
function withoutEmpty(value: Json): Json {
  if (!isMap(value)) {
    return value;
  }
  const kept = Object.entries(value)
    .map(([key, inside]): [string, Json] => [key, withoutEmpty(inside)])
    .filter(([, inside]) => !isMap(inside) || Object.keys(inside).length > 0);
  return Object.fromEntries(kept);
}
