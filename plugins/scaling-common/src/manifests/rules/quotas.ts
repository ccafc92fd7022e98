import { parseQuantity } from '@headroom/common';
import { at, formatManifestPath, listAt, mapAt, shown, textAt } from '../json';
import { ManifestObject } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { ManifestSet, nameOf } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const HARD = ['spec', 'hard'];
const COUNTED = ['cpu', 'memory', 'ephemeral-storage'];

const quantityAt = (...args: Parameters<typeof at>) => {
  const value = at(...args);
  return typeof value === 'string' || typeof value === 'number'
    ? parseQuantity(value)
    : undefined;
};

function limitsOf(set: ManifestSet, namespace: string): ManifestObject[] {
  return set
    .of('LimitRange')
    .filter(on => set.isNear(set.namespaceOf(on), namespace));
}

/** Whether a limit range gives containers that say nothing a request or a limit. */
function gives(
  { object }: ManifestObject,
  kind: 'requests' | 'limits',
  resource: string,
): boolean {
  return listAt(object, 'spec', 'limits')
    .filter(limit => textAt(limit, 'type') === 'Container')
    .some(limit =>
      (kind === 'limits' ? ['default'] : ['defaultRequest', 'default']).some(
        key => at(limit, key, resource) !== undefined,
      ),
    );
}

function* undefaulted(set: ManifestSet, on: ManifestObject): Iterable<Hit> {
  const ranges = limitsOf(set, set.namespaceOf(on));
  for (const key of Object.keys(mapAt(on.object, ...HARD))) {
    const [, prefix, name] = /^(?:(requests|limits)\.)?(.+)$/.exec(key) ?? [];
    const kind = prefix === 'limits' ? 'limits' : 'requests';
    if (
      COUNTED.includes(name) &&
      !ranges.some(range => gives(range, kind, name))
    ) {
      const path = [...HARD, key];
      yield {
        on,
        path,
        said: sayManifest('M26', {
          field: formatManifestPath(path),
          kind: kind === 'limits' ? 'limit' : 'request',
          resource: name,
          instead:
            kind === 'limits' ? `default.${name}` : `defaultRequest.${name}`,
        }),
      };
    }
  }
}

function* unranged(set: ManifestSet, on: ManifestObject): Iterable<Hit> {
  const namespace = set.namespaceOf(on);
  for (const [index, limit] of listAt(on.object, 'spec', 'limits').entries()) {
    const above = ['spec', 'limits', index];
    if (at(limit, 'defaultRequests') !== undefined) {
      const path = [...above, 'defaultRequests'];
      yield {
        on,
        path,
        said: sayManifest('M27name', { field: formatManifestPath(path) }),
        ...(at(limit, 'defaultRequest') === undefined && {
          edits: [
            {
              path: [...above, 'defaultRequest'],
              value: at(limit, 'defaultRequests') ?? {},
            },
            { path, value: null },
          ],
        }),
      };
    }
    if (textAt(limit, 'type') !== 'Container') {
      continue;
    }
    for (const [resource, value] of Object.entries(mapAt(limit, 'default'))) {
      if (
        at(limit, 'defaultRequest', resource) === undefined &&
        at(limit, 'defaultRequests', resource) === undefined
      ) {
        const path = [...above, 'defaultRequest'];
        yield {
          on,
          path,
          severity: 'warning',
          said: sayManifest('M27request', {
            field: formatManifestPath(path),
            resource,
            value: shown(value),
          }),
        };
      }
    }
    for (const bound of ['max', 'min'] as const) {
      for (const [resource, value] of Object.entries(mapAt(limit, bound))) {
        const range = quantityAt(limit, bound, resource);
        const path = [...above, bound, resource];
        const isOutside = (asked: number | undefined) =>
          asked !== undefined &&
          range !== undefined &&
          (bound === 'max' ? asked > range : asked < range);
        const near = set.workloads.filter(each =>
          set.isNear(each.namespace, namespace),
        );
        for (const workload of near) {
          for (const container of workload.containers) {
            for (const key of ['requests', 'limits']) {
              const where = ['resources', key, resource];
              if (isOutside(quantityAt(container.value, ...where))) {
                yield {
                  on,
                  path,
                  said: sayManifest(bound === 'max' ? 'M27max' : 'M27min', {
                    field: formatManifestPath(path),
                    value: shown(value),
                    container: container.name,
                    target: `${workload.kind} ${workload.name}`,
                    key: formatManifestPath(where),
                    asked: shown(at(container.value, ...where)),
                  }),
                };
              }
            }
          }
        }
        for (const vpa of set.of('VerticalPodAutoscaler')) {
          if (set.isNear(set.namespaceOf(vpa), namespace)) {
            yield* vpaOutside(vpa, resource, isOutside, {
              range: nameOf(on),
              bound,
              limit: shown(value),
            });
          }
        }
      }
    }
  }
}

function* vpaOutside(
  on: ManifestObject,
  resource: string,
  isOutside: (asked: number | undefined) => boolean,
  of: { range: string; bound: string; limit: string },
): Iterable<Hit> {
  const above = ['spec', 'resourcePolicy', 'containerPolicies'];
  for (const [index, policy] of listAt(on.object, ...above).entries()) {
    for (const key of ['minAllowed', 'maxAllowed']) {
      if (isOutside(quantityAt(policy, key, resource))) {
        const path = [...above, index, key, resource];
        yield {
          on,
          path,
          said: sayManifest('M27vpa', {
            field: formatManifestPath(path),
            value: shown(at(policy, key, resource)),
            ...of,
          }),
        };
      }
    }
  }
}

/** `nvidia.com/gpu`, but no count of objects, no storage class and no device class. */
function extendedResource(key: string): string | undefined {
  const [, resource] = /^(?:limits\.)?([\w.-]+\/[\w.-]+)$/.exec(key) ?? [];
  return resource &&
    !/^requests\.|^count\/|\.storageclass\.storage\.k8s\.io\/|\.deviceclass\.resource\.k8s\.io\/|^([\w-]+\.)*kubernetes\.io\//.test(
      key,
    )
    ? resource
    : undefined;
}

export const quotaRules = defineRules('quotas', {
  M26: {
    severity: 'error',
    needs: ['LimitRange'],
    *check(set) {
      for (const on of set.of('ResourceQuota')) {
        yield* undefaulted(set, on);
      }
    },
  },
  M27: {
    severity: 'error',
    *check(set) {
      for (const on of set.of('LimitRange')) {
        yield* unranged(set, on);
      }
    },
  },
  M28: {
    severity: 'error',
    *check(set) {
      for (const on of set.of('ResourceQuota')) {
        const hard = mapAt(on.object, ...HARD);
        for (const [key, value] of Object.entries(hard)) {
          const resource = extendedResource(key);
          if (resource) {
            const path = [...HARD, key];
            const right = `requests.${resource}`;
            yield {
              on,
              path,
              said: sayManifest(
                key.startsWith('limits.') ? 'M28limits' : 'M28',
                { field: formatManifestPath(path), resource },
              ),
              edits: [
                ...(Object.hasOwn(hard, right)
                  ? []
                  : [{ path: [...HARD, right], value }]),
                { path, value: null },
              ],
            };
          }
        }
      }
    },
  },
});
