import { at, formatManifestPath, listAt, mapAt, shown, textAt } from '../json';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';
import { containersOf } from './pods';

/** Of a node, and all that is below the last of them. */
const SENSITIVE =
  /^\/(boot|dev|etc|lib|proc|sys|usr|root|var\/run|run|var\/lib\/kubelet|var\/lib\/docker)?(\/|$)|docker\.sock$|containerd\.sock$|crio\.sock$/;
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];
const SECRET_NAME =
  /(^|[_-])(password|passwd|secret|token|api[_-]?key|private[_-]?key|access[_-]?key|credentials?)$/i;
const SECRET_TEXT = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b/;

/** What pods see of their node, of the cluster's API and of secrets. */
export const podAccessRules = defineRules('hardening', {
  K22: {
    severity: 'warning',
    judges: ['polaris/automountServiceAccountToken'],
    *check(set) {
      for (const { on, podPath, namespace } of set.workloads) {
        const where = [...podPath, 'automountServiceAccountToken'];
        const own = at(on.object, ...where);
        const name = textAt(on.object, ...podPath, 'serviceAccountName');
        const account = set
          .of('ServiceAccount')
          .find(
            each =>
              textAt(each.object, 'metadata', 'name') === (name ?? 'default') &&
              set.isNear(set.namespaceOf(each), namespace),
          );
        const said = own ?? at(account?.object, 'automountServiceAccountToken');
        // One that says true has thought of it.
        if (said === undefined) {
          yield {
            on,
            path: where,
            said: sayManifest('K22', { field: formatManifestPath(where) }),
          };
        }
      }
    },
  },
  K28: {
    severity: 'error',
    judges: [
      'kube-linter/host-network',
      'kube-linter/host-pid',
      'kube-linter/host-ipc',
      'polaris/hostNetworkSet',
      'polaris/hostPIDSet',
      'polaris/hostIPCSet',
      'polaris/hostProcess',
    ],
    *check(set) {
      for (const { on, podPath } of set.workloads) {
        for (const keys of [
          ['hostNetwork'],
          ['hostPID'],
          ['hostIPC'],
          ['securityContext', 'windowsOptions', 'hostProcess'],
        ]) {
          const where = [...podPath, ...keys];
          if (at(on.object, ...where) === true) {
            yield {
              on,
              path: where,
              said: sayManifest('K28', { field: formatManifestPath(where) }),
            };
          }
        }
      }
    },
  },
  K29: {
    severity: 'warning',
    judges: [
      'kube-linter/sensitive-host-mounts',
      'kube-linter/docker-sock',
      'polaris/hostPathSet',
    ],
    *check(set) {
      for (const { on, podPath } of set.workloads) {
        for (const [index, volume] of listAt(
          on.object,
          ...podPath,
          'volumes',
        ).entries()) {
          const value = textAt(volume, 'hostPath', 'path');
          if (value !== undefined) {
            const where = [...podPath, 'volumes', index, 'hostPath', 'path'];
            yield {
              on,
              path: where,
              ...(SENSITIVE.test(value) && { severity: 'error' as const }),
              said: sayManifest('K29', {
                field: formatManifestPath(where),
                value,
              }),
            };
          }
        }
      }
    },
  },
  K30: {
    severity: 'warning',
    judges: ['polaris/hostPortSet'],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        for (const [index, port] of listAt(value, 'ports').entries()) {
          const host = at(port, 'hostPort');
          if (host !== undefined && host !== 0) {
            const where = [...path, 'ports', index, 'hostPort'];
            yield {
              on: workload.on,
              path: where,
              said: sayManifest('K30', {
                field: formatManifestPath(where),
                value: shown(host),
              }),
            };
          }
        }
      }
    },
  },
  K33: {
    severity: 'error',
    judges: ['kube-linter/unsafe-sysctls'],
    *check(set) {
      for (const { on, podPath } of set.workloads) {
        const above = [...podPath, 'securityContext', 'sysctls'];
        for (const [index, each] of listAt(on.object, ...above).entries()) {
          const name = textAt(each, 'name') ?? '';
          if (!SAFE_SYSCTLS.includes(name)) {
            const where = [...above, index, 'name'];
            yield {
              on,
              path: where,
              said: sayManifest('K33', {
                field: formatManifestPath(where),
                value: name || 'absent',
              }),
            };
          }
        }
      }
    },
  },
  K34: {
    severity: 'error',
    judges: ['kube-linter/env-var-secret', 'polaris/sensitiveContainerEnvVar'],
    *check(set) {
      for (const { value, path, workload } of containersOf(set)) {
        for (const [index, variable] of listAt(value, 'env').entries()) {
          const name = textAt(variable, 'name') ?? '';
          const text = textAt(variable, 'value') ?? '';
          // A reference to another variable is no secret itself.
          const isPlain = text !== '' && !/^\$\([\w.-]+\)$/.test(text);
          if (isPlain && (SECRET_NAME.test(name) || SECRET_TEXT.test(text))) {
            const where = [...path, 'env', index, 'value'];
            yield {
              on: workload.on,
              path: where,
              said: sayManifest('K34', {
                field: formatManifestPath(where),
                name,
              }),
            };
          }
        }
      }
    },
  },
  K35: {
    severity: 'error',
    judges: ['polaris/sensitiveConfigmapContent'],
    *check(set) {
      for (const on of set.of('ConfigMap')) {
        for (const [key, value] of Object.entries(mapAt(on.object, 'data'))) {
          const text = typeof value === 'string' ? value : '';
          const isSecret = SECRET_NAME.test(key) && text.trim() !== '';
          if (isSecret || SECRET_TEXT.test(text)) {
            const where = ['data', key];
            yield {
              on,
              path: where,
              said: sayManifest('K35', { field: formatManifestPath(where) }),
            };
          }
        }
      }
    },
  },
  K38: {
    severity: 'warning',
    judges: ['kube-linter/deprecated-service-account-field'],
    *check(set) {
      for (const { on, podPath } of set.workloads) {
        const where = [...podPath, 'serviceAccount'];
        const value = textAt(on.object, ...where);
        const name = [...podPath, 'serviceAccountName'];
        // An API server writes both.
        if (value !== undefined && textAt(on.object, ...name) !== value) {
          yield {
            on,
            path: where,
            said: sayManifest('K38', {
              field: formatManifestPath(where),
              value,
            }),
            ...(at(on.object, ...name) === undefined && {
              edits: [
                { path: name, value },
                { path: where, value: null },
              ],
            }),
          };
        }
      }
    },
  },
  K39: {
    severity: 'error',
    judges: ['kube-linter/non-existent-service-account'],
    needs: ['ServiceAccount'],
    *check(set) {
      for (const { on, podPath, namespace } of set.workloads) {
        const where = [...podPath, 'serviceAccountName'];
        const value =
          textAt(on.object, ...where) ??
          textAt(on.object, ...podPath, 'serviceAccount');
        const isThere = set
          .of('ServiceAccount')
          .some(
            each =>
              textAt(each.object, 'metadata', 'name') === value &&
              set.isNear(set.namespaceOf(each), namespace),
          );
        // Every namespace has this one.
        if (value !== undefined && value !== 'default' && !isThere) {
          yield {
            on,
            path: where,
            said: sayManifest('K39', {
              field: formatManifestPath(where),
              value,
            }),
          };
        }
      }
    },
  },
});
