/**
 * A Kubernetes control plane as plain processes on loopback, with kwok in the
 * place of kubelets, a metrics API that tests feed, and VPA's recommender.
 */
import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Children } from '../../../scripts/lib/children.mjs';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { startMetricsApi } from './metricsApi.mjs';

const MANIFESTS = fileURLToPath(new URL('../manifests', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** Who may sign in: `name: groups`. */
const USERS = {
  admin: ['system:masters'],
  reader: [],
  'workloads-only': [],
  follower: [],
  actor: [],
};

export class ControlPlane {
  #programs;
  #dir;
  #children;
  #ports;
  #tokens;
  #metrics;

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
    this.#children = Children.create(path.join(dir, 'logs'));
  }

  /** What suites need to know of it. */
  describe() {
    return {
      server: `https://127.0.0.1:${this.#ports.api}`,
      caFile: this.#certificate,
      tokens: this.#tokens,
      feedUrl: this.#metrics.feedUrl,
    };
  }

  get #certificate() {
    return path.join(this.#dir, 'certs', 'apiserver.crt');
  }

  /** @throws {Error} that names what didn't start, with the end of its log. */
  async start() {
    this.#writeKeys();
    const etcd = this.#startEtcd();
    await this.#until('etcd', etcd, () => this.#writePast());
    const apiServer = this.#startApiServer();
    await this.#until('kube-apiserver', apiServer, () =>
      this.#kubectl(['get', '--raw', '/readyz']),
    );
    this.#startControllers();
    await this.#startMetrics();
    await this.#applyDefinitions();
    this.#startKwok();
    const recommender = this.#startRecommender();
    await this.#until('metrics.k8s.io', apiServer, () =>
      this.#kubectl(['get', '--raw', '/apis/metrics.k8s.io/v1beta1/pods']),
    );
    await this.#until('the controllers', apiServer, () =>
      this.#kubectl(['get', 'serviceaccount', 'default']),
    );
    await this.#until('the recommender', recommender, () =>
      this.#answers(this.#ports.recommender),
    );
  }

  async stop() {
    this.#metrics?.close();
    await this.#children.stopAll({ last: 'etcd' });
  }

  #run(name, args) {
    const command = this.#programs.controlPlane;
    return this.#children.start({ name, command, args: [name, ...args] });
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
    const cluster = { server: `https://127.0.0.1:${this.#ports.api}` };
    // JSON is YAML; the API server makes its certificate when it starts.
    this.#write(
      'kubeconfig',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [
          {
            name: 'peer',
            cluster: { ...cluster, 'certificate-authority': this.#certificate },
          },
        ],
        users: [{ name: 'admin', user: { token: this.#tokens.admin } }],
        contexts: [
          { name: 'peer', context: { cluster: 'peer', user: 'admin' } },
        ],
        'current-context': 'peer',
      }),
    );
  }

  #startEtcd() {
    const client = `http://127.0.0.1:${this.#ports.etcd}`;
    const peer = `http://127.0.0.1:${this.#ports.etcdPeer}`;
    return this.#run('etcd', [
      `--data-dir=${this.#file('etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
      '--log-level=error',
    ]);
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
    return this.#run('kube-apiserver', [
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
    ]);
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
    this.#run('kube-controller-manager', [
      ...common,
      `--secure-port=${this.#ports.controllers}`,
      `--service-account-private-key-file=${this.#file(
        'service-accounts.key',
      )}`,
      `--root-ca-file=${this.#certificate}`,
    ]);
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
    await this.#apply([
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
    const files = [
      this.#programs.vpaCrd,
      path.join(MANIFESTS, 'custom-resources.yaml'),
      path.join(MANIFESTS, 'access.yaml'),
    ];
    // The VPA's definitions are too large for the annotation of a client-side apply.
    await this.#kubectl([
      'apply',
      '--server-side',
      ...files.map(file => `--filename=${file}`),
    ]);
    await this.#kubectl([
      'wait',
      '--for=condition=Established',
      'crd',
      '--all',
      '--timeout=30s',
    ]);
  }

  #startKwok() {
    this.#children.start({
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
    return this.#children.start({
      name: 'recommender',
      command: this.#programs.recommender,
      args: [
        `--kubeconfig=${this.#file('kubeconfig')}`,
        `--address=127.0.0.1:${this.#ports.recommender}`,
        '--recommender-interval=2s',
        '--leader-elect=false',
      ],
    });
  }

  async #until(what, child, isReady) {
    const deadline = Date.now() + READY_WITHIN_MS;
    let reason;
    while (Date.now() < deadline) {
      const { exitCode, signalCode } = child.process;
      if (exitCode !== null || signalCode !== null) {
        throw new Error(`${child.name} ended:\n${child.tail()}`);
      }
      try {
        await isReady();
        return;
      } catch (error) {
        reason = error;
      }
      await sleep(200);
    }
    throw new Error(
      `${what} was not ready within ${READY_WITHIN_MS / 1000} s: ${
        reason.message
      }`,
    );
  }

  async #answers(port) {
    await fetch(`http://127.0.0.1:${port}/metrics`);
  }

  async #apply(objects) {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    await this.#kubectl(['apply', '--filename=-'], JSON.stringify(list));
  }

  async #kubectl(args, input = '') {
    const child = spawn(
      this.#programs.controlPlane,
      ['kubectl', `--kubeconfig=${this.#file('kubeconfig')}`, ...args],
      { stdio: ['pipe', 'ignore', 'pipe'] },
    );
    let errors = '';
    child.stderr.on('data', text => (errors = `${errors}${text}`.slice(-500)));
    child.stdin.on('error', () => {}); // it ended without reading
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    if (code !== 0) {
      throw new Error(`kubectl ${args.join(' ')} failed: ${errors.trim()}`);
    }
  }

  #file(name) {
    return path.join(this.#dir, name);
  }

  #write(name, text) {
    fs.writeFileSync(this.#file(name), text, { mode: 0o600 });
  }
}
