/**
 * A Kubernetes control plane as plain processes on loopback, with kwok in the
 * place of kubelets, a metrics API that tests feed, VPA's recommender, and KEDA.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { startControl } from './control.mjs';
import {
  KEDA_GROUPS,
  KEDA_PORTS,
  KEDA_USER,
  kedaReady,
  startKeda,
} from './keda.mjs';
import { Kubectl } from './Kubectl.mjs';
import { startMetricsApi } from './metricsApi.mjs';
import { Processes } from './Processes.mjs';

const MANIFESTS = fileURLToPath(new URL('../manifests', import.meta.url));

/** What docs/ tells an operator to install. */
const INSTALLED = ['read.yaml', 'act.yaml', 'act-guard.yaml'].map(name =>
  fileURLToPath(new URL(`../../../docs/manifests/${name}`, import.meta.url)),
);
const INSTALLED_READER = 'system:serviceaccount:headroom:headroom-reader';
const INSTALLED_ACTOR = 'system:serviceaccount:headroom:headroom-actor';
const ACCOUNT_GROUPS = [
  'system:serviceaccounts',
  'system:serviceaccounts:headroom',
];

/** Who may sign in: `name: groups`. */
const USERS = {
  admin: ['system:masters'],
  reader: [],
  'workloads-only': [],
  follower: [],
  actor: [],
  'no-autoscalers': [],
  [INSTALLED_READER]: ACCOUNT_GROUPS,
  [INSTALLED_ACTOR]: ACCOUNT_GROUPS,
  [KEDA_USER]: KEDA_GROUPS,
};

export class ControlPlane {
  #programs;
  #dir;
  #processes;
  #kubectl;
  #ports;
  #tokens;
  #metrics;
  #control;

  /**
   * @param {import('./programs.mjs').Programs} programs
   * @param {string} dir an empty folder for data, keys and logs
   */
  static async create(programs, dir) {
    const names = [
      'api',
      'etcd',
      'etcdPeer',
      'controllers',
      'scheduler',
      'kwok',
      'recommender',
      ...KEDA_PORTS,
    ];
    const free = await freePorts(names.length);
    const ports = Object.fromEntries(names.map((name, i) => [name, free[i]]));
    return new ControlPlane(programs, dir, ports);
  }

  constructor(programs, dir, ports) {
    this.#programs = programs;
    this.#dir = dir;
    this.#ports = ports;
    this.#tokens = Object.fromEntries(
      Object.keys(USERS).map(name => [name, randomBytes(16).toString('hex')]),
    );
    this.#processes = new Processes(dir);
    this.#kubectl = new Kubectl(
      programs.controlPlane,
      this.#file('kubeconfig'),
    );
  }

  /** What suites need to know of it. */
  describe() {
    return {
      server: `https://127.0.0.1:${this.#ports.api}`,
      caFile: this.#certificate,
      tokens: this.#tokens,
      feedUrl: this.#metrics.feedUrl,
      controlUrl: this.#control.url,
    };
  }

  get #certificate() {
    return path.join(this.#dir, 'certs', 'apiserver.crt');
  }

  /** @throws {Error} that names what didn't start, with the end of its log. */
  async start() {
    this.#writeKeys();
    this.#startEtcd();
    await this.#processes.ready('etcd');
    const apiServer = this.#startApiServer();
    await this.#processes.ready('kube-apiserver');
    this.#startControllers();
    await this.#startMetrics();
    await this.#applyDefinitions();
    this.#startKwok();
    this.#startRecommender();
    await this.#startKeda();
    await this.#processes.until('metrics.k8s.io', apiServer, () =>
      this.#kubectl.run(['get', '--raw', '/apis/metrics.k8s.io/v1beta1/pods']),
    );
    await this.#processes.ready('kube-controller-manager');
    await this.#processes.ready('recommender');
    await kedaReady(this.#processes);
    this.#control = await startControl(this.#processes);
  }

  async stop() {
    this.#metrics?.close();
    this.#control?.close();
    await this.#processes.stopAll({ last: 'etcd' });
  }

  #run(name, args, isReady = undefined) {
    const command = this.#programs.controlPlane;
    return this.#processes.start({
      name,
      command,
      args: [name, ...args],
      isReady,
    });
  }

  #writeKeys() {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    this.#write('service-accounts.key', privateKey);
    this.#write(
      'tokens.csv',
      Object.entries(USERS)
        .map(([name, groups]) =>
          [this.#tokens[name], name, name, `"${groups.join(',')}"`].join(','),
        )
        .join('\n'),
    );
    this.#writeKubeconfig('kubeconfig', 'admin');
    this.#writeKubeconfig('keda.kubeconfig', KEDA_USER);
  }

  /** JSON is YAML; the API server makes its certificate when it starts. */
  #writeKubeconfig(file, user) {
    const cluster = {
      server: `https://127.0.0.1:${this.#ports.api}`,
      'certificate-authority': this.#certificate,
    };
    this.#write(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'peer', cluster }],
        users: [{ name: user, user: { token: this.#tokens[user] } }],
        contexts: [{ name: 'peer', context: { cluster: 'peer', user } }],
        'current-context': 'peer',
      }),
    );
  }

  #startEtcd() {
    const client = `http://127.0.0.1:${this.#ports.etcd}`;
    const peer = `http://127.0.0.1:${this.#ports.etcdPeer}`;
    const args = [
      `--data-dir=${this.#file('etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
      '--log-level=error',
    ];
    this.#run('etcd', args, () => this.#writePast());
  }

  /** A cluster has a past: versions that were before anything the API server knows. */
  async #writePast() {
    const url = `http://127.0.0.1:${this.#ports.etcd}/v3/kv/put`;
    const key = Buffer.from('/past').toString('base64');
    for (let version = 1; version < 10; version++) {
      await fetch(url, { method: 'POST', body: JSON.stringify({ key }) });
    }
  }

  #startApiServer() {
    const key = this.#file('service-accounts.key');
    const args = [
      `--etcd-servers=http://127.0.0.1:${this.#ports.etcd}`,
      // So that a test can see what happens to a version that is too old.
      '--etcd-compaction-interval=10s',
      '--bind-address=127.0.0.1',
      `--secure-port=${this.#ports.api}`,
      `--cert-dir=${this.#file('certs')}`,
      '--endpoint-reconciler-type=none',
      '--service-cluster-ip-range=10.96.0.0/16',
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--token-auth-file=${this.#file('tokens.csv')}`,
      '--authorization-mode=RBAC',
    ];
    return this.#run('kube-apiserver', args, () =>
      this.#kubectl.run(['get', '--raw', '/readyz']),
    );
  }

  #startControllers() {
    const kubeconfig = this.#file('kubeconfig');
    const common = [
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--cert-dir=${this.#file('certs')}`,
      '--leader-elect=false',
    ];
    const controllers = [
      ...common,
      `--secure-port=${this.#ports.controllers}`,
      `--service-account-private-key-file=${this.#file(
        'service-accounts.key',
      )}`,
      `--root-ca-file=${this.#certificate}`,
      // As it is, but for its pace: a pod counts as soon as it is ready.
      '--horizontal-pod-autoscaler-sync-period=1s',
      '--horizontal-pod-autoscaler-downscale-stabilization=2s',
      '--horizontal-pod-autoscaler-initial-readiness-delay=1s',
      '--horizontal-pod-autoscaler-cpu-initialization-period=1s',
    ];
    this.#run('kube-controller-manager', controllers, () =>
      this.#kubectl.run(['get', 'serviceaccount', 'default']),
    );
    this.#run('kube-scheduler', [
      ...common,
      `--secure-port=${this.#ports.scheduler}`,
    ]);
  }

  /** Behind the API server, with the certificate that it made for itself. */
  async #startMetrics() {
    this.#metrics = await startMetricsApi({
      cert: fs.readFileSync(this.#certificate),
      key: fs.readFileSync(this.#file('certs/apiserver.key')),
    });
    const service = { name: 'metrics', namespace: 'kube-system' };
    const { port } = this.#metrics;
    await this.#kubectl.apply([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: service,
        spec: {
          type: 'ExternalName',
          externalName: 'localhost',
          ports: [{ port }],
        },
      },
      {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1beta1.metrics.k8s.io' },
        spec: {
          group: 'metrics.k8s.io',
          version: 'v1beta1',
          groupPriorityMinimum: 100,
          versionPriority: 100,
          insecureSkipTLSVerify: true,
          service: { ...service, port },
        },
      },
    ]);
  }

  async #applyDefinitions() {
    await this.#kubectl.applyFiles([
      this.#programs.vpaCrd,
      path.join(MANIFESTS, 'custom-resources.yaml'),
      path.join(MANIFESTS, 'access.yaml'),
      ...INSTALLED,
    ]);
    await this.#kubectl.run([
      'wait',
      '--for=condition=Established',
      'crd',
      '--all',
      '--timeout=30s',
    ]);
  }

  #startKwok() {
    this.#processes.start({
      name: 'kwok',
      command: this.#programs.kwok,
      args: [
        `--kubeconfig=${this.#file('kubeconfig')}`,
        `--config=${path.join(MANIFESTS, 'kubelet.yaml')}`,
        '--manage-all-nodes=true',
        '--node-lease-duration-seconds=40',
        '--node-ip=127.0.0.1',
        `--node-port=${this.#ports.kwok}`,
        `--server-address=127.0.0.1:${this.#ports.kwok}`,
      ],
    });
  }

  #startRecommender() {
    this.#processes.start({
      name: 'recommender',
      command: this.#programs.recommender,
      args: [
        `--kubeconfig=${this.#file('kubeconfig')}`,
        `--address=127.0.0.1:${this.#ports.recommender}`,
        '--recommender-interval=2s',
        '--leader-elect=false',
      ],
      isReady: () =>
        fetch(`http://127.0.0.1:${this.#ports.recommender}/metrics`),
    });
  }

  async #startKeda() {
    const dir = this.#file('keda');
    fs.mkdirSync(dir);
    await startKeda({
      programs: this.#programs.keda,
      processes: this.#processes,
      kubectl: this.#kubectl,
      kubeconfig: this.#file('keda.kubeconfig'),
      dir,
      ports: this.#ports,
    });
  }

  #file(name) {
    return path.join(this.#dir, name);
  }

  #write(name, text) {
    fs.writeFileSync(this.#file(name), text, { mode: 0o600 });
  }
}
