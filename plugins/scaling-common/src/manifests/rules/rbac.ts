import { formatManifestPath, listAt, textAt, printed } from '../json';
import { nameOf } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const ROLES = ['Role', 'ClusterRole'];
const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];
/** Verbs by which a command is run in a pod. */
const RUNS = ['create', 'get', '*'];

export const rbacRules = defineRules('rbac', {
  K80: {
    severity: 'error',
    judges: [
      'polaris/clusterrolePodExecAttach',
      'polaris/rolePodExecAttach',
      'polaris/clusterrolebindingPodExecAttach',
      'polaris/rolebindingClusterRolePodExecAttach',
      'polaris/rolebindingRolePodExecAttach',
    ],
    *check(set) {
      for (const on of set.of(...ROLES)) {
        for (const [index, rule] of listAt(on.object, 'rules').entries()) {
          const has = (key: string, wanted: readonly string[]) =>
            listAt(rule, key).some(each => wanted.includes(printed(each)));
          if (
            has('resources', ['pods/exec', 'pods/attach', 'pods/*', '*']) &&
            has('verbs', RUNS) &&
            has('apiGroups', ['', '*']) &&
            !nameOf(on).startsWith('system:')
          ) {
            const path = ['rules', index];
            yield {
              on,
              path,
              said: sayManifest('K80', { field: formatManifestPath(path) }),
            };
          }
        }
      }
    },
  },
  K81: {
    severity: 'error',
    judges: [
      'polaris/clusterrolebindingClusterAdmin',
      'polaris/rolebindingClusterAdminClusterRole',
      'polaris/rolebindingClusterAdminRole',
    ],
    *check(set) {
      const everything = set
        .of(...ROLES)
        .filter(({ object }) =>
          listAt(object, 'rules').some(rule =>
            ['apiGroups', 'resources', 'verbs'].every(key =>
              listAt(rule, key).includes('*'),
            ),
          ),
        )
        .map(nameOf);
      const path = ['roleRef', 'name'];
      for (const on of set.of(...BINDINGS)) {
        const value = textAt(on.object, ...path) ?? '';
        if (value === 'cluster-admin' || everything.includes(value)) {
          yield {
            on,
            path,
            said: sayManifest('K81', {
              field: formatManifestPath(path),
              value,
            }),
          };
        }
      }
    },
  },
});
