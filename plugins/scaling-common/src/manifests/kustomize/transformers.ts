import { KustomizationImage, KustomizationLabels } from './Kustomization';
import {
  groupVersionOf,
  isBuiltIn,
  isClusterWide,
  isObj,
  mapIn,
  metadataOf,
  Obj,
  textOf,
  visitPath,
} from './objects';

/** A field of some kinds; `create` = it is made where it isn't there. */
interface FieldSpec {
  kinds: readonly string[];
  path: string;
  create: boolean;
}

const POD_AFFINITIES = ['podAffinity', 'podAntiAffinity'].flatMap(affinity => [
  `spec/template/spec/affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `spec/template/spec/affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);

/** Where the labels of a template are; as `templateLabels` of kustomize has them. */
const TEMPLATES: readonly FieldSpec[] = [
  {
    kinds: [
      'ReplicationController',
      'Deployment',
      'ReplicaSet',
      'DaemonSet',
      'StatefulSet',
      'Job',
    ],
    path: 'spec/template/metadata/labels',
    create: true,
  },
  {
    kinds: ['CronJob'],
    path: 'spec/jobTemplate/metadata/labels',
    create: true,
  },
  {
    kinds: ['CronJob'],
    path: 'spec/jobTemplate/spec/template/metadata/labels',
    create: true,
  },
];

/** Where selectors are; as `commonLabels` of kustomize has them. */
const SELECTORS: readonly FieldSpec[] = [
  {
    kinds: ['Service', 'ReplicationController'],
    path: 'spec/selector',
    create: true,
  },
  {
    kinds: ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'],
    path: 'spec/selector/matchLabels',
    create: true,
  },
  ...[
    ...POD_AFFINITIES,
    'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels',
  ].map(path => ({
    kinds: ['Deployment', 'StatefulSet'],
    path,
    create: false,
  })),
  {
    kinds: ['StatefulSet'],
    path: 'spec/volumeClaimTemplates/metadata/labels',
    create: true,
  },
  {
    kinds: ['Job', 'PodDisruptionBudget'],
    path: 'spec/selector/matchLabels',
    create: false,
  },
  {
    kinds: ['CronJob'],
    path: 'spec/jobTemplate/spec/selector/matchLabels',
    create: false,
  },
  ...[
    'spec/podSelector/matchLabels',
    'spec/ingress/from/podSelector/matchLabels',
    'spec/egress/to/podSelector/matchLabels',
  ].map(path => ({ kinds: ['NetworkPolicy'], path, create: false })),
];

const ANNOTATIONS: readonly FieldSpec[] = TEMPLATES.map(spec => ({
  ...spec,
  path: spec.path.replace(/labels$/, 'annotations'),
}));

function addTo(
  object: Obj,
  specs: readonly FieldSpec[],
  pairs: Readonly<Record<string, string>>,
): void {
  for (const { kinds, path, create } of specs) {
    if (kinds.includes(textOf(object.kind)) && isBuiltIn(object)) {
      visitPath(object, path.split('/'), create, (holder, key) =>
        Object.assign(mapIn(holder, key), pairs),
      );
    }
  }
}

export function addLabels(
  objects: readonly Obj[],
  { pairs, includeSelectors, includeTemplates }: KustomizationLabels,
): void {
  for (const object of objects) {
    Object.assign(mapIn(mapIn(object, 'metadata'), 'labels'), pairs);
    if (includeSelectors || includeTemplates) {
      addTo(object, TEMPLATES, pairs);
    }
    if (includeSelectors) {
      addTo(object, SELECTORS, pairs);
    }
  }
}

export function addAnnotations(
  objects: readonly Obj[],
  pairs: Readonly<Record<string, string>>,
): void {
  if (Object.keys(pairs).length === 0) {
    return;
  }
  for (const object of objects) {
    Object.assign(mapIn(mapIn(object, 'metadata'), 'annotations'), pairs);
    addTo(object, ANNOTATIONS, pairs);
  }
}

export function setNamespace(objects: readonly Obj[], namespace: string): void {
  const accounts = new Map(
    objects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => [
        textOf((metadata as Obj | undefined)?.name),
        textOf((metadata as Obj | undefined)?.namespace),
      ]),
  );
  for (const object of objects) {
    if (object.kind === 'Namespace' && groupVersionOf(object)[0] === '') {
      mapIn(object, 'metadata').name = namespace;
    } else if (!isClusterWide(object)) {
      mapIn(object, 'metadata').namespace = namespace;
    }
    if (/^(Cluster)?RoleBinding$/.test(textOf(object.kind))) {
      const subjects = Array.isArray(object.subjects) ? object.subjects : [];
      subjects
        .filter(isObj)
        .filter(
          ({ kind, name, namespace: before }) =>
            kind === 'ServiceAccount' &&
            (name === 'default' ||
              accounts.get(textOf(name)) === textOf(before)),
        )
        .forEach(subject => {
          subject.namespace = namespace;
        });
    }
  }
}

/** Of every container, wherever a pod's spec is. */
export function setImages(
  objects: readonly Obj[],
  images: readonly KustomizationImage[],
): void {
  for (const object of objects) {
    eachContainer(object, container => {
      for (const image of images) {
        container.image = renamed(textOf(container.image), image);
      }
    });
  }
}

function eachContainer(node: unknown, change: (container: Obj) => void): void {
  if (Array.isArray(node)) {
    node.forEach(item => eachContainer(item, change));
  } else if (isObj(node)) {
    for (const [key, value] of Object.entries(node)) {
      if (/^(containers|initContainers)$/.test(key) && Array.isArray(value)) {
        value
          .filter(isObj)
          .filter(({ image }) => typeof image === 'string')
          .forEach(change);
      } else {
        eachContainer(value, change);
      }
    }
  }
}

function renamed(
  image: string,
  { name, newName, newTag, digest }: KustomizationImage,
): string {
  const [beforeDigest, oldDigest] = image.split('@');
  const colon = beforeDigest.indexOf(':', beforeDigest.lastIndexOf('/') + 1);
  const repository = colon < 0 ? beforeDigest : beforeDigest.slice(0, colon);
  if (repository !== name) {
    return image;
  }
  const to = newName ?? repository;
  if (digest !== undefined && digest !== '') {
    return `${to}@${digest}`;
  }
  if (newTag !== undefined && newTag !== '') {
    return `${to}:${newTag}`;
  }
  const tag = colon < 0 ? '' : beforeDigest.slice(colon);
  return `${to}${tag}${oldDigest === undefined ? '' : `@${oldDigest}`}`;
}

/** What a reference names: an object of the same namespace. */
export function namespaceOf(object: Obj): string {
  return textOf(metadataOf(object).namespace) || 'default';
}
