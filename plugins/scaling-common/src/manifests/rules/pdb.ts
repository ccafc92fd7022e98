import { Json } from '@headroom/common';
import {
  at,
  formatManifestPath,
  numberAt,
  shown,
  textAt,
  printed,
} from '../json';
import { ManifestObject } from '../ManifestObject';
import { Hit, ManifestEdit } from '../ManifestRule';
import { ManifestSet, ManifestWorkload } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const MIN = ['spec', 'minAvailable'];
const MAX = ['spec', 'maxUnavailable'];
const POLICY = ['spec', 'unhealthyPodEvictionPolicy'];
const RUNNING = ['Deployment', 'StatefulSet', 'Rollout'];

const budgetsOf = (set: ManifestSet) => set.of('PodDisruptionBudget');

/** A budget that lets one pod go at a time. */
const ONE_AT_A_TIME: readonly ManifestEdit[] = [
  { path: MAX, value: 1 },
  { path: MIN, value: null },
];

const called = ({ kind, name }: { kind: string; name: string }) =>
  `${kind} ${name}`;

function protectedBy(set: ManifestSet, on: ManifestObject): ManifestWorkload[] {
  return set.selected(at(on.object, 'spec', 'selector'), set.namespaceOf(on));
}

/** How many of so many pods a value means; undefined where it is none. */
function podsOf(value: Json | undefined, replicas: number): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  const [, percent] = /^(\d+)%$/.exec(printed(value)) ?? [];
  return percent === undefined
    ? undefined
    : Math.ceil((Number(percent) * replicas) / 100);
}

/** The fewest pods of a workload, as it is written. */
function fewest(set: ManifestSet, workload: ManifestWorkload): number {
  const scalers = set.scalersOf(workload);
  return scalers.length > 0
    ? Math.min(...scalers.map(({ min }) => min))
    : numberAt(workload.on.object, 'spec', 'replicas') ?? 1;
}

function* stuck(set: ManifestSet, on: ManifestObject): Iterable<Hit> {
  const max = at(on.object, ...MAX);
  const min = at(on.object, ...MIN);
  const workloads = protectedBy(set, on);
  const target = workloads.map(called).sort().join(', ') || 'its selector';
  const found = (path: string[], value: typeof min): Hit => ({
    on,
    path,
    said: sayManifest('M21', {
      field: formatManifestPath(path),
      value: shown(value),
      target,
    }),
    edits: ONE_AT_A_TIME,
  });
  if (max === 0 || max === '0' || max === '0%') {
    yield found(MAX, max);
  } else if (min === '100%') {
    yield found(MIN, min);
  } else if (min !== undefined && workloads.length === 1) {
    const [workload] = workloads;
    const replicas = fewest(set, workload);
    const kept = podsOf(min, replicas);
    if (
      kept !== undefined &&
      kept > 0 &&
      kept >= replicas &&
      RUNNING.includes(workload.kind) &&
      set.scalersOf(workload).length === 0
    ) {
      yield found(MIN, min);
    }
  }
}

export const pdbRules = defineRules('pdb', {
  M21: {
    severity: 'error',
    judges: [
      'kube-linter/pdb-max-unavailable',
      'kube-linter/pdb-min-available',
      'polaris/pdbDisruptionsIsZero',
    ],
    *check(set) {
      for (const on of budgetsOf(set)) {
        yield* stuck(set, on);
      }
    },
  },
  M22: {
    severity: 'error',
    *check(set) {
      for (const on of budgetsOf(set)) {
        const value = at(on.object, ...MIN);
        if (value !== undefined && at(on.object, ...MAX) !== undefined) {
          yield {
            on,
            path: MIN,
            said: sayManifest('M22', {
              field: formatManifestPath(MIN),
              value: shown(value),
            }),
          };
        }
      }
    },
  },
  M23: {
    severity: 'warning',
    judges: ['kube-linter/pdb-unhealthy-pod-eviction-policy'],
    *check(set) {
      for (const on of budgetsOf(set)) {
        const value = at(on.object, ...POLICY);
        if (value !== 'AlwaysAllow') {
          const field = formatManifestPath(POLICY);
          yield {
            on,
            path: POLICY,
            said:
              value === undefined
                ? sayManifest('M23missing', { field })
                : sayManifest('M23other', { field, value: shown(value) }),
            edits: [{ path: POLICY, value: 'AlwaysAllow' }],
          };
        }
      }
    },
  },
  M24: {
    severity: 'error',
    judges: ['pluto', 'kube-score/stable-version'],
    *check(set) {
      const path = ['apiVersion'];
      for (const on of budgetsOf(set)) {
        const value = textAt(on.object, ...path) ?? '';
        if (/^policy\/v1(alpha|beta)\d+$/.test(value)) {
          yield {
            on,
            path,
            said: sayManifest('M24', { value }),
            edits: [{ path, value: 'policy/v1' }],
          };
        }
      }
    },
  },
  M25: {
    severity: 'error',
    judges: ['polaris/pdbMinAvailableGreaterThanOrEqualToHPAMinReplicas'],
    needs: RUNNING,
    *check(set) {
      for (const on of budgetsOf(set)) {
        const workloads = protectedBy(set, on);
        if (workloads.length === 0) {
          yield {
            on,
            path: ['spec', 'selector'],
            said: sayManifest('M25none', { field: 'spec.selector' }),
          };
        }
        for (const workload of workloads) {
          const scalers = set.scalersOf(workload);
          const value = at(on.object, ...MIN);
          for (const scaler of scalers) {
            const kept = podsOf(value, scaler.min);
            // One that may go to zero is drained whenever it does.
            if (kept !== undefined && scaler.min > 0 && kept >= scaler.min) {
              yield {
                on,
                path: MIN,
                said: sayManifest('M25above', {
                  field: formatManifestPath(MIN),
                  value: shown(value),
                  scaler: called(scaler),
                  min: scaler.min,
                }),
                edits: ONE_AT_A_TIME,
              };
            }
          }
        }
      }
    },
  },
  K70: {
    severity: 'warning',
    judges: [
      'kube-score/deployment-has-poddisruptionbudget',
      'kube-score/statefulset-has-poddisruptionbudget',
      'polaris/missingPodDisruptionBudget',
    ],
    needs: ['PodDisruptionBudget'],
    *check(set) {
      const kept = new Set(
        budgetsOf(set).flatMap(budget => protectedBy(set, budget)),
      );
      for (const workload of set.workloads) {
        const { on, kind } = workload;
        // One pod alone can’t be protected without holding up drains.
        const several = set.scalersOf(workload).some(({ max = 2 }) => max > 1)
          ? true
          : fewest(set, workload) > 1;
        if (RUNNING.includes(kind) && several && !kept.has(workload)) {
          yield {
            on,
            path: ['metadata', 'name'],
            said: sayManifest('K70', { target: called(workload) }),
          };
        }
      }
    },
  },
  K71: {
    severity: 'warning',
    judges: ['kube-score/poddisruptionbudget-has-policy'],
    *check(set) {
      for (const on of budgetsOf(set)) {
        if (
          at(on.object, ...MIN) === undefined &&
          at(on.object, ...MAX) === undefined
        ) {
          yield {
            on,
            path: ['spec'],
            said: sayManifest('K71', { field: 'spec' }),
            edits: [{ path: MAX, value: 1 }],
          };
        }
      }
    },
  },
});
