import { containersAt } from '../../world/lives';
import { WorkloadSpec } from '../../world/types';
import { cpuQuantity } from '../quantities';
import { KubeObject } from '../types';
import { ObjectContext } from './context';

interface NamespaceSpec {
  name: string;
  bornAt: number;
  /** Set for a preview: the labels of what runs in it. */
  preview?: Record<string, string>;
}

function namespacesOf(context: ObjectContext): NamespaceSpec[] {
  const { workloads, orphanVolumes } = context.state;
  const found = new Map<string, NamespaceSpec>();
  const add = (name: string, spec?: WorkloadSpec) => {
    if (!found.has(name)) {
      const preview = spec?.preview && {
        'backstage.io/kubernetes-id': spec.labels['backstage.io/kubernetes-id'],
      };
      const bornAt = spec?.preview ? context.born(spec) : 0;
      found.set(name, { name, bornAt, ...(preview && { preview }) });
    }
  };
  ['default', 'kube-system', 'kube-public'].forEach(name => add(name));
  workloads.forEach(spec => add(spec.namespace, spec));
  orphanVolumes.forEach(volume => add(volume.namespace));
  context.created
    .filter(({ kind }) => kind === 'Namespace')
    .forEach(made => add(made.name));
  return [...found.values()];
}

function namespaceObject(
  context: ObjectContext,
  { name, bornAt, preview }: NamespaceSpec,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: context.meta('Namespace', undefined, name, {
      bornAt,
      labels: { 'kubernetes.io/metadata.name': name, ...preview },
    }),
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

function rootCertificates(
  context: ObjectContext,
  { name, bornAt }: NamespaceSpec,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: context.meta('ConfigMap', name, 'kube-root-ca.crt', { bornAt }),
    data: {
      'ca.crt': 'The demo cluster is on loopback and has no certificate.',
    },
  };
}

function serviceAccount(
  context: ObjectContext,
  { name, bornAt }: NamespaceSpec,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: context.meta('ServiceAccount', name, 'default', { bornAt }),
  };
}

function limitRange(
  context: ObjectContext,
  { name, bornAt, preview }: NamespaceSpec,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: context.meta('LimitRange', name, 'preview', {
      bornAt,
      labels: preview,
    }),
    spec: {
      limits: [
        {
          type: 'Container',
          defaultRequest: { cpu: '100m', memory: '128Mi' },
          default: { memory: '512Mi' },
        },
      ],
    },
  };
}

/** What the pods of a namespace hold of its quota. */
export function quotaUsed(
  context: ObjectContext,
  name: string,
): Record<string, string> {
  const pods = context.state.pods.filter(life => life.spec.namespace === name);
  const sum = (of: 'cpuRequestCores' | 'memoryRequestBytes') =>
    pods
      .flatMap(life => containersAt(life, context.state.seconds))
      .reduce((total, container) => total + container[of], 0);
  return {
    'requests.cpu': cpuQuantity(sum('cpuRequestCores')),
    'requests.memory': `${sum('memoryRequestBytes') / 1024 ** 2}Mi`,
    pods: String(pods.length),
  };
}

function resourceQuota(
  context: ObjectContext,
  { name, bornAt, preview }: NamespaceSpec,
): KubeObject {
  const hard = { 'requests.cpu': '4', 'requests.memory': '8Gi', pods: '10' };
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: context.meta('ResourceQuota', name, 'preview', {
      bornAt,
      labels: preview,
    }),
    spec: { hard },
    status: {
      hard,
      used: quotaUsed(context, name),
    },
  };
}

/** The account that every namespace has. */
export function serviceAccounts(context: ObjectContext): KubeObject[] {
  return namespacesOf(context).map(spec => serviceAccount(context, spec));
}

/** Namespaces and what comes with each. */
export function namespaces(context: ObjectContext) {
  const all = namespacesOf(context);
  const previews = all.filter(({ preview }) => preview);
  return {
    'v1/namespaces': all.map(spec => namespaceObject(context, spec)),
    'v1/configmaps': all.map(spec => rootCertificates(context, spec)),
    'v1/limitranges': previews.map(spec => limitRange(context, spec)),
    'v1/resourcequotas': previews.map(spec => resourceQuota(context, spec)),
  };
}
