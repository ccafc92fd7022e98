import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Merged } from './Forge';
import { RunningForge, startForge } from './startForge';

const FILE = 'deploy/web.yaml';
const NOW = new Date('2026-03-02T10:00:00Z');

let directory: string;
let forge: RunningForge;
let merged: Merged[];

const start = () =>
  startForge({
    port: 0,
    directory,
    now: () => NOW,
    repositories: [
      {
        name: 'acme/web',
        files: [
          { path: FILE, content: 'cpu: 1\n' },
          { path: 'README.md', content: 'Web\n' },
        ],
      },
    ],
    onMerged: async each => void merged.push(each),
  });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'forge-'));
  merged = [];
  forge = await start();
});

afterEach(async () => {
  await forge.stop();
  await rm(directory, { recursive: true, force: true });
});

async function ask(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: any }> {
  const response = await fetch(`${forge.url}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}

const repo = '/api/v3/repos/acme/web';

async function branchWith(name: string, content: string) {
  const head = (await ask('GET', `${repo}/git/ref/heads/main`)).body.object.sha;
  const commit = (await ask('GET', `${repo}/git/commits/${head}`)).body;
  const tree = await ask('POST', `${repo}/git/trees`, {
    base_tree: commit.tree.sha,
    tree: [{ path: FILE, mode: '100644', type: 'blob', content }],
  });
  const made = await ask('POST', `${repo}/git/commits`, {
    message: 'Less',
    tree: tree.body.sha,
    parents: [head],
  });
  return ask('POST', `${repo}/git/refs`, {
    ref: `refs/heads/${name}`,
    sha: made.body.sha,
  });
}

const pull = (head: string) =>
  ask('POST', `${repo}/pulls`, { title: 'Less <b>', head, base: 'main' });

it('opens a pull request as GitHub does, merges it, and tells who deploys', async () => {
  expect((await branchWith('headroom/less', 'cpu: 500m\n')).status).toBe(201);
  const opened = await pull('headroom/less');
  expect(opened).toMatchObject({
    status: 201,
    body: { number: 1, state: 'open', merged: false },
  });
  const page = await (await fetch(opened.body.html_url)).text();
  expect(page).toContain('<ins>+cpu: 500m</ins>');
  expect(page).toContain('Less &lt;b&gt;');
  expect(await ask('PUT', `${repo}/pulls/1/merge`, {})).toMatchObject({
    status: 200,
    body: { merged: true },
  });
  expect(merged).toEqual([
    { repository: 'acme/web', files: [{ path: FILE, text: 'cpu: 500m\n' }] },
  ]);
  const { content } = (await ask('GET', `${repo}/contents/${FILE}`)).body;
  expect(Buffer.from(content, 'base64').toString()).toBe('cpu: 500m\n');
  expect((await ask('PUT', `${repo}/pulls/1/merge`, {})).status).toBe(405);
});

it('keeps one pull request a branch, and a branch where it is', async () => {
  await branchWith('b', 'cpu: 2\n');
  expect((await branchWith('b', 'cpu: 3\n')).status).toBe(422);
  await pull('b');
  expect(await pull('b')).toMatchObject({
    status: 422,
    body: { message: 'A pull request already exists for b.' },
  });
  const open = await ask('GET', `${repo}/pulls?head=acme:b`);
  expect(open.body).toHaveLength(1);
});

it('refuses a merge over what changed meanwhile', async () => {
  await branchWith('one', 'cpu: 2\n');
  await branchWith('two', 'cpu: 3\n');
  await pull('one');
  await pull('two');
  await ask('PUT', `${repo}/pulls/1/merge`, {});
  expect((await ask('PUT', `${repo}/pulls/2/merge`, {})).status).toBe(409);
  expect(merged).toHaveLength(1);
});

it('opens a merge request as GitLab does', async () => {
  const project = '/api/v4/projects/acme%2Fweb';
  const commit = {
    branch: 'headroom/less',
    start_branch: 'main',
    commit_message: 'Less',
    actions: [{ action: 'update', file_path: FILE, content: 'cpu: 2\n' }],
  };
  expect(
    (await ask('POST', `${project}/repository/commits`, commit)).status,
  ).toBe(201);
  expect(
    (await ask('POST', `${project}/repository/commits`, commit)).status,
  ).toBe(400);
  const request = {
    source_branch: 'headroom/less',
    target_branch: 'main',
    title: 'Less',
  };
  const opened = await ask('POST', `${project}/merge_requests`, request);
  expect(opened).toMatchObject({
    status: 201,
    body: { iid: 1, state: 'opened' },
  });
  expect((await ask('POST', `${project}/merge_requests`, request)).status).toBe(
    409,
  );
  expect(
    (
      await ask(
        'GET',
        `${project}/merge_requests?source_branch=headroom%2Fless`,
      )
    ).body,
  ).toHaveLength(1);
  await ask('PUT', `${project}/merge_requests/1/merge`, {});
  expect(merged[0].files[0].text).toBe('cpu: 2\n');
});

it('has what it had after a restart', async () => {
  await branchWith('b', 'cpu: 2\n');
  await pull('b');
  await forge.stop();
  forge = await start();
  expect((await ask('GET', `${repo}/pulls/1`)).body.head.ref).toBe('b');
});

it.each([
  ['GET', '/api/v3/repos/acme/none', undefined, 404],
  ['GET', `${repo}/branches/none`, undefined, 404],
  ['GET', `${repo}/branches/..%2F..%2Fetc`, undefined, 404],
  ['GET', `${repo}/git/trees/--output=x`, undefined, 422],
  [
    'POST',
    `${repo}/git/trees`,
    { tree: [{ path: '../x', mode: '100644', type: 'blob', content: '' }] },
    422,
  ],
  ['POST', `${repo}/git/refs`, { ref: 'refs/heads/a', sha: 'x' }, 422],
  ['POST', `${repo}/pulls`, { title: 'x', head: 'none', base: 'main' }, 422],
  ['GET', `${repo}/pulls/7`, undefined, 404],
])('%s %s is answered as a forge would', async (method, path, body, status) => {
  expect((await ask(method, path, body)).status).toBe(status);
});

it('answers nobody who comes by another name or from another page', async () => {
  const response = await fetch(`${forge.url}${repo}`, {
    headers: { Origin: 'https://elsewhere.example' },
  });
  expect(response.status).toBe(403);
});
