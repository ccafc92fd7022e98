import { RepositoryTarget } from '@headroom/common';
import { KubernetesAccess } from '@headroom/plugin-clusters-node';
import { AppliedAction } from '@headroom/plugin-controllers-node';
import { PullRequest } from '@headroom/plugin-scaling-node';
import { PullRequestWatch } from './PullRequestWatch';
import { readTemplate } from './readTemplate';

jest.mock('./readTemplate');

const URL = 'https://forge/pull/1';
const { signal } = new AbortController();
const KUBERNETES: RepositoryTarget['runs'] = {
  target: {
    type: 'kubernetes',
    cluster: 'c1',
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    resource: 'deployments',
    namespace: 'shop',
    name: 'web',
    uid: 'u',
    resourceVersion: '1',
  },
  changes: [
    {
      path: [
        'spec',
        'template',
        'spec',
        'containers',
        '[name=web]',
        'resources',
        'requests',
        'cpu',
      ],
      before: '2',
      after: '500m',
    },
  ],
};
const TARGET: RepositoryTarget = {
  type: 'repository',
  repository: 'https://forge/shop',
  branch: 'main',
  revision: 'r',
  path: 'web.yaml',
  document: 0,
  runs: KUBERNETES,
};

function watch(state: PullRequest['state'], cpu?: string) {
  let now = Date.UTC(2026, 0, 1);
  let asked = 0;
  jest.mocked(readTemplate).mockResolvedValue(
    cpu === undefined
      ? undefined
      : {
          target: KUBERNETES!.target,
          containers: [{ name: 'web', resources: { requests: { cpu } } }],
          initContainers: [],
          meta: {},
        },
  );
  const pullRequests = PullRequestWatch.create({
    kubernetes: {} as KubernetesAccess,
    now: () => new Date(now),
    repositories: {
      pullRequest: async () => {
        asked += 1;
        return { url: URL, state };
      },
    },
  });
  return {
    asked: () => asked,
    later: (seconds: number) => {
      now += seconds * 1000;
    },
    verdict: (ageSeconds: number, target = TARGET) =>
      pullRequests.verdict(
        {
          id: 'a',
          subject: 'Deployment shop/web',
          ageSeconds,
        } as AppliedAction,
        target,
        signal,
      ),
  };
}

describe('a pull request', () => {
  it.each([
    ['the cluster runs it', '0.5', 10, /and Deployment shop\/web runs what/],
    ['nothing follows for half a year', '2', 181 * 86_400, /was merged: /],
  ])('that was merged is over when %s', async (_, cpu, age, message) => {
    expect(await watch('merged', cpu).verdict(age)).toEqual({
      outcome: 'ok',
      text: expect.objectContaining({
        message: expect.stringMatching(message),
      }),
    });
  });

  it.each([['2'], [undefined]])(
    'that was merged is waited for while the cluster runs %s',
    async cpu => {
      expect(await watch('merged', cpu).verdict(86_400)).toEqual({
        outcome: 'notYet',
      });
    },
  );

  it('is over when it is closed, or nothing says where it runs', async () => {
    const closed = await watch('closed', '0.5').verdict(10);
    expect(closed).toMatchObject({
      text: { message: `The pull request was closed and not merged: ${URL}` },
    });
    const { runs, ...elsewhere } = TARGET;
    expect(runs).toBeDefined();
    const merged = await watch('merged').verdict(10, elsewhere);
    expect(merged).toMatchObject({
      text: { message: `The pull request was merged: ${URL}` },
    });
  });

  it('that is open is asked about at once while it is new', async () => {
    const { verdict, asked } = watch('open');
    await verdict(19);
    await verdict(19);
    expect(asked()).toBe(2);
  });

  it.each([
    ['after a twentieth of its age', 2000, 100],
    ['after an hour when it is old', 30 * 86_400, 3600],
  ])('that is open is asked about again %s', async (_, age, seconds) => {
    const { verdict, later, asked } = watch('open');
    await verdict(age);
    later(seconds - 1);
    await verdict(age);
    expect(asked()).toBe(1);
    later(1);
    await verdict(age);
    expect(asked()).toBe(2);
  });
});
