import {
  InterventionAuthor,
  OwnedFields,
} from '../../world/interventions/Intervention';
import { LogEntry } from '../../world/interventions/InterventionLog';
import { difference, fieldsOf, isEmpty, union } from '../fields/fieldSet';
import { hintsOf } from '../fields/hints';
import { valueAt, withoutNulls, withValueAt } from '../fields/json';
import { apiVersionOf, ResourceDefinition } from '../resources';
import { KubeObject } from '../types';
import { ownerOf } from './owners';

/** Who owns which fields of an object, as `metadata.managedFields` has it. */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time: string;
  fieldsType: 'FieldsV1';
  fieldsV1: OwnedFields;
  subresource?: string;
}

const CONTROLLER = 'kube-controller-manager';
const REVISION = 'deployment.kubernetes.io/revision';
/** Annotations that the controllers of a kind set. */
const BY_CONTROLLERS = /^(deployment\.kubernetes\.io|deprecated\.daemonset)/;
/** Kinds of which is known who put them there. */
const OWNED = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'HorizontalPodAutoscaler',
  'ScaledObject',
];

/** Who owned what before anything was done to an object. */
function atFirst(
  object: KubeObject,
  resource: ResourceDefinition,
  /** An autoscaler sets its replicas. */
  scaled: boolean,
  /** Labels and annotations that were set since. */
  written: ReadonlySet<string>,
): ManagedFieldsEntry[] {
  const { kind } = resource;
  const { namespace = '', name, creationTimestamp: time } = object.metadata;
  if (!OWNED.includes(kind)) {
    return [];
  }
  const hints = hintsOf(resource);
  const { labels = {}, annotations = {} } = object.metadata;
  const own = (map: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(map).filter(
        ([key]) => !written.has(key) && !BY_CONTROLLERS.test(key),
      ),
    );
  const spec = scaled
    ? valueAt(withValueAt(object, ['spec', 'replicas'], undefined), ['spec'])
    : object.spec;
  const entry = { apiVersion: apiVersionOf(resource), time } as const;
  const fieldsType = 'FieldsV1';
  const entries: ManagedFieldsEntry[] = [
    {
      ...ownerOf(kind, namespace, name),
      ...entry,
      fieldsType,
      fieldsV1: fieldsOf(
        withoutNulls({
          metadata: { labels: own(labels), annotations: own(annotations) },
          spec,
        }),
        hints,
      ),
    },
  ];
  if (object.status) {
    const hasRevision = annotations[REVISION] !== undefined;
    entries.push({
      manager: kind === 'ScaledObject' ? 'keda' : CONTROLLER,
      operation: 'Update',
      ...entry,
      fieldsType,
      fieldsV1: fieldsOf(
        {
          ...(hasRevision && {
            metadata: { annotations: { [REVISION]: '' } },
          }),
          status: object.status,
        },
        hints,
      ),
      subresource: 'status',
    });
  }
  if (scaled) {
    entries.push({
      manager: CONTROLLER,
      operation: 'Update',
      ...entry,
      fieldsType,
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      subresource: 'scale',
    });
  }
  return entries;
}

function isOf(
  entry: ManagedFieldsEntry,
  { manager, operation, apiVersion, subresource }: InterventionAuthor,
): boolean {
  return (
    entry.manager === manager &&
    entry.operation === operation &&
    entry.apiVersion === apiVersion &&
    entry.subresource === subresource
  );
}

/** Who owns what after a write. */
export function ownersAfter(
  before: ManagedFieldsEntry[],
  by: InterventionAuthor,
  time: string,
): ManagedFieldsEntry[] {
  const { owns, takes = {}, ...author } = by;
  const mine = before.find(entry => isOf(entry, by));
  const others = before
    .filter(entry => entry !== mine)
    .map(entry => ({
      ...entry,
      fieldsV1: difference(entry.fieldsV1, takes),
    }));
  const kept = mine && difference(mine.fieldsV1, takes);
  const fieldsV1 = by.operation === 'Apply' ? owns : union(kept ?? {}, owns);
  return [
    ...others,
    { ...author, time, fieldsType: 'FieldsV1' as const, fieldsV1 },
  ]
    .filter(entry => !isEmpty(entry.fieldsV1))
    .sort(
      (a, b) =>
        a.operation.localeCompare(b.operation) ||
        a.time.localeCompare(b.time) ||
        a.manager.localeCompare(b.manager),
    );
}

/** Who owns which fields of an object, after all that was done to it. */
export function managedFieldsOf(options: {
  object: KubeObject;
  resource: ResourceDefinition;
  scaled: boolean;
  /** Somebody made it: what was written says whose all of it is. */
  made: boolean;
  done: readonly LogEntry[];
  /** An instant of the world, as Kubernetes writes it. */
  timeOf: (seconds: number) => string;
}): ManagedFieldsEntry[] {
  const { object, resource, scaled, made, done, timeOf } = options;
  const written = new Set(
    done.flatMap(({ patch }) => [
      ...Object.keys(patch.labels ?? {}),
      ...Object.keys(patch.annotations ?? {}),
    ]),
  );
  return done.reduce(
    (before, { by, seconds }) =>
      by ? ownersAfter(before, by, timeOf(seconds)) : before,
    atFirst(object, resource, scaled, written).slice(made ? 1 : 0),
  );
}
