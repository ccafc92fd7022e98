import {
  aliasedValue,
  AllocationProperties,
  LABEL_ALIASES,
  LabelAlias,
  NeededProperties,
  needsOfAlias,
  sanitizeLabel,
  UNALLOCATED,
  UNMOUNTED,
} from './properties';

const KINDS = ['deployment', 'statefulset', 'daemonset', 'job'] as const;
const PLAIN = [
  'cluster',
  'node',
  'namespace',
  'controllerKind',
  'controller',
  'service',
  'pod',
  'container',
] as const;

/** One thing to aggregate by. @public */
export type AggregateKey =
  | {
      by:
        | 'cluster'
        | 'node'
        | 'namespace'
        | 'controllerKind'
        | 'controller'
        | 'service'
        | 'pod'
        | 'container'
        | 'deployment'
        | 'statefulset'
        | 'daemonset'
        | 'job'
        | LabelAlias;
    }
  | { by: 'label' | 'annotation'; name: string };

const NAMES = [
  ...PLAIN,
  ...KINDS,
  ...(Object.keys(LABEL_ALIASES) as LabelAlias[]),
];

/** What can be aggregated by, for messages. @public */
export const AGGREGATE_FORMS = `it must be some of ${NAMES.join(
  ', ',
)}, label:<name> and annotation:<name>, with commas between them`;

/** A list of keys, each once; undefined when one of them is none. Case doesn't matter, as in OpenCost. @public */
export function parseAggregate(text: string): AggregateKey[] | undefined {
  const keys = new Map<string, AggregateKey>();
  for (const part of text.split(',')) {
    const key = parseKey(part.trim());
    if (!key) {
      return undefined;
    }
    keys.set(JSON.stringify(key), key);
  }
  return [...keys.values()];
}

function parseKey(text: string): AggregateKey | undefined {
  const [, by, name] = /^(label|annotation):(.+)$/i.exec(text) ?? [];
  if (by) {
    return {
      by: by.toLowerCase() as 'label' | 'annotation',
      name: sanitizeLabel(name.trim()),
    };
  }
  const found = NAMES.find(each => each.toLowerCase() === text.toLowerCase());
  return found && { by: found };
}

/** The name of the aggregate that something belongs to, e.g. `eu/deployment:web`. @public */
export function aggregateName(
  keys: readonly AggregateKey[],
  properties: AllocationProperties,
): string {
  return keys.map(key => valueOf(key, properties) || UNALLOCATED).join('/');
}

function valueOf(
  key: AggregateKey,
  properties: AllocationProperties,
): string | undefined {
  const { controllerKind: kind, controller } = properties;
  switch (key.by) {
    case 'label':
      return properties.labels?.[key.name];
    case 'annotation':
      return properties.annotations?.[key.name];
    case 'controller':
      return controller && kind ? `${kind}:${controller}` : controller;
    case 'service':
      return properties.namespace === UNMOUNTED
        ? UNMOUNTED
        : properties.services?.[0];
    case 'deployment':
    case 'statefulset':
    case 'daemonset':
    case 'job':
      return kind === key.by ? controller : undefined;
    case 'department':
    case 'environment':
    case 'owner':
    case 'product':
    case 'team':
      return aliasedValue(key.by, properties);
    default:
      return properties[key.by];
  }
}

/** What an aggregate has in common with all that belongs to it. @public */
export function aggregateProperties(
  keys: readonly AggregateKey[],
  properties: AllocationProperties,
): AllocationProperties {
  const common: AllocationProperties = { cluster: properties.cluster };
  for (const key of keys) {
    switch (key.by) {
      case 'cluster':
        break;
      case 'label':
      case 'annotation': {
        const of = key.by === 'label' ? 'labels' : 'annotations';
        const value = properties[of]?.[key.name];
        if (value !== undefined) {
          common[of] = { ...common[of], [key.name]: value };
        }
        break;
      }
      case 'controller':
        common.controller = properties.controller;
        common.controllerKind = properties.controllerKind;
        break;
      case 'service':
        if (properties.services?.length) {
          common.services = properties.services.slice(0, 1);
        }
        break;
      case 'node':
      case 'namespace':
      case 'controllerKind':
      case 'pod':
      case 'container':
        common[key.by] = properties[key.by];
        break;
      case 'deployment':
      case 'statefulset':
      case 'daemonset':
      case 'job':
        if (properties.controllerKind === key.by) {
          common.controller = properties.controller;
          common.controllerKind = key.by;
        }
        break;
      default:
        // An alias is a label or an annotation; the name of the aggregate says it.
        break;
    }
  }
  return common;
}

/** What must be told apart to aggregate by keys. @public */
export function needsOfAggregate(
  keys: readonly AggregateKey[],
): Array<Partial<NeededProperties>> {
  return keys.map(key => {
    switch (key.by) {
      case 'label':
        return { labels: [key.name] };
      case 'annotation':
        return { annotations: [key.name] };
      case 'service':
        return { services: true, namespace: true };
      case 'controller':
      case 'controllerKind':
      case 'deployment':
      case 'statefulset':
      case 'daemonset':
      case 'job':
        return { controller: true };
      case 'department':
      case 'environment':
      case 'owner':
      case 'product':
      case 'team':
        return needsOfAlias(key.by);
      default:
        return { [key.by]: true };
    }
  });
}
