import { Json } from '@headroom/common';
import {
  at,
  formatManifestPath,
  isMap,
  listAt,
  mapAt,
  shown,
  textAt,
  printed,
} from '../json';
import { ManifestObject } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { ManifestSet, ManifestWorkload, nameOf } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const MODE = ['spec', 'updatePolicy', 'updateMode'];
const POLICIES = ['spec', 'resourcePolicy', 'containerPolicies'];
const MODES = ['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', 'InPlace'];
const SIZED = ['cpu', 'memory'];

const vpasOf = (set: ManifestSet) => set.of('VerticalPodAutoscaler');

function targetOf(on: ManifestObject): { kind: string; name: string } {
  return {
    kind: textAt(on.object, 'spec', 'targetRef', 'kind') ?? '',
    name: textAt(on.object, 'spec', 'targetRef', 'name') ?? '',
  };
}

const called = ({ kind, name }: { kind: string; name: string }) =>
  `${kind} ${name}`;

/** It only recommends; a mode that was written without quotes means to. */
function isAdvice(on: ManifestObject): boolean {
  const mode = at(on.object, ...MODE);
  return mode === 'Off' || mode === false;
}

function policiesOf(
  on: ManifestObject,
): Array<{ index: number; policy: Json }> {
  return listAt(on.object, ...POLICIES).map((policy, index) => ({
    index,
    policy,
  }));
}

/** The resources that it sets of any container. */
function controlled(on: ManifestObject): string[] {
  const policies = policiesOf(on)
    .map(({ policy }) => policy)
    .filter(policy => textAt(policy, 'mode') !== 'Off');
  const all = policiesOf(on).some(
    ({ policy }) => textAt(policy, 'containerName') === '*',
  )
    ? policies
    : [...policies, {}];
  return SIZED.filter(resource =>
    all.some(policy => {
      const said = at(policy, 'controlledResources');
      return Array.isArray(said) ? said.includes(resource) : true;
    }),
  );
}

function* unbounded(set: ManifestSet, on: ManifestObject): Iterable<Hit> {
  const workload = set.workloadAt(targetOf(on), set.namespaceOf(on));
  const names = workload?.containers
    .filter(({ isInit }) => !isInit)
    .map(({ name }) => name) ?? ['*'];
  const policies = policiesOf(on);
  const byName = (name: string) =>
    policies.find(({ policy }) => textAt(policy, 'containerName') === name);
  const general = byName('*');
  const without = names.filter(name => !byName(name));
  const field = formatManifestPath(POLICIES);
  const isGeneralOff = textAt(general?.policy, 'mode') === 'Off';
  if (names.length > 1 && without.length > 1 && general && !isGeneralOff) {
    yield {
      on,
      path: [...POLICIES, general.index],
      said: sayManifest('M4sidecars', {
        field,
        containers: without.join(', '),
      }),
    };
  }
  for (const name of names) {
    const found = byName(name) ?? general;
    if (textAt(found?.policy, 'mode') !== 'Off') {
      const missing = ['minAllowed', 'maxAllowed'].filter(
        bound => Object.keys(mapAt(found?.policy, bound)).length === 0,
      );
      if (missing.length > 0) {
        yield {
          on,
          path: found ? [...POLICIES, found.index] : POLICIES,
          said: sayManifest('M4bounds', {
            field,
            missing: missing.join(' and '),
            container: name,
          }),
        };
      }
    }
  }
}

/** Requests equal limits, for CPU and memory of every container. */
function isGuaranteed({ containers }: ManifestWorkload): boolean {
  return (
    containers.length > 0 &&
    containers.every(({ value }) =>
      SIZED.every(resource => {
        const limit = at(value, 'resources', 'limits', resource);
        const request = at(value, 'resources', 'requests', resource) ?? limit;
        return limit !== undefined && printed(request) === printed(limit);
      }),
    )
  );
}

export const vpaRules = defineRules('vpa', {
  M1: {
    severity: 'error',
    *check(set) {
      for (const on of vpasOf(set)) {
        const value = at(on.object, ...MODE);
        const field = formatManifestPath(MODE);
        const found = { on, path: MODE };
        if (value === false) {
          const said = sayManifest('M1boolean', { field });
          yield { ...found, said, edits: [{ path: MODE, value: 'Off' }] };
        } else if (value === 'Auto') {
          yield {
            ...found,
            severity: 'warning',
            said: sayManifest('M1auto', { field }),
            edits: [{ path: MODE, value: 'Recreate' }],
          };
        } else if (value !== undefined && !MODES.includes(printed(value))) {
          yield {
            ...found,
            said: sayManifest('M1unknown', { field, value: shown(value) }),
          };
        }
      }
    },
  },
  M2: {
    severity: 'error',
    *check(set) {
      for (const on of vpasOf(set).filter(each => !isAdvice(each))) {
        const target = targetOf(on);
        const both = set.scalers.filter(
          scaler =>
            scaler.target.kind === target.kind &&
            scaler.target.name === target.name &&
            set.isNear(scaler.namespace, set.namespaceOf(on)),
        );
        for (const scaler of both) {
          const resources = controlled(on).filter(resource =>
            scaler.resources.includes(resource),
          );
          if (resources.length > 0) {
            yield {
              on,
              path: POLICIES,
              said: sayManifest('M2', {
                resources: resources.join(' and '),
                target: called(target),
                scaler: `${scaler.kind} ${scaler.name}`,
                field: `${formatManifestPath(POLICIES)}[].controlledResources`,
              }),
            };
          }
        }
      }
    },
  },
  M3: {
    severity: 'error',
    *check(set) {
      const namespaces = set
        .of('Namespace')
        .filter(
          ({ object }) =>
            textAt(
              object,
              'metadata',
              'labels',
              'goldilocks.fairwinds.com/enabled',
            ) === 'true',
        )
        .map(nameOf);
      for (const on of vpasOf(set)) {
        const target = targetOf(on);
        const namespace = set.namespaceOf(on);
        const path = ['spec', 'targetRef'];
        const same = vpasOf(set).filter(
          other =>
            called(targetOf(other)) === called(target) &&
            set.isNear(set.namespaceOf(other), namespace),
        );
        const isOfGoldilocks =
          textAt(on.object, 'metadata', 'labels', 'source') === 'goldilocks';
        if (same.length > 1) {
          yield {
            on,
            path,
            said: sayManifest('M3two', {
              target: called(target),
              names: same.map(nameOf).sort().join(', '),
            }),
          };
        } else if (!isOfGoldilocks && namespaces.includes(namespace)) {
          yield {
            on,
            path,
            said: sayManifest('M3goldilocks', {
              namespace,
              target: called(target),
            }),
          };
        }
      }
    },
  },
  M4: {
    severity: 'warning',
    *check(set) {
      for (const on of vpasOf(set)) {
        yield* unbounded(set, on);
      }
    },
  },
  M5: {
    severity: 'warning',
    *check(set) {
      const minor = set.minorVersion;
      const field = formatManifestPath(MODE);
      for (const on of vpasOf(set)) {
        if (at(on.object, ...MODE) !== 'InPlaceOrRecreate') {
          continue;
        }
        if (minor !== undefined && minor < 33) {
          yield {
            on,
            path: MODE,
            severity: 'error',
            said: sayManifest('M5version', { field, version: `1.${minor}` }),
            edits: [{ path: MODE, value: 'Recreate' }],
          };
        }
        const target = targetOf(on);
        const workload = set.workloadAt(target, set.namespaceOf(on));
        const requestsOnly = policiesOf(on).some(
          ({ policy }) =>
            isMap(policy) && policy.controlledValues === 'RequestsOnly',
        );
        const resources = controlled(on);
        if (
          workload &&
          isGuaranteed(workload) &&
          (requestsOnly || resources.length === 1)
        ) {
          yield {
            on,
            path: MODE,
            said: sayManifest('M5qos', {
              field,
              target: called(target),
              what: requestsOnly ? 'requests' : resources[0],
            }),
          };
        }
      }
    },
  },
});
