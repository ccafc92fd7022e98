import { Json } from '@headroom/common';
import {
  at,
  formatManifestPath,
  isMap,
  listAt,
  numberAt,
  textAt,
  printed,
} from '../json';
import { ManifestObject, ManifestPath } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { groupOf, ManifestSet, nameOf } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const CHART = 'gha-runner-scale-set';
/** Longer names don't fit what the chart makes of them. */
const LONGEST_NAME = 45;
const SECRETS = ['github_token', 'github_app_private_key'];
const NUMBERS = ['github_app_id', 'github_app_installation_id'];

/** Settings of a scale set, wherever they are written. */
interface ScaleSet {
  on: ManifestObject;
  name: string;
  namePath: ManifestPath;
  /** To what the chart calls values. */
  path: ManifestPath;
  values: Json;
  labels: readonly string[];
}

function scaleSetOf(
  on: ManifestObject,
  path: ManifestPath,
  namePath: ManifestPath,
): ScaleSet {
  const values = at(on.object, ...path) ?? {};
  return {
    on,
    path,
    values,
    name: textAt(on.object, ...namePath) ?? nameOf(on),
    namePath,
    labels: listAt(values, 'scaleSetLabels').map(printed),
  };
}

/** As an object of the controller, values of its chart, a release of Flux or an application of Argo CD. */
function scaleSetsOf(set: ManifestSet): ScaleSet[] {
  const named = (on: ManifestObject, path: ManifestPath): ScaleSet => {
    const own = [...path, 'runnerScaleSetName'];
    return scaleSetOf(
      on,
      path,
      at(on.object, ...own) === undefined ? ['metadata', 'name'] : own,
    );
  };
  return [
    ...set
      .of('AutoscalingRunnerSet')
      .map(on => scaleSetOf(on, ['spec'], ['metadata', 'name'])),
    ...set
      .of('HelmRelease')
      .filter(
        ({ object }) =>
          textAt(object, 'spec', 'chart', 'spec', 'chart') === CHART,
      )
      .map(on => named(on, ['spec', 'values'])),
    ...set
      .of('Application')
      .filter(({ object }) =>
        [
          textAt(object, 'spec', 'source', 'chart'),
          textAt(object, 'spec', 'source', 'repoURL')?.split('/').pop(),
        ].includes(CHART),
      )
      .map(on => named(on, ['spec', 'source', 'helm', 'valuesObject'])),
    ...(set.context.runnerValues ?? []).map(on =>
      scaleSetOf(on, [], ['runnerScaleSetName']),
    ),
  ];
}

function* runner({ on, path, values }: ScaleSet): Iterable<Hit> {
  const spec = at(values, 'template', 'spec');
  const containers = listAt(spec, 'containers');
  const where = [...path, 'template', 'spec', 'containers'];
  const mode = textAt(values, 'containerMode', 'type');
  const modePath = [...path, 'containerMode'];
  const field = formatManifestPath(modePath);
  if (containers.length > 0) {
    const index = containers.findIndex(
      each => textAt(each, 'name') === 'runner',
    );
    if (index === -1) {
      yield {
        on,
        path: where,
        said: sayManifest('M47name', { field: formatManifestPath(where) }),
      };
    } else if (listAt(containers[index], 'command').length === 0) {
      const command = [...where, index, 'command'];
      yield {
        on,
        path: command,
        said: sayManifest('M47command', {
          field: formatManifestPath([...where, index]),
        }),
        edits: [{ path: command, value: ['/home/runner/run.sh'] }],
      };
    }
    if (mode !== undefined) {
      yield { on, path: modePath, said: sayManifest('M47both', { field }) };
    }
  }
  if (mode === 'dind') {
    yield {
      on,
      path: modePath,
      severity: 'warning',
      said: sayManifest('M47dind', { field: `${field}.type` }),
    };
  }
}

function* credentials({ on, path, values }: ScaleSet): Iterable<Hit> {
  const secret = at(values, 'githubConfigSecret');
  if (!isMap(secret)) {
    return;
  }
  for (const key of NUMBERS) {
    const value = secret[key];
    if (typeof value === 'number') {
      const where = [...path, 'githubConfigSecret', key];
      yield {
        on,
        path: where,
        said: sayManifest('M47number', {
          field: formatManifestPath(where),
          value: printed(value),
        }),
        edits: [{ path: where, value: printed(value) }],
      };
    }
  }
  for (const key of SECRETS) {
    const value = secret[key];
    if (typeof value === 'string' && value !== '') {
      const where = [...path, 'githubConfigSecret', key];
      yield {
        on,
        path: where,
        said: sayManifest('M47secret', { field: formatManifestPath(where) }),
      };
    }
  }
}

/** Labels of GitHub's own runners, and those that every self-hosted one may have. */
const HOSTED =
  /^(ubuntu|windows|macos)-|^(self-hosted|linux|windows|macos|x64|arm64)$|\$\{\{/i;

function* jobs(set: ManifestSet, on: ManifestObject): Iterable<Hit> {
  const scaleSets = scaleSetsOf(set);
  // One without a name of its own is called as whoever installs it says.
  if (scaleSets.length === 0 || scaleSets.some(({ name }) => name === '')) {
    return;
  }
  const names = scaleSets.flatMap(({ name, labels }) => [name, ...labels]);
  const all = at(on.object, 'jobs');
  for (const [key, job] of Object.entries(isMap(all) ? all : {})) {
    const said = at(job, 'runs-on');
    const asked = (Array.isArray(said) ? said : [said]).filter(
      (each): each is string => typeof each === 'string',
    );
    const unknown = asked.filter(
      each => !names.includes(each) && !HOSTED.test(each),
    );
    if (unknown.length > 0) {
      const path = ['jobs', key, 'runs-on'];
      yield {
        on,
        path,
        said: sayManifest('M48', {
          field: formatManifestPath(path),
          value: unknown.join(', '),
          names: [...new Set(names)].sort().join(', '),
        }),
      };
    }
  }
}

export const arcRunnerRules = defineRules('arcRunners', {
  M45: {
    severity: 'error',
    *check(set) {
      for (const on of set.all) {
        if (groupOf(on) === 'actions.summerwind.dev') {
          yield {
            on,
            path: ['apiVersion'],
            said: sayManifest('M45', {
              kind: textAt(on.object, 'kind') ?? 'It',
            }),
          };
        }
      }
    },
  },
  M46: {
    severity: 'error',
    *check(set) {
      for (const { on, name, namePath, path, values } of scaleSetsOf(set)) {
        if (name.length > LONGEST_NAME) {
          yield {
            on,
            path: namePath,
            said: sayManifest('M46name', {
              field: formatManifestPath(namePath),
              value: name,
              length: name.length,
            }),
          };
        }
        const min = numberAt(values, 'minRunners');
        const max = numberAt(values, 'maxRunners');
        if (min !== undefined && max !== undefined && max < min) {
          const where = [...path, 'maxRunners'];
          yield {
            on,
            path: where,
            said: sayManifest('M46pair', {
              field: formatManifestPath(where),
              value: max,
              min,
            }),
          };
        }
      }
      const controllers = set
        .of('Deployment')
        .filter(
          ({ object }) =>
            textAt(
              object,
              'metadata',
              'labels',
              'app.kubernetes.io/part-of',
            ) === 'gha-rs-controller',
        );
      for (const on of controllers.length > 1 ? controllers : []) {
        yield {
          on,
          path: ['metadata', 'name'],
          said: sayManifest('M46two', {
            name: nameOf(on),
            count: controllers.length,
          }),
        };
      }
    },
  },
  M47: {
    severity: 'error',
    *check(set) {
      for (const scaleSet of scaleSetsOf(set)) {
        yield* runner(scaleSet);
        yield* credentials(scaleSet);
      }
    },
  },
  M48: {
    severity: 'error',
    *check(set) {
      for (const on of set.context.workflows ?? []) {
        yield* jobs(set, on);
      }
    },
  },
});
