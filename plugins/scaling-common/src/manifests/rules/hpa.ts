import { at, formatManifestPath, listAt, shown, textAt } from '../json';
import { ManifestObject, ManifestPath } from '../ManifestObject';
import { Hit, ManifestEdit } from '../ManifestRule';
import { ManifestScaler, ManifestSet, ManifestWorkload } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const CPU_PERCENT = ['spec', 'targetCPUUtilizationPercentage'];
const called = ({ kind, name }: { kind: string; name: string }) =>
  `${kind} ${name}`;

/** The same as the field of v1 said. */
function cpuEdits(on: ManifestObject): ManifestEdit[] | undefined {
  const percent = at(on.object, ...CPU_PERCENT);
  return typeof percent === 'number' && !at(on.object, 'spec', 'metrics')
    ? [
        { path: CPU_PERCENT, value: null },
        {
          path: ['spec', 'metrics'],
          value: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: percent },
              },
            },
          ],
        },
      ]
    : undefined;
}

/** Who applies the replicas of a live object, other than by its scale. */
function replicasOwner({ object }: ManifestObject): string | undefined {
  const applied = listAt(object, 'metadata', 'managedFields').find(
    entry =>
      textAt(entry, 'operation') === 'Apply' &&
      at(entry, 'fieldsV1', 'f:spec', 'f:replicas') !== undefined &&
      !/headroom/i.test(textAt(entry, 'manager') ?? ''),
  );
  if (applied) {
    return textAt(applied, 'manager') ?? '';
  }
  const last = textAt(
    object,
    'metadata',
    'annotations',
    'kubectl.kubernetes.io/last-applied-configuration',
  );
  return last &&
    /"spec":\{[^{}]*"replicas":|"replicas":\d+,"selector"/.test(last)
    ? 'kubectl'
    : undefined;
}

/** Where a scaler asks for a share of a request: by pod, or by one container. */
function* utilizations(
  scaler: ManifestScaler,
): Iterable<{ path: ManifestPath; resource: string; container?: string }> {
  const { object } = scaler.on;
  if (scaler.kind === 'ScaledObject') {
    for (const [index, trigger] of listAt(
      object,
      'spec',
      'triggers',
    ).entries()) {
      const resource = textAt(trigger, 'type') ?? '';
      const type =
        textAt(trigger, 'metricType') ?? textAt(trigger, 'metadata', 'type');
      if (['cpu', 'memory'].includes(resource) && type !== 'AverageValue') {
        yield {
          path: ['spec', 'triggers', index],
          resource,
          container: textAt(trigger, 'metadata', 'containerName'),
        };
      }
    }
    return;
  }
  if (at(object, ...CPU_PERCENT) !== undefined) {
    yield { path: CPU_PERCENT, resource: 'cpu' };
  }
  for (const [index, metric] of listAt(object, 'spec', 'metrics').entries()) {
    for (const key of ['resource', 'containerResource']) {
      const resource = textAt(metric, key, 'name');
      if (resource && textAt(metric, key, 'target', 'type') === 'Utilization') {
        yield {
          path: ['spec', 'metrics', index],
          resource,
          container: textAt(metric, key, 'container'),
        };
      }
    }
  }
}

function* requestless(
  scaler: ManifestScaler,
  workload: ManifestWorkload,
): Iterable<Hit> {
  for (const { path, resource, container } of utilizations(scaler)) {
    const asked = workload.containers.filter(
      each => !each.isInit && (!container || each.name === container),
    );
    for (const { name, value } of asked) {
      const has = ['requests', 'limits'].some(
        key => at(value, 'resources', key, resource) !== undefined,
      );
      if (!has) {
        yield {
          on: scaler.on,
          path,
          said: sayManifest('M8', {
            field: formatManifestPath(path),
            resource,
            container: name,
            target: called(workload),
          }),
        };
      }
    }
  }
}

/** KEDA takes an HPA over where both are told so. */
function isTakenOver(hpa: ManifestScaler, by: ManifestScaler): boolean {
  const { object } = by.on;
  return (
    textAt(
      object,
      'metadata',
      'annotations',
      'scaledobject.keda.sh/transfer-hpa-ownership',
    ) === 'true' &&
    textAt(
      object,
      'spec',
      'advanced',
      'horizontalPodAutoscalerConfig',
      'name',
    ) === hpa.name
  );
}

function* rivals(set: ManifestSet): Iterable<Hit> {
  for (const scaler of set.scalers) {
    const others = set.scalers.filter(
      other =>
        other !== scaler &&
        called(other.target) === called(scaler.target) &&
        set.isNear(other.namespace, scaler.namespace) &&
        !isTakenOver(scaler, other) &&
        !isTakenOver(other, scaler),
    );
    if (others.length > 0) {
      yield {
        on: scaler.on,
        path: ['spec', 'scaleTargetRef'],
        said: sayManifest('M10', {
          target: called(scaler.target),
          names: others.map(called).sort().join(', '),
        }),
      };
    }
  }
}

export const hpaRules = defineRules('hpa', {
  M6: {
    severity: 'error',
    judges: ['pluto', 'kube-score/stable-version'],
    *check(set) {
      for (const on of set.of('HorizontalPodAutoscaler')) {
        const value = textAt(on.object, 'apiVersion') ?? '';
        if (/^autoscaling\/v2beta[12]$/.test(value)) {
          const path = ['apiVersion'];
          yield {
            on,
            path,
            said: sayManifest('M6version', { value }),
            // The second beta has the fields of v2.
            ...(value.endsWith('2') && {
              edits: [{ path, value: 'autoscaling/v2' }],
            }),
          };
        } else if (
          value === 'autoscaling/v2' &&
          at(on.object, ...CPU_PERCENT) !== undefined
        ) {
          const edits = cpuEdits(on);
          yield {
            on,
            path: CPU_PERCENT,
            said: sayManifest('M6field', {
              field: formatManifestPath(CPU_PERCENT),
            }),
            ...(edits && { edits }),
          };
        }
      }
    },
  },
  M7: {
    severity: 'warning',
    judges: [
      'kube-score/deployment-targeted-by-hpa-does-not-have-replicas-configured',
    ],
    *check(set) {
      const path = ['spec', 'replicas'];
      const field = formatManifestPath(path);
      for (const workload of set.workloads) {
        const { on } = workload;
        const value = at(on.object, ...path);
        const [scaler] = set.scalersOf(workload).map(called).sort();
        if (scaler === undefined || value === undefined) {
          continue;
        }
        if (!on.isLive) {
          const said = sayManifest('M7', {
            field,
            value: shown(value),
            scaler,
          });
          yield { on, path, said, edits: [{ path, value: null }] };
        } else {
          const manager = replicasOwner(on);
          if (manager !== undefined) {
            yield {
              on,
              path,
              said: sayManifest('M7live', { field, manager, scaler }),
            };
          }
        }
      }
    },
  },
  M8: {
    severity: 'error',
    judges: [
      'kube-linter/unset-cpu-requirements',
      'polaris/cpuRequestsMissing',
    ],
    *check(set) {
      for (const scaler of set.scalers) {
        const workload = set.workloadAt(scaler.target, scaler.namespace);
        if (workload) {
          yield* requestless(scaler, workload);
        }
      }
    },
  },
  M9: {
    severity: 'warning',
    judges: [
      'kube-score/horizontalpodautoscaler-replicas',
      'polaris/hpaMinAvailability',
      'polaris/hpaMaxAvailability',
    ],
    *check(set) {
      for (const { on, kind, min, max } of set.scalers) {
        const isHpa = kind === 'HorizontalPodAutoscaler';
        const low = ['spec', isHpa ? 'minReplicas' : 'minReplicaCount'];
        const high = ['spec', isHpa ? 'maxReplicas' : 'maxReplicaCount'];
        if (isHpa && min < 2) {
          yield {
            on,
            path: low,
            said: sayManifest('M9few', {
              field: formatManifestPath(low),
              value: min,
            }),
            ...(max !== undefined &&
              max > 2 && { edits: [{ path: low, value: 2 }] }),
          };
        }
        if (max !== undefined && max <= min) {
          const field = formatManifestPath(high);
          yield {
            on,
            path: high,
            severity: max < min ? 'error' : 'warning',
            said:
              max < min
                ? sayManifest('M9above', { field, value: max, min })
                : sayManifest('M9equal', { field, value: max }),
          };
        }
      }
    },
  },
  M10: { severity: 'error', check: rivals },
  K72: {
    severity: 'error',
    judges: ['kube-score/horizontalpodautoscaler-has-target'],
    needs: ['Deployment', 'StatefulSet', 'Rollout'],
    *check(set) {
      for (const { on, target, namespace } of set.scalers) {
        const isKnown = ['Deployment', 'StatefulSet', 'Rollout'].includes(
          target.kind,
        );
        if (isKnown && !set.workloadAt(target, namespace)) {
          yield {
            on,
            path: ['spec', 'scaleTargetRef'],
            said: sayManifest('K72', {
              field: 'spec.scaleTargetRef',
              target: called(target),
            }),
          };
        }
      }
    },
  },
});
