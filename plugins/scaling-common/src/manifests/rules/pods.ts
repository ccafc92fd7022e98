import { Json } from '@headroom/common';
import {
  at,
  formatManifestPath,
  listAt,
  shown,
  textAt,
  printed,
} from '../json';
import { Hit } from '../ManifestRule';
import {
  ManifestContainer,
  ManifestSet,
  ManifestWorkload,
} from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

export interface OneContainer extends ManifestContainer {
  workload: ManifestWorkload;
  field: string;
}

export function containersOf(set: ManifestSet): OneContainer[] {
  return set.workloads.flatMap(workload =>
    workload.containers.map(container => ({
      ...container,
      workload,
      field: `${formatManifestPath(container.path)} (${container.name})`,
    })),
  );
}

/** Those that serve: neither what runs before them, nor what ends by itself. */
export function servingOf(set: ManifestSet): OneContainer[] {
  return containersOf(set).filter(
    ({ isInit, workload }) =>
      !isInit && !['Job', 'CronJob', 'Pod'].includes(workload.kind),
  );
}

const hasResource = (value: Json, kind: string, name: string) =>
  at(value, 'resources', kind, name) !== undefined;

/** `registry:5000/web:1.2@sha256:…` has a tag and a digest. */
function isPinned(image: string): boolean {
  if (image.includes('@sha256:')) {
    return true;
  }
  const [, tag] = /:([^:/]+)$/.exec(image) ?? [];
  return tag !== undefined && tag !== 'latest';
}

/** Whether a port is among those, by name or by number; `"80"` is 80. */
export function hasPort(
  ports: ReadonlyArray<Json | undefined>,
  port: Json,
): boolean {
  return ports.some(
    each => each !== undefined && printed(each) === printed(port),
  );
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

function* probePorts({ value, path, workload }: OneContainer): Iterable<Hit> {
  const ports = listAt(value, 'ports').flatMap(port => [
    at(port, 'name'),
    at(port, 'containerPort'),
  ]);
  for (const probe of PROBES) {
    for (const [way, key] of [
      ['httpGet', 'port'],
      ['tcpSocket', 'port'],
      ['grpc', 'port'],
    ]) {
      const port = at(value, probe, way, key);
      if (port !== undefined && !hasPort(ports, port)) {
        const where = [...path, probe, way, key];
        yield {
          on: workload.on,
          path: where,
          ...(!/^\d+$/.test(printed(port)) && { severity: 'error' as const }),
          said: sayManifest('K40', {
            field: formatManifestPath(where),
            value: shown(port),
          }),
        };
      }
    }
  }
}

/** What is asked of a probe, without how often and how patiently. */
function asked(probe: Json | undefined): string | undefined {
  const said = ['httpGet', 'tcpSocket', 'grpc', 'exec'].map(way =>
    JSON.stringify(at(probe, way) ?? null),
  );
  return said.every(each => each === 'null') ? undefined : said.join();
}

function patience(probe: Json | undefined): string {
  return JSON.stringify(
    [
      ['periodSeconds', 10],
      ['failureThreshold', 3],
      ['timeoutSeconds', 1],
      ['initialDelaySeconds', 0],
    ].map(([key, usual]) => at(probe, key) ?? usual),
  );
}

export const podRules = defineRules('pods', {
  K10: {
    severity: 'error',
    judges: [
      'kube-score/container-resources',
      'kube-linter/unset-cpu-requirements',
      'kube-linter/unset-memory-requirements',
      'polaris/cpuRequestsMissing',
      'polaris/memoryRequestsMissing',
    ],
    *check(set) {
      for (const { value, path, field, workload } of containersOf(set)) {
        const missing = ['cpu', 'memory'].filter(
          resource =>
            !hasResource(value, 'requests', resource) &&
            !hasResource(value, 'limits', resource),
        );
        if (missing.length > 0) {
          yield {
            on: workload.on,
            path: [...path, 'resources', 'requests'],
            said: sayManifest('K10', { field, missing: missing.join(' and ') }),
          };
        }
      }
    },
  },
  K11: {
    severity: 'error',
    judges: [
      'kube-score/container-resources',
      'kube-linter/unset-memory-requirements',
      'polaris/memoryLimitsMissing',
    ],
    *check(set) {
      for (const { value, path, field, workload } of containersOf(set)) {
        if (!hasResource(value, 'limits', 'memory')) {
          yield {
            on: workload.on,
            path: [...path, 'resources', 'limits'],
            said: sayManifest('K11', { field }),
          };
        }
      }
    },
  },
  K12: {
    severity: 'warning',
    judges: ['kube-score/container-ephemeral-storage-request-and-limit'],
    *check(set) {
      for (const { value, path, field, workload } of containersOf(set)) {
        const missing = ['requests', 'limits'].filter(
          kind => !hasResource(value, kind, 'ephemeral-storage'),
        );
        if (missing.length > 0) {
          yield {
            on: workload.on,
            path: [...path, 'resources'],
            said: sayManifest('K12', { field, missing: missing.join(' and ') }),
          };
        }
      }
    },
  },
  K13: {
    severity: 'error',
    judges: [
      'kube-score/container-image-tag',
      'kube-linter/latest-tag',
      'polaris/tagNotSpecified',
    ],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        const image = textAt(value, 'image');
        if (image !== undefined && !isPinned(image)) {
          const where = [...path, 'image'];
          yield {
            on: workload.on,
            path: where,
            said: sayManifest('K13', {
              field: formatManifestPath(where),
              value: shown(image),
            }),
          };
        }
      }
    },
  },
  K14: {
    severity: 'warning',
    judges: [
      'kube-score/container-image-pull-policy',
      'polaris/pullPolicyNotAlways',
    ],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        const policy = at(value, 'imagePullPolicy');
        const isLatest = /:latest$|^[^:@]+$/.test(textAt(value, 'image') ?? '');
        if (policy !== 'Always' && !(policy === undefined && isLatest)) {
          const where = [...path, 'imagePullPolicy'];
          yield {
            on: workload.on,
            path: where,
            said: sayManifest('K14', {
              field: formatManifestPath(where),
              value: shown(policy),
            }),
            edits: [{ path: where, value: 'Always' }],
          };
        }
      }
    },
  },
  K23: {
    severity: 'warning',
    judges: [
      'kube-score/pod-probes',
      'polaris/readinessProbeMissing',
      'polaris/livenessProbeMissing',
    ],
    *check(set) {
      for (const { value, path, field, workload } of servingOf(set)) {
        const missing = ['readinessProbe', 'livenessProbe'].filter(
          probe => at(value, probe) === undefined,
        );
        if (missing.length > 0) {
          yield {
            on: workload.on,
            path,
            said: sayManifest('K23', {
              field,
              missing: missing.join(' and no '),
            }),
          };
        }
      }
    },
  },
  K24: {
    severity: 'warning',
    judges: ['kube-score/pod-probes-identical'],
    *check(set) {
      for (const { value, path, workload } of servingOf(set)) {
        const [live, ready] = PROBES.map(probe => at(value, probe));
        if (
          asked(live) !== undefined &&
          asked(live) === asked(ready) &&
          patience(live) === patience(ready)
        ) {
          const where = [...path, 'livenessProbe'];
          yield {
            on: workload.on,
            path: where,
            said: sayManifest('K24', { field: formatManifestPath(where) }),
          };
        }
      }
    },
  },
  K36: {
    severity: 'error',
    judges: [
      'kube-linter/duplicate-env-var',
      'kube-score/environment-variable-key-duplication',
    ],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        const seen = new Set<Json | undefined>();
        for (const [index, variable] of listAt(value, 'env').entries()) {
          const name = at(variable, 'name');
          if (name !== undefined && seen.has(name)) {
            const where = [...path, 'env', index, 'name'];
            yield {
              on: workload.on,
              path: where,
              said: sayManifest('K36', {
                field: formatManifestPath(where),
                value: shown(name),
              }),
            };
          }
          seen.add(name);
        }
      }
    },
  },
  K40: {
    severity: 'warning',
    judges: [
      'kube-linter/liveness-port',
      'kube-linter/readiness-port',
      'kube-linter/startup-port',
    ],
    *check(set) {
      for (const container of containersOf(set)) {
        yield* probePorts(container);
      }
    },
  },
});
