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
import { ManifestObject, ManifestPath } from '../ManifestObject';
import { Hit } from '../ManifestRule';
import { ManifestSet } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const CLASS = ['spec', 'template', 'spec', 'nodeClassRef'];
const EXPIRE = ['spec', 'disruption', 'expireAfter'];
const KUBELET = ['spec', 'template', 'spec', 'kubelet'];
const TERMS = ['spec', 'amiSelectorTerms'];
const GRACE = ['spec', 'template', 'spec', 'terminationGracePeriod'];

const poolsOf = (set: ManifestSet) => set.of('NodePool').filter(isOfKarpenter);

/** Other clouds have objects of the same kind. */
function isOfKarpenter({ object }: ManifestObject): boolean {
  return /^karpenter\./.test(textAt(object, 'apiVersion') ?? '');
}

function* oldFields(on: ManifestObject): Iterable<Hit> {
  const policyPath = ['spec', 'disruption', 'consolidationPolicy'];
  const policy = textAt(on.object, ...policyPath);
  if (policy === 'WhenUnderutilized') {
    yield {
      on,
      path: policyPath,
      said: sayManifest('M30policy', {
        field: formatManifestPath(policyPath),
        value: policy,
      }),
      edits: [{ path: policyPath, value: 'WhenEmptyOrUnderutilized' }],
    };
  }
  const expire = at(on.object, ...EXPIRE);
  if (expire !== undefined) {
    const right = ['spec', 'template', 'spec', 'expireAfter'];
    yield {
      on,
      path: EXPIRE,
      said: sayManifest('M30moved', {
        field: formatManifestPath(EXPIRE),
        right: formatManifestPath(right),
      }),
      edits: [
        ...(at(on.object, ...right) === undefined
          ? [{ path: right, value: expire }]
          : []),
        { path: EXPIRE, value: null },
      ],
    };
  }
  if (at(on.object, ...KUBELET) !== undefined) {
    yield {
      on,
      path: KUBELET,
      said: sayManifest('M30moved', {
        field: formatManifestPath(KUBELET),
        right: 'spec.kubelet of the EC2NodeClass',
      }),
    };
  }
  const missing = ['group', 'kind', 'name'].filter(
    key => at(on.object, ...CLASS, key) === undefined,
  );
  if (missing.length > 0) {
    yield {
      on,
      path: CLASS,
      said: sayManifest('M30class', {
        field: formatManifestPath(CLASS),
        missing: missing.join(', '),
      }),
    };
  }
}

function* budgets(on: ManifestObject): Iterable<Hit> {
  const above = ['spec', 'disruption', 'budgets'];
  for (const [index, budget] of listAt(on.object, ...above).entries()) {
    const path = [...above, index];
    const field = formatManifestPath(path);
    const schedule = at(budget, 'schedule');
    const has = { schedule, duration: at(budget, 'duration') };
    const given = Object.entries(has).filter(
      ([, value]) => value !== undefined,
    );
    if (given.length === 1) {
      const [[key]] = given;
      const missing = key === 'schedule' ? 'duration' : 'schedule';
      yield {
        on,
        path,
        said: sayManifest('M31pair', { field, has: key, missing }),
      };
    }
    if (typeof schedule === 'string' && /^(CRON_)?TZ=/.test(schedule)) {
      const where = [...path, 'schedule'];
      yield {
        on,
        path: where,
        said: sayManifest('M31zone', {
          field: formatManifestPath(where),
          value: shown(schedule),
        }),
      };
    }
    const nodes = at(budget, 'nodes');
    if (typeof nodes === 'number') {
      const where = [...path, 'nodes'];
      yield {
        on,
        path: where,
        said: sayManifest('M31nodes', {
          field: formatManifestPath(where),
          value: nodes,
        }),
        edits: [{ path: where, value: printed(nodes) }],
      };
    }
  }
}

function* images(on: ManifestObject): Iterable<Hit> {
  const terms = listAt(on.object, ...TERMS);
  const field = formatManifestPath(TERMS);
  if (terms.length === 0) {
    yield { on, path: TERMS, said: sayManifest('M32none', { field }) };
  }
  const withAlias = terms.filter(term => at(term, 'alias') !== undefined);
  const isAlone =
    terms.length === 1 &&
    terms.every(term => isMap(term) && Object.keys(term).length === 1);
  if (withAlias.length > 0 && !isAlone) {
    yield { on, path: TERMS, said: sayManifest('M32beside', { field }) };
  }
  for (const [index, term] of terms.entries()) {
    const value = textAt(term, 'alias');
    const path = [...TERMS, index, 'alias'];
    const at_ = formatManifestPath(path);
    if (value !== undefined && /^al2@/.test(value)) {
      yield { on, path, said: sayManifest('M32old', { field: at_, value }) };
    } else if (value !== undefined && /@latest$/.test(value)) {
      yield {
        on,
        path,
        severity: 'warning',
        said: sayManifest('M32latest', { field: at_, value }),
      };
    }
  }
}

function* requirements(on: ManifestObject): Iterable<Hit> {
  const places: ManifestPath[] = [
    ['spec', 'template', 'spec', 'requirements'],
    ['spec', 'requirements'],
  ];
  for (const place of places) {
    for (const [index, each] of listAt(on.object, ...place).entries()) {
      for (const [nth, value] of listAt(each, 'values').entries()) {
        if (typeof value === 'number' || typeof value === 'boolean') {
          const path = [...place, index, 'values', nth];
          yield {
            on,
            path,
            said: sayManifest('M33', {
              field: formatManifestPath(path),
              value: printed(value),
            }),
            edits: [{ path, value: printed(value) }],
          };
        }
      }
    }
  }
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `1h30m` in seconds; undefined where it is none, such as `Never`. */
function secondsOf(value: Json | undefined): number | undefined {
  const text = typeof value === 'string' ? value : '';
  return /^(\d+(\.\d+)?[smh])+$/.test(text)
    ? [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)].reduce(
        (sum, [, number, unit]) => sum + Number(number) * SECONDS[unit],
        0,
      )
    : undefined;
}

/** What takes longest to end by itself; pods have 30 seconds where they don't say. */
function longestOf(set: ManifestSet): { seconds: number; target: string } {
  let longest = { seconds: 30, target: 'a pod' };
  for (const { on, kind, name, podPath } of set.workloads) {
    for (const path of [
      [...podPath, 'terminationGracePeriodSeconds'],
      [...podPath, 'activeDeadlineSeconds'],
      [...podPath.slice(0, -2), 'activeDeadlineSeconds'],
    ]) {
      const seconds = at(on.object, ...path);
      if (typeof seconds === 'number' && seconds > longest.seconds) {
        longest = { seconds, target: `${kind} ${name}` };
      }
    }
  }
  return longest;
}

/** The same rules read old and new versions, so that all of it is said at once. */
export const karpenterRules = defineRules('karpenter', {
  M30: {
    severity: 'error',
    *check(set) {
      for (const on of [
        ...set
          .of('NodePool', 'NodeClaim', 'EC2NodeClass')
          .filter(isOfKarpenter),
        ...set
          .of('Provisioner', 'AWSNodeTemplate', 'Machine')
          .filter(isOfKarpenter),
      ]) {
        const value = textAt(on.object, 'apiVersion') ?? '';
        const kind = textAt(on.object, 'kind') ?? '';
        if (/\/v1(alpha|beta)\d+$/.test(value)) {
          const renamed: Record<string, string> = {
            Provisioner: 'a NodePool of karpenter.sh/v1',
            AWSNodeTemplate: 'an EC2NodeClass of karpenter.k8s.aws/v1',
            Machine: 'a NodeClaim of karpenter.sh/v1',
          };
          yield {
            on,
            path: ['apiVersion'],
            said: sayManifest('M30version', {
              value,
              right: renamed[kind] ?? value.replace(/\/.*/, '/v1'),
            }),
          };
        }
        if (kind === 'NodePool') {
          yield* oldFields(on);
        }
      }
    },
  },
  M31: {
    severity: 'error',
    *check(set) {
      for (const on of poolsOf(set)) {
        yield* budgets(on);
      }
    },
  },
  M32: {
    severity: 'error',
    *check(set) {
      for (const on of set.of('EC2NodeClass')) {
        yield* images(on);
      }
    },
  },
  M33: {
    severity: 'error',
    *check(set) {
      for (const on of set
        .of('NodePool', 'NodeClaim', 'NodeOverlay')
        .filter(isOfKarpenter)) {
        yield* requirements(on);
      }
    },
  },
  M34: {
    severity: 'warning',
    *check(set) {
      for (const on of poolsOf(set)) {
        const limits = mapAt(on.object, 'spec', 'limits');
        const missing = ['cpu', 'memory'].filter(
          resource => limits[resource] === undefined,
        );
        if (missing.length > 0) {
          yield {
            on,
            path: ['spec', 'limits'],
            said: sayManifest('M34', {
              field: 'spec.limits',
              missing: missing.join(' and no '),
            }),
          };
        }
      }
    },
  },
  M35: {
    severity: 'warning',
    *check(set) {
      const { seconds, target } = longestOf(set);
      for (const on of poolsOf(set)) {
        const value = at(on.object, ...GRACE);
        const period = secondsOf(value);
        if (period !== undefined && period <= seconds) {
          yield {
            on,
            path: GRACE,
            said: sayManifest('M35', {
              field: formatManifestPath(GRACE),
              value: shown(value),
              longest: `the ${seconds} s`,
              target,
            }),
          };
        }
      }
    },
  },
});
