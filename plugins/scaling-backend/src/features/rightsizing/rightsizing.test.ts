import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { DemoCluster, startDemoCluster } from '@headroom/demo-cluster';
import {
  createKubernetesAccess,
  KubernetesAccess,
} from '@headroom/plugin-clusters-node';
import { ActingEngine, AppliedAction } from '@headroom/plugin-controllers-node';
import { AdviceDetail } from '@headroom/plugin-cost-common';
import {
  KubernetesActuator,
  RepositoryActuator,
} from '@headroom/plugin-scaling-node';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import { AdviceOfCosts } from './AdviceOfCosts';
import { Manifests } from './Manifests';
import { readRightsizingConfig } from './readRightsizingConfig';
import { Rightsizing } from './Rightsizing';
import { RightsizingConfig } from './RightsizingConfig';
import { createRightsizingVerifier } from './rightsizingVerifier';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const { signal } = new AbortController();
const ANNA = 'user:default/anna';
const LEDGER = 'component:default/payment-ledger';
const GIB = 2 ** 30;
/** A Thursday afternoon in us-west. */
let now = new Date('2026-02-12T20:10:00Z');

let directory: string;
let demo: DemoCluster;
let knex: Knex;
let access: KubernetesAccess;
let config: ConfigReader;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rightsizing-'));
  demo = await startDemoCluster({
    start: new Date('2026-01-05T00:00:00Z'),
    now: () => now,
    ports: { 'us-west': 0, 'eu-central': 0 },
    forge: { port: 0, directory },
  });
  knex = await postgres.migrated();
  const forge = new URL(demo.forgeUrl!);
  config = new ConfigReader({
    backend: { reading: { allow: [{ host: forge.host }] } },
    integrations: {
      github: [
        {
          host: forge.host,
          apiBaseUrl: `${demo.forgeUrl}/api/v3`,
          token: 't',
        },
      ],
    },
    headroom: {
      clusters: [
        {
          name: 'us-west',
          demo: { url: demo.urls['us-west'] },
          kubernetes: {
            url: demo.urls['us-west'],
            token: 'r',
            act: { token: 'w' },
          },
        },
      ],
      scaling: {
        rightsizing: {
          manifests: [
            {
              clusters: ['us-west'],
              url: `${demo.forgeUrl}/headroom/deployments/tree/main/us-west`,
            },
          ],
        },
      },
    },
  });
  access = createKubernetesAccess({
    config,
    logger: mockServices.logger.mock(),
  });
});

afterAll(async () => {
  await demo?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Advice to give the ledger as much memory as it was seen to use. */
const detail = (change: object = {}) =>
  ({
    row: {
      cluster: 'us-west',
      workload: {
        namespace: 'payments',
        kind: 'Deployment',
        name: 'payment-ledger',
      },
      entityRef: LEDGER,
      listSaving: '7300000',
    },
    currency: 'USD',
    explanation: {
      cpu: { message: 'It uses a fifth.' },
      memory: { message: 'It uses 2.6 GiB at most.' },
    },
    advice: {
      status: 'change',
      hpa: [],
      cpu: { status: 'keep', current: {}, reasons: [] },
      memory: {
        status: 'change',
        current: { request: 12 * GIB, limit: 12 * GIB },
        proposed: { request: 3 * GIB, limit: 3 * GIB },
        reasons: [],
      },
      evidence: {
        container: 'ledger',
        workload: {
          namespace: 'payments',
          kind: 'Deployment',
          name: 'payment-ledger',
        },
      },
      ...change,
    },
    patches: { strategicMerge: 'kind: Deployment\n' },
  } as unknown as AdviceDetail);

function setUp(
  advised: AdviceDetail = detail(),
  rules: RightsizingConfig['rules'] = [],
) {
  const logger = mockServices.logger.mock();
  const integrations = ScmIntegrations.fromConfig(config);
  const repositories = RepositoryActuator.create({ integrations });
  const engine = ActingEngine.create({
    knex,
    prefix: 'scaling',
    logger,
    actuators: [KubernetesActuator.create({ access }), repositories],
    facts: async () => ({
      inventories: new Map([
        ['us-west', { state: 'whole', ageSeconds: 0, workloads: 200 }],
      ]),
      freezeWindows: [],
      targets: new Map(),
    }),
  });
  const rightsizingConfig = { ...readRightsizingConfig(config), rules };
  const rightsizing = Rightsizing.create({
    advice: AdviceOfCosts.create({
      auth: mockServices.auth(),
      costs: { getAdviceDetail: async () => advised },
    }),
    config: rightsizingConfig,
    engine,
    fleet: {
      recent: async () =>
        ({ links: { entities: new Map() } } as unknown as Awaited<
          ReturnType<
            Parameters<typeof Rightsizing.create>[0]['fleet']['recent']
          >
        >),
    },
    kubernetes: access,
    manifests: Manifests.create({
      integrations,
      logger,
      sources: rightsizingConfig.manifests,
      urlReader: UrlReaders.default({
        config,
        logger: mockServices.logger.mock(),
      }),
    }),
    now: () => now,
  });
  const verifier = createRightsizingVerifier({
    clusters: [],
    config: rightsizingConfig,
    kubernetes: access,
    logger,
    now: () => now,
    repositories,
  });
  const work = () =>
    engine.lead(signal, lease => engine.apply(lease, { signal }));
  return { engine, rightsizing, verifier, work };
}

const memoryOf = async () => {
  const response = await fetch(
    `${demo.urls['us-west']}/apis/apps/v1/namespaces/payments/deployments/payment-ledger`,
  );
  const { spec } = await response.json();
  return spec.template.spec.containers[0].resources;
};

const advisedOf = (rightsizing: Rightsizing) =>
  rightsizing.advised('1', mockCredentials.user(ANNA), signal);

describe('an advice that is tried on pods that run', () => {
  const rules = [{ mode: 'enforce', by: 'resize' } as const];
  const lessMemory = (gib: number) =>
    detail({
      memory: {
        status: 'change',
        current: { request: 12 * GIB, limit: 12 * GIB },
        proposed: { request: gib * GIB, limit: gib * GIB },
        reasons: [],
      },
    });
  const pods = async () => {
    const response = await fetch(
      `${demo.urls['us-west']}/api/v1/namespaces/payments/pods?labelSelector=app%3Dpayment-ledger`,
    );
    const { items } = await response.json();
    return items as Array<{
      metadata: { uid: string; name: string };
      spec: { containers: Array<{ resources: { requests: object } }> };
    }>;
  };
  const requests = async () =>
    (await pods()).map(({ spec }) => spec.containers[0].resources.requests);

  it('is done in place, leaves the template, and is taken back from all of them', async () => {
    const { engine, rightsizing, verifier, work } = setUp(
      lessMemory(10),
      rules,
    );
    const [before, template] = [await requests(), await memoryOf()];
    const uids = (await pods()).map(({ metadata }) => metadata.uid);
    const advised = await advisedOf(rightsizing);
    const { cluster } = await rightsizing.application(advised, signal);
    expect(cluster).toMatchObject({
      possible: true,
      how: 'resize',
      // Request and limit, once for all pods.
      changes: [{ after: '10Gi' }, { after: '10Gi' }],
    });
    const plan = await rightsizing.plan(
      advised,
      { how: 'cluster', by: ANNA },
      signal,
    );
    expect(plan.actions).toHaveLength(before.length);
    expect(plan.actions[0]).toMatchObject({
      state: 'approved',
      subject: 'Deployment payments/payment-ledger',
      target: { kind: 'Pod', uid: uids[0] },
    });
    await work();
    expect(await requests()).toEqual(
      before.map(each => ({ ...each, memory: '10Gi' })),
    );
    expect(await memoryOf()).toEqual(template);
    expect((await pods()).map(({ metadata }) => metadata.uid)).toEqual(uids);

    const [applied] = (await engine.appliedWithin(3600)).filter(
      ({ target }) => 'kind' in target && target.kind === 'Pod',
    );
    const watched: AppliedAction = {
      ...applied,
      begunAt: now.toISOString(),
      appliedAt: now.toISOString(),
    };
    expect(await verifier(watched, { signal })).toEqual({ outcome: 'notYet' });
    const gone = {
      ...watched,
      target: { ...watched.target, uid: 'another' },
    } as AppliedAction;
    expect(await verifier(gone, { signal })).toMatchObject({ outcome: 'ok' });

    await engine.undo(applied.id, {
      by: ANNA,
      reason: { message: 'It is too tight.' },
    });
    await work();
    expect(await requests()).toEqual(before);
  });
});

describe('an advice on what Git has', () => {
  const mayWrite = async (fields: string | null) => {
    const answer = await fetch(
      `${demo.urls['us-west']}/apis/apps/v1/namespaces/payments/deployments/payment-ledger?fieldManager=kubectl-annotate`,
      {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/merge-patch+json' },
        body: JSON.stringify({
          metadata: { annotations: { 'headroom.io/may-write': fields } },
        }),
      },
    );
    expect(answer.status).toBe(200);
  };
  const RESOURCES = 'spec.template.spec.containers[name=ledger].resources';

  it('is left to a pull request, unless the tool is said to leave the field', async () => {
    const { rightsizing } = setUp();
    await mayWrite(null);
    const advised = await advisedOf(rightsizing);
    const { cluster, pullRequest } = await rightsizing.application(
      advised,
      signal,
    );
    expect(cluster).toMatchObject({
      possible: false,
      reason: {
        message: `${RESOURCES}.requests.memory of Deployment payments/payment-ledger comes from Git by kustomize-controller, which would put it back. Open a pull request instead; or, where kustomize-controller is told to leave the field alone, say so by the annotation headroom.io/may-write of Deployment payments/payment-ledger.`,
      },
    });
    expect(pullRequest.possible).toBe(true);
    await expect(
      rightsizing.plan(advised, { how: 'cluster', by: ANNA }, signal),
    ).rejects.toThrow(/comes from Git/);
    for (const [fields, possible] of [
      [`${RESOURCES}.requests.memory`, false],
      ['spec.template.spec.containers[name=led', false],
      [`spec.replicas, ${RESOURCES}`, true],
    ] as const) {
      await mayWrite(fields);
      const told = await rightsizing.application(
        await advisedOf(rightsizing),
        signal,
      );
      expect([fields, told.cluster.possible]).toEqual([fields, possible]);
    }
  });
});

describe('an advice that is applied on the cluster', () => {
  it('waits, is done, is seen to do harm, and is taken back', async () => {
    const { engine, rightsizing, verifier, work } = setUp();
    const before = await memoryOf();
    const advised = await advisedOf(rightsizing);
    const application = await rightsizing.application(advised, signal);
    expect(application.cluster).toMatchObject({
      possible: true,
      how: 'rollout',
    });
    const plan = await rightsizing.plan(
      advised,
      { how: 'cluster', by: ANNA },
      signal,
    );
    expect(plan.actions).toMatchObject([
      { state: 'waiting', entityRef: LEDGER, direction: 'down', vetoes: [] },
    ]);
    await work();
    expect(await memoryOf()).toEqual(before);

    await engine.decide(plan.id, {
      decision: 'approved',
      hash: plan.hash,
      by: ANNA,
    });
    await work();
    expect((await memoryOf()).requests.memory).toBe('3Gi');
    const [applied] = (await engine.appliedWithin(3600)).filter(
      ({ target }) => 'kind' in target && target.kind === 'Deployment',
    );
    expect(applied.state).toBe('done');

    // The world's clock stands still in this test; the database's does not.
    const watched: AppliedAction = {
      ...applied,
      begunAt: now.toISOString(),
      // The new pods were there before the answer was noted.
      appliedAt: new Date(now.getTime() + 1500).toISOString(),
    };
    expect(await verifier(watched, { signal })).toEqual({ outcome: 'notYet' });
    now = new Date(now.getTime() + 15 * 60_000);
    const verdict = await verifier(watched, { signal });
    expect(verdict).toMatchObject({
      outcome: 'undo',
      reason: {
        message: expect.stringMatching(
          /^Container ledger of pod payment-ledger-\S+ was killed for lack of memory after the change\.$/,
        ),
      },
    });
    await engine.undo(applied.id, {
      by: ANNA,
      reason: { message: 'It was killed.' },
    });
    await work();
    expect(await memoryOf()).toEqual(before);
    const { rows } = await engine.ledger.list({});
    expect(rows.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['applied', 'undone']),
    );
    await expect(
      rightsizing.plan(advised, { how: 'cluster', by: ANNA }, signal),
    ).rejects.toThrow(/was tried before, and was taken back or refused/);
  });

  it('waits for a second person, where the rule wants one', async () => {
    const fourGib = {
      status: 'change',
      current: { request: 12 * GIB, limit: 12 * GIB },
      proposed: { request: 4 * GIB, limit: 4 * GIB },
      reasons: [],
    };
    const { engine, rightsizing } = setUp(detail({ memory: fourGib }), [
      { mode: 'propose', twoPersons: true },
    ]);
    const { id, hash } = await rightsizing.plan(
      await advisedOf(rightsizing),
      { how: 'cluster', by: ANNA },
      signal,
    );
    const decide = (by: string) =>
      engine.decide(id, { decision: 'approved', hash, by });
    await expect(decide(ANNA)).rejects.toThrow(/wants a second person/);
    const { actions } = await decide('user:default/bert');
    expect(actions.map(({ state }) => state)).toEqual(['approved']);
    await engine.decide(id, { decision: 'rejected', hash, by: ANNA });
  });

  it.each([
    [{ status: 'keep' }, /proposes no change/, undefined],
    [
      {
        hpa: [
          {
            kind: 'HorizontalPodAutoscaler',
            name: 'none',
            resource: 'cpu',
            currentTarget: 60,
            proposedTarget: 80,
          },
        ],
      },
      /target of HorizontalPodAutoscaler none has to change .* not on the cluster/,
      /target of the autoscaler of Deployment payments\/payment-ledger/,
    ],
  ])('says why not: %j', async (change, reason, inGit = reason) => {
    const { rightsizing } = setUp(detail(change));
    const advised = await advisedOf(rightsizing);
    const { cluster, pullRequest } = await rightsizing.application(
      advised,
      signal,
    );
    expect([cluster, pullRequest]).toMatchObject([
      { possible: false, reason: { message: expect.stringMatching(reason) } },
      { possible: false, reason: { message: expect.stringMatching(inGit) } },
    ]);
    await expect(
      rightsizing.plan(advised, { how: 'cluster', by: ANNA }, signal),
    ).rejects.toThrow(reason);
  });
});

describe('an advice that is applied in Git', () => {
  it('is a pull request against the manifest, and what is merged runs', async () => {
    const { engine, rightsizing, verifier, work } = setUp();
    const advised = await advisedOf(rightsizing);
    const application = await rightsizing.application(advised, signal);
    expect(application.pullRequest).toEqual({
      possible: true,
      repository: `${demo.forgeUrl}/headroom/deployments`,
      path: 'us-west/payments/payment-ledger.yaml',
      patch: 'kind: Deployment\n',
    });
    const plan = await rightsizing.plan(
      advised,
      { how: 'pull-request', by: ANNA },
      signal,
    );
    expect(plan.actions[0].state).toBe('approved');
    await work();
    const [applied] = (await engine.appliedWithin(3600)).filter(
      ({ target }) => target.type === 'repository',
    );
    expect(await verifier(applied, { signal })).toEqual({ outcome: 'notYet' });
    const url = `${demo.forgeUrl}/headroom/deployments/pull/1`;
    expect(await (await fetch(url)).text()).toContain('memory: 3Gi');
    await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ do: 'merge' }),
    });
    expect(await verifier(applied, { signal })).toMatchObject({
      outcome: 'ok',
      text: {
        message: `The pull request was merged, and Deployment payments/payment-ledger runs what it says: ${url}`,
      },
    });
    expect((await memoryOf()).requests.memory).toBe('3Gi');
  });
});
