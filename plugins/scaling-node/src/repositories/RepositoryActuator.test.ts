import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { RunningForge, startForge } from '@headroom/demo-cluster';
import { ActingContext, ActingOn } from '@headroom/plugin-controllers-node';
import { RepositoryActuator } from './RepositoryActuator';

const FILE = 'deploy/web.yaml';
const MANIFEST = `kind: Deployment
spec:
  containers:
    - name: web
      resources:
        requests:
          cpu: 500m # enough
`;
const CPU = [
  'spec',
  'containers',
  '[name=web]',
  'resources',
  'requests',
  'cpu',
];

const signal = new AbortController().signal;
const context: ActingContext = {
  signal,
  token: 1,
  at: '2026-03-02T10:00:00Z',
};

let directory: string;
let forge: RunningForge;
let merged: string[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'forge-'));
  merged = [];
  forge = await startForge({
    port: 0,
    directory,
    repositories: [
      {
        name: 'acme/web',
        files: [
          { path: FILE, content: MANIFEST },
          { path: 'README.md', content: 'Web\n' },
        ],
      },
    ],
    onMerged: async ({ files }) =>
      void merged.push(...files.map(({ text }) => text)),
  });
});

afterEach(async () => {
  await forge.stop();
  await rm(directory, { recursive: true, force: true });
});

const host = () => new URL(forge.url).host;
const SHAPES = {
  github: () => ({
    github: [{ host: host(), apiBaseUrl: `${forge.url}/api/v3`, token: 't' }],
  }),
  gitlab: () => ({
    gitlab: [
      {
        host: host(),
        baseUrl: forge.url,
        apiBaseUrl: `${forge.url}/api/v4`,
        token: 't',
      },
    ],
  }),
};

const actuatorOf = (integrations: object) =>
  RepositoryActuator.create({
    integrations: ScmIntegrations.fromConfig(
      new ConfigReader({ integrations }),
    ),
  });

const action = (over: Partial<ActingOn> = {}): ActingOn => ({
  id: 'a1',
  policyId: 'advice',
  key: 'k',
  target: {
    type: 'repository',
    repository: `${forge.url}/acme/web`,
    branch: 'main',
    revision: '0'.repeat(40),
    path: FILE,
    document: 0,
  },
  subject: 'Deployment shop/web',
  changes: [{ path: CPU, before: '500m', after: '250m' }],
  direction: 'down',
  reason: { message: 'It uses 180m at most.' },
  evidence: [],
  expected: { text: { message: 'Saves $3 a month.' }, settleSeconds: 0 },
  undo: { message: 'Revert the commit.' },
  ...over,
});

describe.each(Object.keys(SHAPES) as Array<keyof typeof SHAPES>)(
  'a pull request, as %s has it',
  shape => {
    it('is opened once, is found again, and is merged by a person', async () => {
      const actuator = actuatorOf(SHAPES[shape]());
      const before = await actuator.look(action(), { signal });
      expect(before).toMatchObject({ values: ['500m'] });
      expect(before.marker).toBeUndefined();
      await actuator.dryRun(action(), before, context);
      const { link } = await actuator.apply(action(), before, context);
      expect(link).toBe(`${forge.url}/acme/web/pull/1`);
      expect(await actuator.look(action(), { signal })).toMatchObject({
        marker: 'a1',
        values: ['250m'],
      });
      expect(await actuator.pullRequest(action(), signal)).toEqual({
        url: link,
        state: 'open',
      });
      const page = await (await fetch(link!)).text();
      expect(page).toContain('cpu: 250m # enough');
      expect(page).toContain('It uses 180m at most.');
      await fetch(link!, {
        method: 'POST',
        body: new URLSearchParams({ do: 'merge' }),
      });
      expect(merged).toEqual([MANIFEST.replace('500m', '250m')]);
      expect((await actuator.pullRequest(action(), signal)).state).toBe(
        'merged',
      );
    });

    it('is not opened by a write that comes twice', async () => {
      const actuator = actuatorOf(SHAPES[shape]());
      const before = await actuator.look(action(), { signal });
      await actuator.apply(action(), before, context);
      await expect(
        actuator.apply(action(), before, context),
      ).rejects.toMatchObject({ kind: 'conflict' });
      await fetch(`${forge.url}/acme/web/pull/2`).then(({ status }) =>
        expect(status).toBe(404),
      );
    });

    it('is not opened by a write that comes after it was fenced off', async () => {
      const actuator = actuatorOf(SHAPES[shape]());
      const before = await actuator.look(action(), { signal });
      await actuator.fenceOff(action(), before, context);
      await expect(
        actuator.apply(action(), before, context),
      ).rejects.toMatchObject({ kind: 'conflict' });
      await expect(
        actuator.fenceOff(action(), before, context),
      ).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('is not planned on a file that changed', async () => {
      const actuator = actuatorOf(SHAPES[shape]());
      const changed = action({
        changes: [{ path: CPU, before: '1', after: '250m' }],
      });
      const before = await actuator.look(changed, { signal });
      await expect(
        actuator.dryRun(changed, before, context),
      ).rejects.toMatchObject({ kind: 'conflict' });
    });

    it.each([
      ['branch', { branch: 'none' }],
      ['file', { path: 'none.yaml' }],
      ['repository', { repository: 'acme/none' }],
    ])('says that the %s is not there', async (_, over) => {
      const actuator = actuatorOf(SHAPES[shape]());
      const target = { ...action().target, ...over };
      if ('repository' in over) {
        Object.assign(target, { repository: `${forge.url}/acme/none` });
      }
      await expect(
        actuator.look(action({ target: target as ActingOn['target'] }), {
          signal,
        }),
      ).rejects.toMatchObject({ kind: 'gone' });
    });
  },
);

it('asks no host that the portal has no integration for', async () => {
  const actuator = actuatorOf({});
  await expect(actuator.look(action(), { signal })).rejects.toMatchObject({
    kind: 'invalid',
    said: { message: expect.stringContaining('No integration of the portal') },
  });
});

it('takes a forge that is gone for one that may have done it', async () => {
  const actuator = actuatorOf(SHAPES.github());
  const before = await actuator.look(action(), { signal });
  await forge.stop();
  await expect(actuator.look(action(), { signal })).rejects.toMatchObject({
    kind: 'unreachable',
  });
  await expect(
    actuator.fenceOff(action(), before, context),
  ).rejects.toMatchObject({ kind: 'uncertain' });
});
