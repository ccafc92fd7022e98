import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoCluster, startDemoCluster } from '../startDemoCluster';

const NOW = new Date('2026-02-12T20:10:00Z');

let directory: string;
let demo: DemoCluster;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-'));
  demo = await startDemoCluster({
    start: new Date('2026-01-05T00:00:00Z'),
    now: () => NOW,
    ports: { 'us-west': 0, 'eu-central': 0 },
    forge: { port: 0, directory },
  });
}, 60_000);

afterAll(async () => {
  await demo?.stop();
  await rm(directory, { recursive: true, force: true });
});

const json = async (method: string, url: string, body?: object) => {
  const response = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.json();
};

it('has the manifests of what runs, and what runs follows them', async () => {
  const api = `${demo.forgeUrl}/api/v3/repos/headroom/deployments`;
  const head = await json('GET', `${api}/branches/main`);
  const { tree } = await json(
    'GET',
    `${api}/git/trees/${head.commit.sha}?recursive=1`,
  );
  const paths: string[] = tree.map(({ path }: { path: string }) => path);
  const path = 'us-west/ml-serving/akidb-rest.yaml';
  expect(paths).toContain(path);
  const file = await json('GET', `${api}/contents/${path}`);
  const text = Buffer.from(file.content, 'base64').toString();
  expect(text).not.toContain('replicas');
  const cpu = /requests:\n +cpu: (\S+)/.exec(text)![1];

  const live = `${demo.urls['us-west']}/apis/apps/v1/namespaces/ml-serving/deployments/akidb-rest`;
  const requestOf = async () =>
    (await json('GET', live)).spec.template.spec.containers[0].resources
      .requests.cpu;
  expect(cpu).toContain(await requestOf());

  const made = await json('POST', `${api}/git/trees`, {
    base_tree: head.commit.commit.tree.sha,
    tree: [
      {
        path,
        mode: '100644',
        type: 'blob',
        content: text.replace(`cpu: ${cpu}`, 'cpu: 123m'),
      },
    ],
  });
  const commit = await json('POST', `${api}/git/commits`, {
    message: 'Less',
    tree: made.sha,
    parents: [head.commit.sha],
  });
  await json('POST', `${api}/git/refs`, {
    ref: 'refs/heads/less',
    sha: commit.sha,
  });
  const pull = await json('POST', `${api}/pulls`, {
    title: 'Less',
    head: 'less',
    base: 'main',
  });
  expect(await json('PUT', `${pull.url}/merge`, {})).toMatchObject({
    merged: true,
  });
  expect(await requestOf()).toBe('123m');
});
