import { at, formatManifestPath, listAt, mapAt, shown, textAt } from '../json';
import { ManifestObject } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { matchesSelector, ManifestSet, nameOf } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const RUNNING = ['Deployment', 'StatefulSet', 'Rollout'];
const INSTANCE = 'app.kubernetes.io/instance';

const runningOf = (set: ManifestSet) =>
  set.workloads.filter(({ kind }) => RUNNING.includes(kind));

/** Whether there may be more than one pod of it. */
function several(
  set: ManifestSet,
  workload: ReturnType<typeof runningOf>[number],
): boolean {
  const replicas = at(workload.on.object, 'spec', 'replicas');
  return (
    set.scalersOf(workload).some(({ max = 2 }) => max > 1) ||
    (typeof replicas === 'number' && replicas > 1)
  );
}

function hasHostAntiAffinity({ object }: ManifestObject): boolean {
  const affinity = ['spec', 'template', 'spec', 'affinity', 'podAntiAffinity'];
  return [
    ...listAt(
      object,
      ...affinity,
      'preferredDuringSchedulingIgnoredDuringExecution',
    ).map(term => at(term, 'podAffinityTerm')),
    ...listAt(
      object,
      ...affinity,
      'requiredDuringSchedulingIgnoredDuringExecution',
    ),
  ].some(term =>
    ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].includes(
      textAt(term, 'topologyKey') ?? '',
    ),
  );
}

function* badLabels(on: ManifestObject): Iterable<Hit> {
  for (const above of [
    ['metadata', 'labels'],
    ['spec', 'template', 'metadata', 'labels'],
  ]) {
    for (const [key, value] of Object.entries(mapAt(on.object, ...above))) {
      if (
        typeof value === 'string' &&
        (value.length > 63 ||
          !/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value))
      ) {
        const path = [...above, key];
        yield {
          on,
          path,
          said: sayManifest('K48', {
            field: formatManifestPath(path),
            value: shown(value),
          }),
        };
      }
    }
  }
}

/** Paths of the spec of a Job, also of one that a CronJob makes. */
function jobSpecsOf(
  set: ManifestSet,
): Array<{ on: ManifestObject; above: string[] }> {
  return [
    ...set.of('Job').map(on => ({ on, above: ['spec'] })),
    ...set
      .of('CronJob')
      .map(on => ({ on, above: ['spec', 'jobTemplate', 'spec'] })),
  ];
}

export const workloadRules = defineRules('workloads', {
  K25: {
    severity: 'warning',
    judges: [
      'kube-score/pod-topology-spread-constraints',
      'polaris/topologySpreadConstraint',
    ],
    *check(set) {
      for (const workload of runningOf(set)) {
        const { on, kind, name, podPath } = workload;
        const path = [...podPath, 'topologySpreadConstraints'];
        if (several(set, workload) && listAt(on.object, ...path).length === 0) {
          yield {
            on,
            path,
            said: sayManifest('K25', { target: `${kind} ${name}` }),
          };
        }
      }
    },
  },
  K26: {
    severity: 'warning',
    judges: [
      'kube-score/deployment-has-host-podantiaffinity',
      'kube-score/statefulset-has-host-podantiaffinity',
      'kube-linter/no-anti-affinity',
    ],
    *check(set) {
      for (const workload of runningOf(set)) {
        const { on, kind, name, podPath } = workload;
        const spread = listAt(
          on.object,
          ...podPath,
          'topologySpreadConstraints',
        ).some(
          each => textAt(each, 'topologyKey') === 'kubernetes.io/hostname',
        );
        if (several(set, workload) && !spread && !hasHostAntiAffinity(on)) {
          yield {
            on,
            path: [...podPath, 'affinity'],
            said: sayManifest('K26', { target: `${kind} ${name}` }),
          };
        }
      }
    },
  },
  K27: {
    severity: 'warning',
    judges: ['polaris/priorityClassNotSet'],
    *check(set) {
      for (const { on, podPath } of set.workloads) {
        const path = [...podPath, 'priorityClassName'];
        if (textAt(on.object, ...path) === undefined) {
          yield {
            on,
            path,
            said: sayManifest('K27', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  K41: {
    severity: 'warning',
    judges: ['kube-score/deployment-strategy'],
    *check(set) {
      const path = ['spec', 'strategy', 'type'];
      for (const on of set.of('Deployment')) {
        const value = at(on.object, ...path);
        if (value !== undefined && value !== 'RollingUpdate') {
          yield {
            on,
            path,
            said: sayManifest('K41', {
              field: formatManifestPath(path),
              value: shown(value),
            }),
          };
        }
      }
    },
  },
  K42: {
    severity: 'warning',
    judges: [
      'kube-score/deployment-replicas',
      'polaris/deploymentMissingReplicas',
    ],
    needs: ['HorizontalPodAutoscaler', 'ScaledObject'],
    *check(set) {
      const path = ['spec', 'replicas'];
      for (const workload of runningOf(set)) {
        const { on, kind } = workload;
        const value = at(on.object, ...path) ?? 1;
        if (
          kind === 'Deployment' &&
          typeof value === 'number' &&
          value === 1 &&
          set.scalersOf(workload).length === 0
        ) {
          yield {
            on,
            path,
            said: sayManifest('K42', {
              field: formatManifestPath(path),
              value,
            }),
          };
        }
      }
    },
  },
  K43: {
    severity: 'warning',
    judges: ['kube-linter/job-ttl-seconds-after-finished'],
    *check(set) {
      for (const { on, above } of jobSpecsOf(set)) {
        const path = [...above, 'ttlSecondsAfterFinished'];
        if (at(on.object, ...path) === undefined) {
          yield {
            on,
            path,
            said: sayManifest('K43', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  K44: {
    severity: 'warning',
    judges: ['kube-score/cronjob-has-deadline'],
    *check(set) {
      const path = ['spec', 'startingDeadlineSeconds'];
      for (const on of set.of('CronJob')) {
        if (at(on.object, ...path) === undefined) {
          yield {
            on,
            path,
            said: sayManifest('K44', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  K45: {
    severity: 'error',
    judges: ['kube-score/cronjob-restartpolicy'],
    *check(set) {
      for (const { on, above } of jobSpecsOf(set)) {
        const path = [...above, 'template', 'spec', 'restartPolicy'];
        const value = at(on.object, ...path);
        if (value !== 'Never' && value !== 'OnFailure') {
          yield {
            on,
            path,
            said: sayManifest('K45', {
              field: formatManifestPath(path),
              value: shown(value),
            }),
          };
        }
      }
    },
  },
  K46: {
    severity: 'error',
    judges: [
      'kube-score/deployment-pod-selector-labels-match-template-metadata-labels',
      'kube-score/statefulset-pod-selector-labels-match-template-metadata-labels',
      'kube-linter/mismatching-selector',
    ],
    *check(set) {
      const path = ['spec', 'selector'];
      for (const { on, kind, labels } of set.workloads) {
        const selector = at(on.object, ...path);
        const isAsked = [...RUNNING, 'DaemonSet', 'ReplicaSet'].includes(kind);
        const isRef =
          kind === 'Rollout' &&
          at(on.object, 'spec', 'workloadRef') !== undefined;
        if (isAsked && !isRef && !matchesSelector(selector, labels)) {
          yield {
            on,
            path,
            said: sayManifest('K46', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  K47: {
    severity: 'warning',
    judges: ['kube-score/statefulset-has-servicename'],
    needs: ['Service'],
    *check(set) {
      const path = ['spec', 'serviceName'];
      for (const on of set.of('StatefulSet')) {
        const value = textAt(on.object, ...path) ?? '';
        const isThere = set
          .of('Service')
          .some(
            service =>
              nameOf(service) === value &&
              textAt(service.object, 'spec', 'clusterIP') === 'None' &&
              set.isNear(set.namespaceOf(service), set.namespaceOf(on)),
          );
        if (!isThere) {
          yield {
            on,
            path,
            said: sayManifest('K47', {
              field: formatManifestPath(path),
              value: value || 'absent',
            }),
          };
        }
      }
    },
  },
  K48: {
    severity: 'error',
    judges: ['kube-score/label-values'],
    *check(set) {
      for (const on of set.all) {
        yield* badLabels(on);
      }
    },
  },
  K49: {
    severity: 'warning',
    judges: ['polaris/metadataAndInstanceMismatched'],
    *check(set) {
      const path = ['metadata', 'labels', INSTANCE];
      for (const { on, name } of set.workloads) {
        const value = textAt(on.object, ...path);
        // A release may have several workloads, called after it.
        if (value !== undefined && !name.includes(value)) {
          yield {
            on,
            path,
            said: sayManifest('K49', {
              field: formatManifestPath(path),
              value,
              name,
            }),
          };
        }
      }
    },
  },
});
