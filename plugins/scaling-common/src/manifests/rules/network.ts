import { Json } from '@headroom/common';
import {
  at,
  formatManifestPath,
  isMap,
  listAt,
  mapAt,
  shown,
  textAt,
} from '../json';
import { ManifestObject } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { ManifestSet, ManifestWorkload, nameOf } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';
import { hasPort } from './pods';

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Whose pods a Service sends to; undefined for one without a selector. */
function servedBy(
  set: ManifestSet,
  on: ManifestObject,
): ManifestWorkload[] | undefined {
  const matchLabels = at(on.object, 'spec', 'selector');
  return isMap(matchLabels) && Object.keys(matchLabels).length > 0
    ? set.selected({ matchLabels }, set.namespaceOf(on))
    : undefined;
}

function* targetPorts(set: ManifestSet, on: ManifestObject): Iterable<Hit> {
  for (const workload of servedBy(set, on) ?? []) {
    const ports = workload.containers.flatMap(({ value }) =>
      listAt(value, 'ports').flatMap(port => [
        at(port, 'name'),
        at(port, 'containerPort'),
      ]),
    );
    for (const [index, port] of listAt(on.object, 'spec', 'ports').entries()) {
      const value = at(port, 'targetPort') ?? at(port, 'port');
      const isNamed = typeof value === 'string' && !/^\d+$/.test(value);
      // Numbers need not be declared; a list of them without it is a slip.
      const isAsked = isNamed || ports.length > 0;
      if (value !== undefined && isAsked && !hasPort(ports, value)) {
        const path = ['spec', 'ports', index, 'targetPort'];
        yield {
          on,
          path,
          ...(!isNamed && { severity: 'warning' as const }),
          said: sayManifest('K64', {
            field: formatManifestPath(path),
            value: shown(value),
            target: `${workload.kind} ${workload.name}`,
          }),
        };
      }
    }
  }
}

interface Backend {
  path: Array<string | number>;
  name: string | undefined;
}

function backendsIn({ object }: ManifestObject): Backend[] {
  const backend = (holder: Json | undefined, path: Array<string | number>) => ({
    path,
    name: textAt(holder, 'service', 'name') ?? textAt(holder, 'serviceName'),
  });
  const whole = at(object, 'spec', 'defaultBackend');
  return [
    ...(whole === undefined
      ? []
      : [backend(whole, ['spec', 'defaultBackend', 'service', 'name'])]),
    ...listAt(object, 'spec', 'rules').flatMap((rule, r) =>
      listAt(rule, 'http', 'paths').map((each, p) =>
        backend(at(each, 'backend'), [
          'spec',
          'rules',
          r,
          'http',
          'paths',
          p,
          'backend',
        ]),
      ),
    ),
  ];
}

export const networkRules = defineRules('network', {
  K60: {
    severity: 'warning',
    judges: ['kube-score/pod-networkpolicy', 'polaris/missingNetworkPolicy'],
    needs: ['NetworkPolicy'],
    *check(set) {
      const selected = new Set(
        set
          .of('NetworkPolicy')
          .flatMap(policy =>
            set.selected(
              at(policy.object, 'spec', 'podSelector') ?? {},
              set.namespaceOf(policy),
            ),
          ),
      );
      for (const workload of set.workloads) {
        const { on, kind, name } = workload;
        if (!selected.has(workload)) {
          yield {
            on,
            path: ['metadata', 'name'],
            said: sayManifest('K60', { target: `${kind} ${name}` }),
          };
        }
      }
    },
  },
  K61: {
    severity: 'warning',
    judges: ['kube-score/networkpolicy-targets-pod'],
    needs: WORKLOADS,
    *check(set) {
      const path = ['spec', 'podSelector'];
      for (const on of set.of('NetworkPolicy')) {
        const selector = at(on.object, ...path);
        // An empty one is about whatever comes.
        const isAll =
          selector === undefined ||
          (Object.keys(mapAt(selector, 'matchLabels')).length === 0 &&
            listAt(selector, 'matchExpressions').length === 0);
        if (
          !isAll &&
          set.selected(selector, set.namespaceOf(on)).length === 0
        ) {
          yield {
            on,
            path,
            said: sayManifest('K61', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  K62: {
    severity: 'error',
    judges: ['kube-score/service-targets-pod', 'kube-linter/dangling-service'],
    needs: WORKLOADS,
    *check(set) {
      const path = ['spec', 'selector'];
      for (const on of set.of('Service')) {
        if (servedBy(set, on)?.length === 0) {
          yield {
            on,
            path,
            said: sayManifest('K62', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  K63: {
    severity: 'warning',
    judges: ['kube-score/service-type'],
    *check(set) {
      const path = ['spec', 'type'];
      for (const on of set.of('Service')) {
        if (textAt(on.object, ...path) === 'NodePort') {
          yield {
            on,
            path,
            said: sayManifest('K63', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  K64: {
    severity: 'error',
    judges: ['kube-linter/invalid-target-ports'],
    *check(set) {
      for (const on of set.of('Service')) {
        yield* targetPorts(set, on);
      }
    },
  },
  K65: {
    severity: 'error',
    judges: ['kube-score/ingress-targets-service'],
    needs: ['Service'],
    *check(set) {
      for (const on of set.of('Ingress')) {
        for (const { path, name } of backendsIn(on)) {
          const isThere = set
            .of('Service')
            .some(
              service =>
                nameOf(service) === name &&
                set.isNear(set.namespaceOf(service), set.namespaceOf(on)),
            );
          if (name !== undefined && !isThere) {
            yield {
              on,
              path,
              said: sayManifest('K65', {
                field: formatManifestPath(path),
                value: name,
              }),
            };
          }
        }
      }
    },
  },
  K66: {
    severity: 'warning',
    judges: ['polaris/tlsSettingsMissing'],
    *check(set) {
      const path = ['spec', 'tls'];
      for (const on of set.of('Ingress')) {
        if (listAt(on.object, ...path).length === 0) {
          yield {
            on,
            path,
            said: sayManifest('K66', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
});
