import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DemoCluster, startDemoCluster } from '../startDemoCluster';
import { gitEnvironment } from './runGit';

// Two clusters start, and git runs many times.
jest.setTimeout(60_000);

const run = promisify(execFile);
const NOW = new Date('2026-02-12T20:10:00Z');
const deployment = (image: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: parcel-api }
spec:
  replicas: 2
  selector: { matchLabels: { app: parcel-api } }
  template:
    metadata: { labels: { app: parcel-api } }
    spec:
      containers:
        - name: api
          image: ${image}
          resources: { requests: { cpu: 250m, memory: 256Mi } }
`;
const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata: { name: parcel-api }
`;

let directory: string;
let demo: DemoCluster;

const start = () =>
  startDemoCluster({
    start: new Date('2026-01-05T00:00:00Z'),
    now: () => NOW,
    ports: { 'us-west': 0, 'eu-central': 0 },
    interventionFile: join(directory, 'done.jsonl'),
    forge: { port: 0, directory: join(directory, 'forge') },
  });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'deploying-'));
  demo = await start();
}, 60_000);

afterAll(async () => {
  await demo?.stop();
  await rm(directory, { recursive: true, force: true });
});

const ask = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${demo.forgeUrl}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
};

/** Commits these files, and nothing else, and pushes. */
async function push(files: Record<string, string>): Promise<void> {
  const work = await mkdtemp(join(directory, 'work-'));
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], {
      cwd: work,
      env: gitEnvironment() as NodeJS.ProcessEnv,
    });
  await git('init', '--initial-branch=main');
  await git('remote', 'add', 'origin', `${demo.forgeUrl}/parcels/api.git`);
  await git('fetch', 'origin').catch(() => {});
  await git('reset', '--soft', 'origin/main').catch(() => {});
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), text);
  }
  await git('add', '-A');
  await git('commit', '-m', 'Another state');
  await git('push', 'origin', 'main');
}

const kustomization = (...resources: string[]) =>
  JSON.stringify({ namespace: 'parcels', resources });

const live = async (path: string) => {
  const response = await fetch(`${demo.urls['us-west']}${path}`);
  return (await response.json()) as any;
};

/** Waits until something is so: a push is followed after it was answered. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(
    `It never was so: ${await (
      await fetch(`${demo.forgeUrl}/parcels/api`)
    ).text()}`,
  );
}

const DEPLOYMENT = '/apis/apps/v1/namespaces/parcels/deployments/parcel-api';
const imageOf = async () =>
  (await live(DEPLOYMENT)).spec?.template.spec.containers[0].image;

it('takes a new repository, and deploys it where its topics say', async () => {
  expect(await ask('GET', '/api/v3/users/parcels')).toMatchObject({
    body: { login: 'parcels', type: 'Organization' },
  });
  const created = await ask('POST', '/api/v3/orgs/parcels/repos', {
    name: 'api',
    description: 'Where a <parcel> is',
  });
  expect(created).toMatchObject({
    status: 201,
    body: { clone_url: `${demo.forgeUrl}/parcels/api.git` },
  });
  expect(
    (await ask('POST', '/api/v3/orgs/parcels/repos', { name: 'api' })).status,
  ).toBe(422);
  await ask('PUT', '/api/v3/repos/parcels/api/topics', {
    names: ['deploy-to-us-west'],
  });
  await push({
    'README.md': '# Parcels',
    'catalog-info.yaml': 'kind: Component',
    'manifests/kustomization.yaml': kustomization('app.yaml', 'account.yaml'),
    'manifests/app.yaml': deployment('example.com/api:1.0.0'),
    'manifests/account.yaml': ACCOUNT,
  });
  await until(async () => (await imageOf()) === 'example.com/api:1.0.0');
  expect((await live(DEPLOYMENT)).metadata.managedFields[0]).toMatchObject({
    manager: 'argocd-controller',
    operation: 'Apply',
  });
  const raw = await ask('GET', '/parcels/api/raw/main/catalog-info.yaml');
  expect(raw.body).toBe('kind: Component');
});

it('follows later commits, and deletes what they have no more', async () => {
  const account = '/api/v1/namespaces/parcels/serviceaccounts/parcel-api';
  expect((await live(account)).kind).toBe('ServiceAccount');
  await push({
    'manifests/kustomization.yaml': kustomization('app.yaml'),
    'manifests/app.yaml': deployment('example.com/api:1.1.0'),
  });
  await until(async () => (await imageOf()) === 'example.com/api:1.1.0');
  await until(async () => (await live(account)).code === 404);
});

it('says on its page what a cluster refused', async () => {
  await push({
    'manifests/kustomization.yaml': kustomization('app.yaml', 'pool.yaml'),
    'manifests/app.yaml': deployment('example.com/api:1.2.0'),
    'manifests/pool.yaml':
      'apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: spot }\n',
  });
  await until(async () =>
    (await ask('GET', '/parcels/api')).body.includes('no kind NodePool'),
  );
  const { body } = await ask('GET', '/parcels/api');
  expect(body).toContain('Where a &lt;parcel&gt; is');
  expect(body).toContain('Remove from us-west');
  expect(await imageOf()).toBe('example.com/api:1.2.0');
});

it('knows after a restart what it deployed, and removes it on request', async () => {
  await demo.stop();
  demo = await start();
  expect(await imageOf()).toBe('example.com/api:1.2.0');
  const { status } = await fetch(`${demo.forgeUrl}/parcels/api/deployments`, {
    method: 'POST',
    body: new URLSearchParams({ remove: 'us-west' }),
    redirect: 'manual',
  });
  expect(status).toBe(303);
  await until(async () => (await live(DEPLOYMENT)).code === 404);
  expect((await ask('GET', '/parcels/api')).body).toContain(
    'Deploy to us-west',
  );
});

it.each(['..', 'x.git', 'a/b', '', 'a b'])(
  'makes no repository called "%s"',
  async name => {
    const { status } = await ask('POST', '/api/v3/orgs/parcels/repos', {
      name,
    });
    expect(status).toBe(422);
  },
);
