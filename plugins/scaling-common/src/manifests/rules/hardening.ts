import { Json } from '@headroom/common';
import {
  at,
  formatManifestPath,
  listAt,
  shown,
  textAt,
  printed,
} from '../json';
import { Hit } from '../ManifestRule';
import { ManifestSet } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';
import { containersOf, OneContainer } from './pods';

/** Ids of people of a node are below. */
const LEAST_ID = 10_000;
/** Capabilities with which a container gets out. */
const DANGEROUS = [
  'ALL',
  'SYS_ADMIN',
  'NET_ADMIN',
  'SYS_PTRACE',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_BOOT',
  'SYS_TIME',
  'DAC_READ_SEARCH',
  'BPF',
];
/** Of the container, else of its pod. */
function securityOf(
  { value, workload }: OneContainer,
  key: string,
): Json | undefined {
  return (
    at(value, 'securityContext', key) ??
    at(workload.on.object, ...workload.podPath, 'securityContext', key)
  );
}

/**
 * A field of the security context of every container that should have a value. Where
 * the program may need what is taken from it, there is no fix.
 */
function* wanted(
  set: ManifestSet,
  number: 'K15' | 'K17' | 'K19',
  key: string,
  value: boolean,
  isCertain = false,
): Iterable<Hit> {
  for (const container of containersOf(set)) {
    const { path, field, workload } = container;
    if (securityOf(container, key) !== value) {
      const where = [...path, 'securityContext', key];
      yield {
        on: workload.on,
        path: where,
        said: sayManifest(number, { field }),
        ...(isCertain && { edits: [{ path: where, value }] }),
      };
    }
  }
}

function isWindows(container: OneContainer): boolean {
  return (
    textAt(
      container.workload.on.object,
      ...container.workload.podPath,
      'os',
      'name',
    ) === 'windows'
  );
}

export const hardeningRules = defineRules('hardening', {
  K15: {
    severity: 'error',
    judges: ['kube-linter/run-as-non-root', 'polaris/runAsRootAllowed'],
    check: set => wanted(set, 'K15', 'runAsNonRoot', true),
  },
  K16: {
    severity: 'warning',
    judges: ['kube-score/container-security-context-user-group-id'],
    *check(set) {
      for (const container of containersOf(set)) {
        const missing = ['runAsUser', 'runAsGroup'].filter(key => {
          const id = securityOf(container, key);
          return !(typeof id === 'number' && id > LEAST_ID);
        });
        if (missing.length > 0) {
          yield {
            on: container.workload.on,
            path: [...container.path, 'securityContext'],
            said: sayManifest('K16', {
              field: container.field,
              missing: missing.join(' and '),
            }),
          };
        }
      }
    },
  },
  K17: {
    severity: 'warning',
    judges: [
      'kube-score/container-security-context-readonlyrootfilesystem',
      'kube-linter/no-read-only-root-fs',
      'polaris/notReadOnlyRootFilesystem',
    ],
    check: set => wanted(set, 'K17', 'readOnlyRootFilesystem', true),
  },
  K18: {
    severity: 'warning',
    judges: [
      'kube-linter/drop-net-raw-capability',
      'polaris/insecureCapabilities',
      'polaris/linuxHardening',
    ],
    *check(set) {
      for (const container of containersOf(set)) {
        const where = [...container.path, 'securityContext', 'capabilities'];
        const dropped = listAt(
          container.value,
          'securityContext',
          'capabilities',
          'drop',
        ).map(printed);
        if (!dropped.includes('ALL') && !isWindows(container)) {
          yield {
            on: container.workload.on,
            path: where,
            said: sayManifest('K18', { field: container.field }),
          };
        }
      }
    },
  },
  K19: {
    severity: 'error',
    judges: [
      'kube-linter/privilege-escalation-container',
      'polaris/privilegeEscalationAllowed',
    ],
    check: set => wanted(set, 'K19', 'allowPrivilegeEscalation', false, true),
  },
  K20: {
    severity: 'error',
    judges: [
      'kube-score/container-security-context-privileged',
      'kube-linter/privileged-container',
      'polaris/runAsPrivileged',
    ],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        const where = [...path, 'securityContext', 'privileged'];
        if (at(value, 'securityContext', 'privileged') === true) {
          yield {
            on: workload.on,
            path: where,
            said: sayManifest('K20', { field: formatManifestPath(where) }),
          };
        }
      }
    },
  },
  K21: {
    severity: 'warning',
    judges: ['polaris/linuxHardening', 'kube-score/container-seccomp-profile'],
    *check(set) {
      for (const container of containersOf(set)) {
        const profile = securityOf(container, 'seccompProfile');
        const type = textAt(profile, 'type');
        if (!['RuntimeDefault', 'Localhost'].includes(type ?? '')) {
          const where = [
            ...container.path,
            'securityContext',
            'seccompProfile',
          ];
          yield {
            on: container.workload.on,
            path: where,
            said: sayManifest('K21', { field: container.field }),
            edits: [{ path: [...where, 'type'], value: 'RuntimeDefault' }],
          };
        }
      }
    },
  },
  K31: {
    severity: 'error',
    judges: ['polaris/dangerousCapabilities'],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        const keys = ['securityContext', 'capabilities', 'add'];
        const added = listAt(value, ...keys)
          .map(each => printed(each).replace(/^CAP_/, ''))
          .filter(each => DANGEROUS.includes(each));
        if (added.length > 0) {
          const where = [...path, ...keys];
          yield {
            on: workload.on,
            path: where,
            said: sayManifest('K31', {
              field: formatManifestPath(where),
              value: added.join(', '),
            }),
          };
        }
      }
    },
  },
  K32: {
    severity: 'warning',
    judges: ['polaris/procMount'],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        const mount = at(value, 'securityContext', 'procMount');
        if (mount !== undefined && mount !== 'Default') {
          const where = [...path, 'securityContext', 'procMount'];
          yield {
            on: workload.on,
            path: where,
            said: sayManifest('K32', {
              field: formatManifestPath(where),
              value: shown(mount),
            }),
            edits: [{ path: where, value: null }],
          };
        }
      }
    },
  },
  K37: {
    severity: 'warning',
    judges: ['kube-linter/ssh-port'],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        for (const [index, port] of listAt(value, 'ports').entries()) {
          if (at(port, 'containerPort') === 22) {
            const where = [...path, 'ports', index, 'containerPort'];
            yield {
              on: workload.on,
              path: where,
              said: sayManifest('K37', { field: formatManifestPath(where) }),
            };
          }
        }
      }
    },
  },
});
