/**
 * KEDA as its own release installs it: operator, metrics server and admission
 * webhooks, under the rights of its own account. What a kubelet would do for them
 * is done here: their certificates are laid where they read them, and the operator
 * is started again when it has made some.
 */
import fs from 'node:fs';
import path from 'node:path';

const NAMESPACE = 'keda';
const ACCOUNT = 'keda-operator';
const SECRET = 'kedaorg-certs';
const METRICS = 'v1beta1.external.metrics.k8s.io';
const WEBHOOKS = 'keda-admission';

/** Who signs in as KEDA's account, and its groups. */
export const KEDA_USER = `system:serviceaccount:${NAMESPACE}:${ACCOUNT}`;
export const KEDA_GROUPS = [
  'system:serviceaccounts',
  `system:serviceaccounts:${NAMESPACE}`,
];

/** Ports that it needs. */
export const KEDA_PORTS = [
  'operatorHealth',
  'operatorMetrics',
  'adapter',
  'adapterMetrics',
  'webhooks',
  'webhooksHealth',
];

/**
 * @param {{
 *   programs: import('./programs.mjs').Keda,
 *   processes: import('./Processes.mjs').Processes,
 *   kubectl: import('./Kubectl.mjs').Kubectl,
 *   kubeconfig: string,
 *   dir: string,
 *   ports: Record<string, number>,
 * }} options `kubeconfig` signs in as KEDA's account; `dir` is an empty folder
 */
export async function startKeda(options) {
  await install(options);
  const { processes, kubectl, programs, dir, ports } = options;
  const start = (name, args, isReady) =>
    processes.start({
      name: `keda-${name}`,
      command: programs[name],
      args: [...args, '--zap-time-encoding=rfc3339'],
      env: environmentOf(options),
      isReady,
    });
  const startOperator = () =>
    start(
      'operator',
      [
        // It is alone, and outlasts an API server that is away: no kubelet starts it again.
        '--leader-elect=false',
        '--enable-cert-rotation=true',
        '--enable-prometheus-metrics=false',
        `--cert-dir=${dir}`,
        `--health-probe-bind-address=127.0.0.1:${ports.operatorHealth}`,
        `--metrics-service-bind-address=127.0.0.1:${ports.operatorMetrics}`,
      ],
      () => answers(ports.operatorHealth, '/readyz'),
    );
  startOperator();
  // It makes certificates and ends, so that its pod would start with them.
  await processes.ended('keda-operator');
  await layCertificates(kubectl, dir);
  startOperator();
  start(
    'webhooks',
    [
      `--cert-dir=${dir}`,
      '--metrics-bind-address=0',
      `--health-probe-bind-address=127.0.0.1:${ports.webhooksHealth}`,
      `--port=${ports.webhooks}`,
    ],
    () => answers(ports.webhooksHealth, '/readyz'),
  );
  startAdapter(options, start);
}

function startAdapter({ kubectl, kubeconfig, dir, ports }, start) {
  start(
    'adapter',
    [
      '--bind-address=127.0.0.1',
      `--secure-port=${ports.adapter}`,
      `--port=${ports.adapterMetrics}`,
      `--cert-dir=${dir}`,
      `--tls-cert-file=${path.join(dir, 'tls.crt')}`,
      `--tls-private-key-file=${path.join(dir, 'tls.key')}`,
      `--metrics-service-address=127.0.0.1:${ports.operatorMetrics}`,
      `--metrics-service-grpc-authority=keda-operator.${NAMESPACE}.svc`,
      `--lister-kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      '--authentication-skip-lookup',
      '--authorization-always-allow-paths=*', // discovery; for metrics there is a right
    ],
    () => isAvailable(kubectl),
  );
}

/** Waits until it scales, refuses and is asked for metrics. */
export async function kedaReady(processes) {
  for (const name of ['operator', 'webhooks', 'adapter']) {
    await processes.ready(`keda-${name}`);
  }
}

function environmentOf({ kubeconfig }) {
  return {
    PATH: process.env.PATH,
    HOME: path.dirname(kubeconfig),
    KUBECONFIG: kubeconfig,
    POD_NAMESPACE: NAMESPACE,
    WATCH_NAMESPACE: '',
    KEDA_CLUSTER_OBJECT_NAMESPACE: NAMESPACE,
  };
}

/** What its release installs, with addresses on loopback for those of pods. */
async function install({ kubectl, programs, ports }) {
  const file = name => path.join(programs.manifests, name);
  await kubectl.apply([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    },
    serviceOf('keda-admission-webhooks', ports.webhooks),
    serviceOf('keda-metrics-apiserver', ports.adapter),
    // The API server has no certificate of its own to ask with, so it asks for nobody.
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'peer-reads-external-metrics' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'keda-external-metrics-reader',
      },
      subjects: [{ kind: 'User', name: 'system:anonymous' }],
    },
  ]);
  await kubectl.applyFolder(file('crd'));
  await kubectl.applyFolder(file('service_account'));
  await kubectl.applyFolder(file('rbac'));
  await kubectl.applyFiles([
    file('metrics-server/role.yaml'),
    file('metrics-server/role_binding.yaml'),
    file('metrics-server/api_service.yaml'),
    file('webhooks/validation_webhooks.yaml'),
  ]);
  await kubectl.patch(`apiservice/${METRICS}`, [
    { op: 'add', path: '/spec/service/port', value: ports.adapter },
  ]);
  const { webhooks } = await kubectl.get(
    `validatingwebhookconfiguration/${WEBHOOKS}`,
  );
  await kubectl.patch(
    `validatingwebhookconfiguration/${WEBHOOKS}`,
    webhooks.map((_, index) => ({
      op: 'add',
      path: `/webhooks/${index}/clientConfig/service/port`,
      value: ports.webhooks,
    })),
  );
}

function serviceOf(name, port) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      type: 'ExternalName',
      externalName: 'localhost',
      ports: [{ port }],
    },
  };
}

async function layCertificates(kubectl, dir) {
  const { data } = await kubectl.get(
    `secret/${SECRET}`,
    `--namespace=${NAMESPACE}`,
  );
  if (!data?.['tls.crt']) throw new Error('it is empty');
  for (const [name, value] of Object.entries(data)) {
    fs.writeFileSync(path.join(dir, name), Buffer.from(value, 'base64'), {
      mode: 0o600,
    });
  }
}

async function isAvailable(kubectl) {
  await kubectl.run([
    'wait',
    '--for=condition=Available',
    `apiservice/${METRICS}`,
    '--timeout=5s',
  ]);
  const { webhooks } = await kubectl.get(
    `validatingwebhookconfiguration/${WEBHOOKS}`,
  );
  if (!webhooks.every(({ clientConfig }) => clientConfig.caBundle)) {
    throw new Error('the webhooks have no certificate yet');
  }
}

async function answers(port, place) {
  const response = await fetch(`http://127.0.0.1:${port}${place}`);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}
