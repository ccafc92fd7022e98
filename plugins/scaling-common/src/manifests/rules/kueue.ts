import {
  at,
  formatManifestPath,
  isMap,
  listAt,
  textAt,
  printed,
} from '../json';
import { ManifestObject, ManifestPath } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { ManifestSet, ManifestWorkload, nameOf } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const LABEL = 'kueue.x-k8s.io/queue-name';
const GROUPS = ['spec', 'resourceGroups'];

const queuesOf = (set: ManifestSet) =>
  set
    .of('ClusterQueue')
    .filter(({ object }) =>
      /^kueue\.x-k8s\.io\//.test(textAt(object, 'apiVersion') ?? ''),
    );

interface Flavor {
  path: ManifestPath;
  name: string;
  resources: readonly string[];
  covered: readonly string[];
  borrows: boolean;
}

function flavorsIn(on: ManifestObject): Flavor[] {
  return listAt(on.object, ...GROUPS).flatMap((group, index) =>
    listAt(group, 'flavors').map((flavor, nth) => ({
      path: [...GROUPS, index, 'flavors', nth],
      name: textAt(flavor, 'name') ?? '',
      resources: listAt(flavor, 'resources').map(
        each => textAt(each, 'name') ?? '',
      ),
      covered: listAt(group, 'coveredResources').map(printed),
      borrows: listAt(flavor, 'resources').some(
        each => at(each, 'borrowingLimit') !== undefined,
      ),
    })),
  );
}

/** What an object names and nobody has; nothing where no such kind is known at all. */
function* missing(
  set: ManifestSet,
  kind: string,
  on: ManifestObject,
  path: ManifestPath,
  name: string | undefined,
): Iterable<Hit> {
  const known = set
    .of(kind)
    .filter(
      each =>
        kind !== 'LocalQueue' ||
        set.isNear(set.namespaceOf(each), set.namespaceOf(on)),
    );
  if (
    name !== undefined &&
    set.of(kind).length > 0 &&
    !known.map(nameOf).includes(name)
  ) {
    yield {
      on,
      path,
      said: sayManifest('M44queue', {
        field: formatManifestPath(path),
        value: name,
        kind,
      }),
    };
  }
}

function* job(set: ManifestSet, workload: ManifestWorkload): Iterable<Hit> {
  const { on, kind, name, namespace, podPath, containers } = workload;
  // The Job itself, which a CronJob has a template of.
  const top = podPath.slice(0, -3);
  const path = [...top, 'metadata', 'labels', LABEL];
  const queue = textAt(on.object, ...path);
  if (queue === undefined) {
    const [local] = set
      .of('LocalQueue')
      .filter(each => set.namespaceOf(each) === namespace && namespace !== '')
      .map(nameOf)
      .sort();
    if (local !== undefined) {
      yield {
        on,
        path: [...top, 'metadata', 'labels'],
        severity: 'warning',
        said: sayManifest('M44label', {
          target: `${kind} ${name}`,
          queue: local,
        }),
      };
    }
    return;
  }
  yield* missing(set, 'LocalQueue', on, path, queue);
  const suspend = [...top, 'spec', 'suspend'];
  // A Job that Kueue has let start is no longer suspended.
  if (!on.isLive && at(on.object, ...suspend) !== true) {
    yield {
      on,
      path: suspend,
      severity: 'warning',
      said: sayManifest('M44suspend', { field: formatManifestPath(suspend) }),
      edits: [{ path: suspend, value: true }],
    };
  }
  for (const container of containers) {
    const without = ['cpu', 'memory'].filter(resource =>
      ['requests', 'limits'].every(
        key => at(container.value, 'resources', key, resource) === undefined,
      ),
    );
    if (without.length > 0) {
      const where = [...container.path, 'resources', 'requests'];
      yield {
        on,
        path: where,
        said: sayManifest('M44requests', {
          field: formatManifestPath(container.path),
          missing: without.join(' and '),
        }),
      };
    }
  }
}

export const kueueRules = defineRules('kueue', {
  M41: {
    severity: 'error',
    *check(set) {
      for (const on of queuesOf(set)) {
        const cohort = at(on.object, 'spec', 'cohort');
        if (cohort !== undefined) {
          const path = ['spec', 'cohort'];
          yield {
            on,
            path,
            said: sayManifest('M41cohort', { field: 'spec.cohort' }),
            edits: [
              ...(at(on.object, 'spec', 'cohortName') === undefined
                ? [{ path: ['spec', 'cohortName'], value: cohort }]
                : []),
              { path, value: null },
            ],
          };
        }
        if (at(on.object, 'spec', 'resources') !== undefined) {
          yield {
            on,
            path: ['spec', 'resources'],
            said: sayManifest('M41resources', { field: 'spec.resources' }),
          };
        }
      }
    },
  },
  M42: {
    severity: 'error',
    *check(set) {
      const path = ['spec', 'namespaceSelector'];
      for (const on of queuesOf(set)) {
        if (!isMap(at(on.object, ...path))) {
          yield {
            on,
            path,
            said: sayManifest('M42', { field: formatManifestPath(path) }),
          };
        }
      }
    },
  },
  M43: {
    severity: 'error',
    *check(set) {
      for (const on of queuesOf(set)) {
        const inCohort =
          at(on.object, 'spec', 'cohortName') ??
          at(on.object, 'spec', 'cohort');
        for (const { path, resources, covered, borrows } of flavorsIn(on)) {
          const field = formatManifestPath(path);
          if (resources.join() !== covered.join()) {
            yield {
              on,
              path,
              said: sayManifest('M43flavor', {
                field,
                has: resources.join(', ') || 'none',
                covered: covered.join(', ') || 'none',
              }),
            };
          }
          if (borrows && inCohort === undefined) {
            yield { on, path, said: sayManifest('M43borrow', { field }) };
          }
        }
      }
    },
  },
  M44: {
    severity: 'error',
    needs: ['LocalQueue'],
    *check(set) {
      for (const on of set.of('LocalQueue')) {
        const path = ['spec', 'clusterQueue'];
        const name = textAt(on.object, ...path);
        yield* missing(set, 'ClusterQueue', on, path, name);
      }
      for (const on of queuesOf(set)) {
        for (const { path, name } of flavorsIn(on)) {
          yield* missing(set, 'ResourceFlavor', on, [...path, 'name'], name);
        }
      }
      for (const workload of set.workloads) {
        if (workload.kind === 'Job' || workload.kind === 'CronJob') {
          yield* job(set, workload);
        }
      }
    },
  },
});
