import { hashText } from '../../world/random';
import { WorkloadSpec } from '../../world/types';
import { KubeObject } from '../types';
import { matchLabels, ObjectContext } from './context';

function ports(spec: WorkloadSpec) {
  return spec.containers
    .filter(container => container.port)
    .map(container => ({
      name: container.name,
      port: container.port,
      targetPort: container.port,
      protocol: 'TCP',
    }));
}

function service(context: ObjectContext, spec: WorkloadSpec): KubeObject {
  const hash = hashText(`${spec.namespace}/${spec.name}`);
  const clusterIP =
    spec.kind === 'StatefulSet'
      ? 'None'
      : `172.20.${hash % 250}.${1 + ((hash >>> 8) % 250)}`;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: context.meta('Service', spec.namespace, spec.name, {
      bornAt: context.born(spec),
      labels: spec.labels,
    }),
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      selector: matchLabels(spec),
      ports: ports(spec),
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
    },
    status: { loadBalancer: {} },
  };
}

function ingress(context: ObjectContext, spec: WorkloadSpec): KubeObject {
  const [port] = ports(spec);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: context.meta('Ingress', spec.namespace, spec.name, {
      bornAt: context.born(spec),
      generation: 1,
      labels: spec.labels,
    }),
    spec: {
      ingressClassName: 'alb',
      rules: [
        {
          host: spec.host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: { name: spec.name, port: { number: port.port } },
                },
              },
            ],
          },
        },
      ],
    },
    status: { loadBalancer: {} },
  };
}

/** Services, and ingresses of what has a host name. */
export function services(context: ObjectContext) {
  const specs = context.state.workloads.filter(spec => spec.service);
  return {
    'v1/services': specs.map(spec => service(context, spec)),
    'networking.k8s.io/v1/ingresses': specs
      .filter(spec => spec.host)
      .map(spec => ingress(context, spec)),
  };
}
