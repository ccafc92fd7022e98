import {
  at,
  formatManifestPath,
  listAt,
  mapAt,
  numberAt,
  shown,
  textAt,
  printed,
  numeric,
} from '../json';
import { Json } from '@headroom/common';
import { isZone } from '../../schedules/zones';
import { ManifestObject, ManifestPath } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { ManifestSet } from '../ManifestSet';
import { sayManifest } from '../sentences';
import {
  changedHourOf,
  cronProblem,
  cronWindow,
  CronWindow,
  hoursOf,
} from './cronWindows';
import { defineRules } from './defineRules';

/** Triggers whose metadata has a real parameter of that name. */
const WITH_METRIC_NAME = [
  'aws-cloudwatch',
  'azure-monitor',
  'huawei-cloudeye',
  'solarwinds',
];
/** Windows of a day differ by this where clocks change. */
const TOLERANCE_HOURS = 2;

interface Trigger {
  on: ManifestObject;
  path: ManifestPath;
  type: string;
  trigger: Json;
}

function triggersIn(on: ManifestObject): Trigger[] {
  return listAt(on.object, 'spec', 'triggers').map((trigger, index) => ({
    on,
    path: ['spec', 'triggers', index],
    type: textAt(trigger, 'type') ?? '',
    trigger,
  }));
}

function triggersOf(set: ManifestSet): Trigger[] {
  return set.of('ScaledObject', 'ScaledJob').flatMap(triggersIn);
}

interface CronTrigger extends Trigger {
  start: string;
  end: string;
  timezone: string | undefined;
}

function cronsIn(on: ManifestObject): CronTrigger[] {
  return triggersIn(on)
    .filter(({ type }) => type === 'cron')
    .map(found => ({
      ...found,
      start: textAt(found.trigger, 'metadata', 'start') ?? '',
      end: textAt(found.trigger, 'metadata', 'end') ?? '',
      timezone: textAt(found.trigger, 'metadata', 'timezone'),
    }));
}

function windowOf({ start, end }: CronTrigger): CronWindow | undefined {
  return cronProblem(start) === undefined && cronProblem(end) === undefined
    ? cronWindow(start, end)
    : undefined;
}

function* unequal(found: CronTrigger): Iterable<Hit> {
  const { on, start, end } = found;
  const path = [...found.path, 'metadata'];
  const field = formatManifestPath(path);
  for (const [key, value] of [
    ['start', start],
    ['end', end],
  ]) {
    const why = cronProblem(value);
    if (why !== undefined) {
      const at_ = [...path, key];
      yield {
        on,
        path: at_,
        said: sayManifest('M16cron', {
          field: formatManifestPath(at_),
          value: shown(value || undefined),
          why,
        }),
      };
    }
  }
  const lengths = windowOf(found)?.lengths;
  if (!lengths) {
    return;
  }
  if (lengths.length === 0) {
    yield { on, path, said: sayManifest('M16never', { field, start, end }) };
    return;
  }
  const shortest = hoursOf(Math.min(...lengths));
  const longest = hoursOf(Math.max(...lengths));
  if (longest - shortest > TOLERANCE_HOURS) {
    yield {
      on,
      path,
      said: sayManifest('M16', { field, start, end, shortest, longest }),
    };
  }
}

function* seams(on: ManifestObject): Iterable<Hit> {
  const crons = cronsIn(on).map(found => ({ found, window: windowOf(found) }));
  for (const { found, window } of crons) {
    const ends = new Set(
      crons
        .filter(
          other =>
            other.found !== found && other.found.timezone === found.timezone,
        )
        .flatMap(other => other.window?.ends ?? []),
    );
    if (window?.starts.some(start => ends.has(start))) {
      const path = [...found.path, 'metadata', 'start'];
      yield {
        on,
        path,
        said: sayManifest('M17', {
          field: formatManifestPath(path),
          at: found.start,
        }),
      };
    }
  }
}

function* zones(set: ManifestSet, found: CronTrigger): Iterable<Hit> {
  const { on, timezone } = found;
  const path = [...found.path, 'metadata', 'timezone'];
  const field = formatManifestPath(path);
  if (timezone === undefined) {
    yield { on, path, said: sayManifest('M20missing', { field }) };
    return;
  }
  const isKnown = set.context.knowsZone ?? isZone;
  if (!isKnown(timezone) || !isZone(timezone)) {
    yield {
      on,
      path,
      said: sayManifest('M20zone', { field, value: shown(timezone) }),
    };
    return;
  }
  for (const key of ['start', 'end'] as const) {
    const value = found[key];
    const hours =
      cronProblem(value) === undefined
        ? changedHourOf(value, timezone)
        : undefined;
    if (hours) {
      const boundary = [...found.path, 'metadata', key];
      yield {
        on,
        path: boundary,
        severity: 'warning',
        said: sayManifest('M20change', {
          field: formatManifestPath(boundary),
          value,
          zone: timezone,
          ...hours,
        }),
      };
    }
  }
}

function* wakeless(on: ManifestObject): Iterable<Hit> {
  const min = numberAt(on.object, 'spec', 'minReplicaCount') ?? 0;
  const types = [...new Set(triggersIn(on).map(({ type }) => type))].sort();
  if (min > 0 || types.length === 0) {
    return;
  }
  const path = ['spec', 'minReplicaCount'];
  const triggers = types.join(', ');
  const isPods = (type: string) => type === 'cpu' || type === 'memory';
  if (types.every(isPods)) {
    yield { on, path, said: sayManifest('M18refused', { triggers }) };
  } else if (
    types.some(isPods) &&
    types.every(type => isPods(type) || type === 'cron')
  ) {
    yield {
      on,
      path,
      severity: 'warning',
      said: sayManifest('M18cron', { triggers }),
    };
  }
}

export const kedaRules = defineRules('keda', {
  M11: {
    severity: 'warning',
    *check(set) {
      for (const { on, path: above, type, trigger } of triggersOf(set)) {
        const path = [...above, 'metadata', 'metricName'];
        const value = at(trigger, 'metadata', 'metricName');
        if (value !== undefined && !WITH_METRIC_NAME.includes(type)) {
          yield {
            on,
            path,
            said: sayManifest('M11', {
              field: formatManifestPath(path),
              value: shown(value),
              name: formatManifestPath([...above, 'name']),
            }),
            edits: [{ path, value: null }],
          };
        }
      }
    },
  },
  M12: {
    severity: 'error',
    *check(set) {
      for (const { on, path: above, type, trigger } of triggersOf(set)) {
        const path = [...above, 'metadata', 'type'];
        const value = textAt(trigger, 'metadata', 'type');
        if (value !== undefined && ['cpu', 'memory'].includes(type)) {
          yield {
            on,
            path,
            ...(isBefore218(set.context.kedaVersion) && {
              severity: 'warning' as const,
            }),
            said: sayManifest('M12', {
              field: formatManifestPath(path),
              value,
            }),
            edits: [
              ...(at(trigger, 'metricType') === undefined
                ? [{ path: [...above, 'metricType'], value }]
                : []),
              Object.keys(mapAt(trigger, 'metadata')).length === 1
                ? { path: [...above, 'metadata'], value: {} }
                : { path, value: null },
            ],
          };
        }
      }
    },
  },
  M13: {
    severity: 'error',
    *check(set) {
      for (const { on, path: above, trigger } of triggersOf(set)) {
        for (const [key, value] of Object.entries(mapAt(trigger, 'metadata'))) {
          if (typeof value === 'number' || typeof value === 'boolean') {
            const path = [...above, 'metadata', key];
            yield {
              on,
              path,
              said: sayManifest('M13', {
                field: formatManifestPath(path),
                value: printed(value),
              }),
              edits: [{ path, value: printed(value) }],
            };
          }
        }
      }
    },
  },
  M14: {
    severity: 'error',
    *check(set) {
      for (const { on, path: above, type, trigger } of triggersOf(set)) {
        const path = [...above, 'metadata', 'desiredReplicas'];
        const value = at(trigger, 'metadata', 'desiredReplicas');
        if (type === 'cron' && value !== undefined && numeric(value) === 0) {
          yield {
            on,
            path,
            said: sayManifest('M14', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  M15: {
    severity: 'warning',
    *check(set) {
      for (const on of set.of('ScaledObject')) {
        const min = numberAt(on.object, 'spec', 'minReplicaCount') ?? 0;
        for (const { path: above, trigger } of cronsIn(on)) {
          const path = [...above, 'metadata', 'desiredReplicas'];
          const value = numeric(
            at(trigger, 'metadata', 'desiredReplicas') ?? NaN,
          );
          if (value > 0 && value < min) {
            yield {
              on,
              path,
              said: sayManifest('M15', {
                field: formatManifestPath(path),
                value,
                min,
              }),
            };
          }
        }
      }
    },
  },
  M16: {
    severity: 'error',
    *check(set) {
      for (const on of set.of('ScaledObject', 'ScaledJob')) {
        for (const found of cronsIn(on)) {
          yield* unequal(found);
        }
      }
    },
  },
  M17: {
    severity: 'warning',
    *check(set) {
      for (const on of set.of('ScaledObject')) {
        yield* seams(on);
      }
    },
  },
  M18: {
    severity: 'error',
    *check(set) {
      for (const on of set.of('ScaledObject')) {
        yield* wakeless(on);
      }
    },
  },
  M19: {
    severity: 'warning',
    *check(set) {
      const path = ['spec', 'cooldownPeriod'];
      for (const on of set.of('ScaledObject')) {
        const value = numberAt(on.object, ...path);
        const min = numberAt(on.object, 'spec', 'minReplicaCount') ?? 0;
        const idle = numberAt(on.object, 'spec', 'idleReplicaCount');
        if (value !== undefined && min > 0 && idle === undefined) {
          yield {
            on,
            path,
            said: sayManifest('M19', {
              field: formatManifestPath(path),
              value,
              min,
              instead:
                'spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown',
            }),
            edits: [{ path, value: null }],
          };
        }
      }
    },
  },
  M20: {
    severity: 'error',
    *check(set) {
      for (const on of set.of('ScaledObject', 'ScaledJob')) {
        for (const found of cronsIn(on)) {
          yield* zones(set, found);
        }
      }
    },
  },
});

function isBefore218(version: string | undefined): boolean {
  const [, minor] = /^v?2\.(\d+)/.exec(version ?? '') ?? [];
  return minor !== undefined && Number(minor) < 18;
}
