import { Json } from '@headroom/common';
import { parse } from 'yaml';
import {
  at,
  formatManifestPath,
  isMap,
  listAt,
  mapAt,
  shown,
  textAt,
  printed,
  numeric,
} from '../json';
import { ManifestObject, ManifestPath } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { ManifestSet } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const SHAREABLE = /^nvidia\.com\/(gpu|mig-[\w.+-]+)$/;
/** `sharing.timeSlicing.resources[]` */
const RIGHT_PLACE = 'sharing.timeSlicing.resources[]';

interface Device {
  on: ManifestObject;
  /** To the resources of the container. */
  path: ManifestPath;
  resource: string;
  request: Json | undefined;
  limit: Json | undefined;
}

/** Extended resources of containers, by name. */
function devicesOf(set: ManifestSet): Device[] {
  return set.workloads.flatMap(({ on, containers }) =>
    containers.flatMap(({ path, value }) => {
      const requests = mapAt(value, 'resources', 'requests');
      const limits = mapAt(value, 'resources', 'limits');
      return [...new Set([...Object.keys(requests), ...Object.keys(limits)])]
        .filter(name => name.includes('/') && !name.includes('kubernetes.io/'))
        .map(resource => ({
          on,
          path: [...path, 'resources'],
          resource,
          request: requests[resource],
          limit: limits[resource],
        }));
    }),
  );
}

interface SharingConfig {
  on: ManifestObject;
  path: ManifestPath;
  config: Json;
}

/** Configurations of the device plugin: one key of a ConfigMap each. */
function configsOf(set: ManifestSet): SharingConfig[] {
  return set.of('ConfigMap').flatMap(on =>
    Object.entries(mapAt(on.object, 'data')).flatMap(([key, text]) => {
      if (typeof text !== 'string' || !/timeSlicing|\bmps\b/.test(text)) {
        return [];
      }
      try {
        const config: unknown = parse(text, { logLevel: 'silent' });
        return isMap(config) ? [{ on, path: ['data', key], config }] : [];
      } catch {
        return [];
      }
    }),
  );
}

function* shares({ on, path, config }: SharingConfig): Iterable<Hit> {
  const slicing = at(config, 'sharing', 'timeSlicing');
  const name = (...keys: ManifestPath) =>
    `${formatManifestPath(path)}: ${formatManifestPath(keys)}`;
  if (slicing !== undefined && at(config, 'sharing', 'mps') !== undefined) {
    yield {
      on,
      path,
      said: sayManifest('M39both', { field: name('sharing') }),
    };
  }
  if (!isMap(slicing)) {
    return;
  }
  if (slicing.failRequestsGreaterThanOne !== true) {
    yield {
      on,
      path,
      severity: 'warning',
      said: sayManifest('M39fail', {
        field: name('sharing', 'timeSlicing', 'failRequestsGreaterThanOne'),
      }),
    };
  }
  for (const [index, each] of listAt(slicing, 'resources').entries()) {
    const above = ['sharing', 'timeSlicing', 'resources', index];
    const replicas = at(each, 'replicas');
    if (!(typeof replicas === 'number' && replicas >= 2)) {
      yield {
        on,
        path,
        said: sayManifest('M39replicas', {
          field: name(...above, 'replicas'),
          value: shown(replicas),
        }),
      };
    }
    const devices = at(each, 'devices');
    if (devices !== undefined && devices !== 'all') {
      yield {
        on,
        path,
        said: sayManifest('M39devices', { field: name(...above, 'devices') }),
      };
    }
    const resource = textAt(each, 'name') ?? '';
    if (!SHAREABLE.test(resource)) {
      yield {
        on,
        path,
        said: sayManifest('M39name', {
          field: name(...above, 'name'),
          value: resource || 'absent',
        }),
      };
    }
  }
}

function* misplaced({ on, path, config }: SharingConfig): Iterable<Hit> {
  const name = (...keys: ManifestPath) =>
    `${formatManifestPath(path)}: ${formatManifestPath(keys)}`;
  const wrong: ManifestPath[] = [
    ['timeSlicing'],
    ['mps'],
    ['resources'],
    ['flags', 'timeSlicing'],
    ['sharing', 'resources'],
  ];
  for (const keys of wrong) {
    if (at(config, ...keys) !== undefined) {
      yield {
        on,
        path,
        said: sayManifest('M40level', {
          field: name(...keys),
          right: keys.includes('mps') ? 'sharing.mps.resources[]' : RIGHT_PLACE,
        }),
      };
    }
  }
  for (const mode of ['timeSlicing', 'mps']) {
    const keys = ['sharing', mode];
    const said = at(config, ...keys);
    if (said !== undefined && !Array.isArray(at(said, 'resources'))) {
      yield {
        on,
        path,
        said: sayManifest('M40shape', {
          field: name(...keys, 'resources'),
          right: `sharing.${mode}.resources[]`,
        }),
      };
    }
  }
}

/** Whether Karpenter makes the nodes, and nobody tells it what is shared. */
function isBlindKarpenter(set: ManifestSet): boolean {
  const isOfKarpenter = ({ object }: ManifestObject) =>
    /^karpenter\.sh\//.test(textAt(object, 'apiVersion') ?? '');
  return (
    set.of('NodePool').some(isOfKarpenter) &&
    !set
      .of('NodeOverlay')
      .some(({ object }) => at(object, 'spec', 'capacity') !== undefined)
  );
}

export const gpuSharingRules = defineRules('gpuSharing', {
  M36: {
    severity: 'error',
    *check(set) {
      if (!isBlindKarpenter(set)) {
        return;
      }
      const isSliced = configsOf(set).some(
        ({ config }) => at(config, 'sharing', 'timeSlicing') !== undefined,
      );
      for (const { on, path: above, resource, request, limit } of devicesOf(
        set,
      )) {
        const value = limit ?? request;
        const isMany =
          isSliced && resource === 'nvidia.com/gpu' && numeric(value) > 1;
        if (resource === 'nvidia.com/gpu.shared' || isMany) {
          const path = [
            ...above,
            limit === undefined ? 'requests' : 'limits',
            resource,
          ];
          yield {
            on,
            path,
            said: sayManifest('M36request', {
              field: formatManifestPath(path),
              value: shown(value),
              resource,
            }),
          };
        }
      }
      for (const { on, path, config } of configsOf(set)) {
        const renames = at(config, 'sharing', 'timeSlicing', 'renameByDefault');
        if (renames === true) {
          yield {
            on,
            path,
            said: sayManifest('M36config', {
              field: `${formatManifestPath(
                path,
              )}: sharing.timeSlicing.renameByDefault`,
            }),
          };
        }
      }
    },
  },
  M37: {
    severity: 'error',
    *check(set) {
      for (const device of devicesOf(set)) {
        for (const key of ['request', 'limit'] as const) {
          const value = device[key];
          if (value !== undefined && !/^\d+$/.test(printed(value))) {
            const path = [...device.path, `${key}s`, device.resource];
            yield {
              on: device.on,
              path,
              said: sayManifest('M37', {
                field: formatManifestPath(path),
                value: shown(value),
              }),
            };
          }
        }
      }
    },
  },
  M38: {
    severity: 'error',
    *check(set) {
      for (const { on, path: above, resource, request, limit } of devicesOf(
        set,
      )) {
        if (request === undefined || printed(request) === printed(limit)) {
          continue;
        }
        const isMissing = limit === undefined;
        const path = [...above, isMissing ? 'limits' : 'requests', resource];
        const field = formatManifestPath(path);
        const value = shown(request);
        yield {
          on,
          path,
          said: isMissing
            ? sayManifest('M38missing', { field, resource, value })
            : sayManifest('M38differ', {
                field,
                resource,
                value,
                limit: shown(limit),
              }),
          edits: [{ path, value: isMissing ? request : limit }],
        };
      }
    },
  },
  M39: {
    severity: 'error',
    *check(set) {
      for (const config of configsOf(set)) {
        yield* shares(config);
      }
    },
  },
  M40: {
    severity: 'error',
    *check(set) {
      for (const config of configsOf(set)) {
        yield* misplaced(config);
      }
    },
  },
});
