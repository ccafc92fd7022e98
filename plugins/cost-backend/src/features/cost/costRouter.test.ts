import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  FleetCostReport,
  ServiceCostReport,
  SourcesReport,
  TeamCostReport,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { HOUR_MS } from '@headroom/common';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { costReadPermission } from '@headroom/plugin-cost-common';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();

/** web and api are services, cron belongs to nobody; two nodes, one spot. */
function world() {
  return FakeUsageSource.create(hour => ({
    nodes: [
      node(hour),
      node(hour, {
        node: 'node-2',
        nodePool: 'spot',
        capacityType: 'spot',
        hourlyPrice: '0.4',
      }),
    ],
    containers: [
      container(hour),
      container(hour, {
        node: 'node-2',
        pod: 'api-1',
        namespace: 'platform',
        workload: 'api',
        labels: { 'backstage.io/kubernetes-id': 'api' },
      }),
      container(hour, {
        pod: 'cron-1',
        namespace: 'jobs',
        workloadKind: 'CronJob',
        workload: 'cron',
        labels: {},
      }),
    ],
  }));
}

const ENTITIES = [
  storedEntity({ labels: { tier: 'gold' } }),
  storedEntity({
    entityRef: 'component:prod/api',
    namespace: 'prod',
    name: 'api',
    title: 'The API',
    ownerRefs: ['group:org/platform'],
    systemRef: 'system:default/core',
    annotations: { 'backstage.io/kubernetes-id': 'api' },
  }),
  storedEntity({
    entityRef: 'component:default/nothing',
    name: 'nothing',
    ownerRefs: ['group:org/platform'],
    annotations: {},
  }),
  ...['group:default/shop', 'group:org/platform', 'group:org/all'].map(ref =>
    storedEntity({
      entityRef: ref,
      kind: 'group',
      namespace: ref.split(/[:/]/)[1],
      name: ref.split('/')[1],
      ownerRefs: [ref],
      annotations: {},
    }),
  ),
];

const EDGES = [
  { group: 'group:org/platform', parent: 'group:org/all' },
  { group: 'group:default/shop', parent: 'group:org/platform' },
];

let knex: Knex;
/** Three hours ago, on the half hour: what is served is read with the real clock. */
const now = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS / 2);

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, ENTITIES, EDGES);
  await runIngest({
    knex,
    source: world(),
    now: now.toISOString(),
    config: { cost: { ingest: { backfill: { days: 5 } } } },
  });
});

const conditional = (
  conditions: Parameters<typeof createCostConditionalDecision>[1],
): PolicyDecision =>
  createCostConditionalDecision(costReadPermission, conditions);

const sum = (amounts: string[]) =>
  amounts.reduce((total, amount) => total + BigInt(amount), 0n);

const SERVICE = '/api/cost/v1/services/component/default/web';
const FLEET = '/api/cost/v1/fleet';

describe('a service', () => {
  it('is told what it costs, the same in every table', async () => {
    const api = await startCostBackend({ knex });
    const { body, status, headers } = await api.get(SERVICE);
    expect(headers['cache-control']).toBe('private, no-cache');
    const report: ServiceCostReport = body;
    expect(status).toBe(200);
    expect(report.status).toBe('ok');
    expect(report.currency).toBe('USD');
    expect(report.days).toHaveLength(30);

    const total = BigInt(report.headline.total);
    expect(total > 0n).toBe(true);
    expect(sum(report.days.map(day => day.total))).toBe(total);
    for (const rows of Object.values(report.breakdowns)) {
      expect(sum(rows.map(row => row.total))).toBe(total);
    }
    expect(sum(report.origin.formulas.map(({ cost }) => cost))).toBe(total);
    expect(report.headline.efficiency).toBeCloseTo(0.5, 3);
    expect(report.headline.unusedShare).toBeCloseTo(0.5, 3);
    expect(report.origin.links).toEqual([
      expect.objectContaining({ workload: 'web', provenance: 'annotation' }),
    ]);
    expect(report.origin.sources).toMatchObject([
      { cluster: 'c1', source: 'fake', simulated: false },
    ]);
    // It ran on on-demand nodes only.
    expect(report.origin.prices).toMatchObject([
      { capacityType: 'on-demand', hourlyPrice: '1.2', currency: 'USD' },
    ]);
  });

  it('draws days before the first reading as gaps and today as partial', async () => {
    const api = await startCostBackend({ knex });
    const { body } = await api.get(SERVICE);
    const { days, window }: ServiceCostReport = body;
    expect(days[0]).toMatchObject({ total: '0', missingHours: 24, hours: 24 });
    expect(days.at(-1)).toMatchObject({ partial: true });
    expect(window.partialDay).toBe(days.at(-1)?.day);
    const whole = days.filter(
      day => !day.partial && !day.missingHours && day.total !== '0',
    );
    expect(whole.length).toBeGreaterThanOrEqual(4);
    // The window before was never read: there is nothing to compare with.
    expect(body.headline.previous.total).toBeUndefined();
    expect(body.headline.previous.changeRatio).toBeUndefined();
  });

  it('compares with the window before, complete days only', async () => {
    const today = now.toISOString().slice(0, 10);
    const back = (days: number) =>
      new Date(Date.parse(today) - days * 24 * HOUR_MS)
        .toISOString()
        .slice(0, 10);
    const api = await startCostBackend({ knex });
    const { body } = await api.get(SERVICE).query({
      from: back(2),
      to: today,
    });
    const { headline }: ServiceCostReport = body;
    expect(headline.previous).toMatchObject({
      start: back(4),
      end: back(2),
      total: headline.total,
      changeRatio: 0,
      comparedStart: back(2),
      comparedEnd: today,
    });
    expect(body.headline.projection.status).toBe('ok');
  });

  it('moves idle and shared namespaces without creating or losing any', async () => {
    const config = { cost: { sharing: { namespaces: ['jobs'] } } };
    const shared = await postgres.migrated();
    await storeEntities(shared, ENTITIES, EDGES);
    await runIngest({
      knex: shared,
      source: world(),
      now: now.toISOString(),
      config,
    });
    const api = await startCostBackend({ knex: shared, config });
    const separate: FleetCostReport = (await api.get(FLEET)).body;
    const together: FleetCostReport = (
      await api.get(FLEET).query({ idle: 'shared' })
    ).body;
    expect(together.headline.total).toBe(separate.headline.total);
    expect(together.headline.idle).toBe('0');
    expect(together.headline.unallocated).toBe('0');
    expect(BigInt(separate.headline.idle) > 0n).toBe(true);
    const one: ServiceCostReport = (
      await api.get(SERVICE).query({ idle: 'shared' })
    ).body;
    const other: ServiceCostReport = (
      await api
        .get('/api/cost/v1/services/component/prod/api')
        .query({ idle: 'shared' })
    ).body;
    expect(sum([one.headline.total, other.headline.total])).toBe(
      BigInt(separate.headline.total),
    );
  });

  it('says what is missing when there is nothing to show', async () => {
    const api = await startCostBackend({ knex });
    const unlinked = await api.get(
      '/api/cost/v1/services/component/default/nothing',
    );
    expect(unlinked.body).toMatchObject({
      status: 'no-workloads',
      headline: { total: '0' },
    });
    const early = await api
      .get(SERVICE)
      .query({ window: 'custom', from: '2020-01-01', to: '2020-01-03' });
    expect(early.body.status).toBe('no-data');
    const unknown = await api.get(
      '/api/cost/v1/services/component/default/else',
    );
    expect(unknown.status).toBe(404);
    expect(unknown.body.error.message).toMatch(
      /component:default\/else is not in the catalog/,
    );
  });

  it('finds a service whatever the case of its reference', async () => {
    const api = await startCostBackend({ knex });
    const { status } = await api.get(
      '/api/cost/v1/services/Component/Prod/API',
    );
    expect(status).toBe(200);
  });

  it('converts every amount with the rate of its day', async () => {
    const today = now.toISOString().slice(0, 10);
    const yesterday = new Date(Date.parse(today) - 24 * HOUR_MS)
      .toISOString()
      .slice(0, 10);
    const api = await startCostBackend({
      knex,
      config: {
        exchangeRates: [
          { currency: 'EUR', rate: 0.5, validFrom: '2020-01-01' },
          { currency: 'EUR', rate: '2', validFrom: yesterday },
        ],
      },
    });
    const usd: ServiceCostReport = (await api.get(SERVICE)).body;
    const eur: ServiceCostReport = (
      await api.get(SERVICE).query({ currency: 'EUR' })
    ).body;
    expect(eur.currency).toBe('EUR');
    expect(eur.conversion).toMatchObject({ from: 'USD', to: 'EUR' });
    const day = (report: ServiceCostReport, at: number) =>
      Number(report.days.at(at)?.total);
    expect(day(eur, -2)).toBe(2 * day(usd, -2));
    expect(Math.abs(day(eur, -3) - day(usd, -3) / 2)).toBeLessThan(5);
    expect(sum(eur.breakdowns.container.map(row => row.total))).toBe(
      BigInt(eur.headline.total),
    );
    const csv = await api
      .get(`${SERVICE}/charges.csv`)
      .query({ currency: 'EUR' });
    expect(csvTotal(csv.text)).toBe(BigInt(eur.headline.total));
  });

  it('exports charges that sum to the report', async () => {
    const api = await startCostBackend({ knex });
    const report: ServiceCostReport = (await api.get(SERVICE)).body;
    const csv = await api.get(`${SERVICE}/charges.csv`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csvTotal(csv.text)).toBe(BigInt(report.headline.total));
  });
});

/** Sum of BilledCost, the first column, in micros. */
function csvTotal(csv: string): bigint {
  return csv
    .trim()
    .split('\r\n')
    .slice(1)
    .reduce(
      (total, line) => total + BigInt(line.split(',')[0].replace('.', '')),
      0n,
    );
}

describe('the fleet', () => {
  it.each(['team', 'service', 'cluster', 'region', 'namespace'])(
    'by %s sums to the same, idle and Unallocated included',
    async groupBy => {
      const api = await startCostBackend({ knex });
      const { body } = await api.get(FLEET).query({ groupBy });
      const report: FleetCostReport = body;
      expect(report.restricted).toBe(false);
      expect(sum(report.rows.map(row => row.total))).toBe(
        BigInt(report.headline.total),
      );
      expect(sum(report.days.map(day => day.total))).toBe(
        BigInt(report.headline.total),
      );
      const kinds = report.rows.map(({ kind }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['idle', 'unallocated']));
      const totalOf = (kind: string) =>
        sum(
          report.rows.filter(row => row.kind === kind).map(row => row.total),
        ).toString();
      expect(totalOf('idle')).toBe(report.headline.idle);
      expect(totalOf('unallocated')).toBe(report.headline.unallocated);
      expect(new Set(report.rows.map(({ key }) => key)).size).toBe(
        report.rows.length,
      );
    },
  );

  it('costs what its nodes cost', async () => {
    const api = await startCostBackend({ knex });
    const report: FleetCostReport = (await api.get(FLEET)).body;
    const paid = report.origin.prices.reduce(
      (total, { hourlyPrice, nodeHours }) =>
        total + Number(hourlyPrice) * (nodeHours ?? NaN),
      0,
    );
    expect(Number(report.headline.total) / 1e6).toBeCloseTo(paid, 6);
    const csv = await api.get(`${FLEET}/charges.csv`);
    expect(csvTotal(csv.text)).toBe(BigInt(report.headline.total));
  });

  it('names teams and services', async () => {
    const api = await startCostBackend({ knex });
    const { rows }: FleetCostReport = (
      await api.get(FLEET).query({ groupBy: 'service' })
    ).body;
    expect(rows).toContainEqual(
      expect.objectContaining({
        entityRef: 'component:prod/api',
        label: 'The API',
      }),
    );
  });
});

describe('a cluster that was removed', () => {
  it('leaves its past, and no gaps nor alarms after it', async () => {
    const past = await postgres.migrated();
    const prometheus = { url: 'http://prometheus.example.com' };
    const both = ['c1', 'old'].map(name => ({ name, prometheus }));
    const source = world();
    const daysAgo = (days: number) =>
      new Date(now.getTime() - days * 24 * HOUR_MS).toISOString();
    await runIngest({
      knex: past,
      source,
      now: daysAgo(3),
      config: { clusters: both },
    });
    await past.raw(
      `UPDATE cost_ingest_state SET down_since = now()
       WHERE cluster_id = (SELECT id FROM cost_clusters WHERE name = 'old')`,
    );
    const config = { clusters: both.slice(0, 1) };
    await runIngest({
      knex: past,
      source,
      now: now.toISOString(),
      config,
    });
    const api = await startCostBackend({ knex: past, config });
    const { days, origin }: FleetCostReport = (await api.get(FLEET)).body;
    expect(days.at(-2)).not.toHaveProperty('missingHours');
    expect(days.at(-2)).not.toHaveProperty('partial');
    const twice = BigInt(days.at(-5)!.total);
    expect(twice).toBe(2n * BigInt(days.at(-2)!.total));
    expect(origin.sources.map(each => each.cluster)).toEqual(['c1', 'old']);
    expect(origin.sources[1]).not.toHaveProperty('downSince');
  });
});

describe('a team', () => {
  it('has the services of every group below it, whatever the namespace', async () => {
    const api = await startCostBackend({ knex });
    const { body } = await api.get('/api/cost/v1/teams/group/org/all');
    const report: TeamCostReport = body;
    expect(report.groups).toEqual([
      'group:org/all',
      'group:default/shop',
      'group:org/platform',
    ]);
    expect(report.services.map(({ entityRef }) => entityRef).sort()).toEqual([
      'component:default/web',
      'component:prod/api',
    ]);
    expect(report.notAllocated).toEqual([
      expect.objectContaining({ entityRef: 'component:default/nothing' }),
    ]);
    expect(sum(report.services.map(row => row.total))).toBe(
      BigInt(report.headline.total),
    );
    expect(report.restricted).toBe(false);
  });

  it('has no services, or does not exist', async () => {
    const empty = await postgres.migrated();
    await storeEntities(empty, ENTITIES.slice(-1));
    const api = await startCostBackend({ knex: empty });
    const none = await api.get('/api/cost/v1/teams/group/org/all');
    expect(none.body.status).toBe('no-services');
    const unknown = await api.get('/api/cost/v1/teams/group/org/ghosts');
    expect(unknown.status).toBe(404);
  });

  it('is a group, not a service', async () => {
    const api = await startCostBackend({ knex });
    const { status } = await api.get(
      '/api/cost/v1/teams/component/default/web',
    );
    expect(status).toBe(404);
  });
});

describe('permissions', () => {
  const AMOUNT_ROUTES = [
    SERVICE,
    `${SERVICE}/charges.csv`,
    FLEET,
    `${FLEET}?groupBy=service`,
    `${FLEET}?groupBy=namespace&idle=shared`,
    `${FLEET}/charges.csv`,
    '/api/cost/v1/teams/group/org/all',
    '/api/cost/v1/teams/group/org/all/charges.csv',
  ];

  it.each([
    ['denied', { result: AuthorizeResult.DENY } as PolicyDecision],
    [
      'nobody matches',
      conditional(costConditions.isOwner({ claims: ['group:default/nobody'] })),
    ],
  ])('leak no amount on any route: %s', async (_, decision) => {
    const api = await startCostBackend({ knex, decision });
    for (const route of AMOUNT_ROUTES) {
      const { text, status } = await api.get(route);
      expect([route, status]).toEqual([route, 403]);
      // Whatever is an amount or a price: `"total":"123"`, `"hourlyPrice":"1.2"`, CSV decimals.
      const amounts = text.match(/"-?\d+(\.\d+)?"|\d+\.\d{6}/g) ?? [];
      expect([route, amounts.filter(amount => amount !== '"0"')]).toEqual([
        route,
        [],
      ]);
      expect(text).not.toContain('component:prod/api');
    }
  });

  it.each([
    [
      'owner',
      costConditions.isOwner({ claims: ['group:ORG/platform'] }),
      'component:prod/api',
    ],
    [
      'label',
      costConditions.hasLabel({ label: 'tier' }),
      'component:default/web',
    ],
    [
      'label and value',
      costConditions.hasLabel({ label: 'tier', value: 'gold' }),
      'component:default/web',
    ],
    [
      'system',
      costConditions.inSystem({ systems: ['system:default/core'] }),
      'component:prod/api',
    ],
    [
      'reference',
      costConditions.isEntityRef({ entityRefs: ['component:default/web'] }),
      'component:default/web',
    ],
    [
      'all of',
      {
        allOf: [
          costConditions.isKind({ kinds: ['Component'] }),
          { not: costConditions.hasLabel({ label: 'tier', value: 'gold' }) },
        ],
      } as Parameters<typeof createCostConditionalDecision>[1],
      'component:prod/api',
    ],
  ])(
    'by %s show that service and nothing else',
    async (_, conditions, visible) => {
      const api = await startCostBackend({
        knex,
        decision: conditional(conditions),
      });
      const fleet: FleetCostReport = (
        await api.get(FLEET).query({ groupBy: 'service' })
      ).body;
      expect(fleet.restricted).toBe(true);
      expect(fleet.rows.map(({ entityRef }) => entityRef)).toEqual([visible]);
      expect(fleet.headline.idle).toBe('0');
      expect(fleet.headline.unallocated).toBe('0');
      expect(fleet.headline.total).toBe(fleet.rows[0].total);

      const paths = {
        'component:default/web': 'default/web',
        'component:prod/api': 'prod/api',
      };
      for (const [ref, path] of Object.entries(paths)) {
        const { status } = await api.get(
          `/api/cost/v1/services/component/${path}`,
        );
        expect([ref, status]).toEqual([ref, ref === visible ? 200 : 403]);
      }
      const team: TeamCostReport = (
        await api.get('/api/cost/v1/teams/group/org/all')
      ).body;
      expect(team.restricted).toBe(true);
      expect(team.headline.total).toBe(fleet.headline.total);
      const csv = await api.get(`${FLEET}/charges.csv`);
      expect(csvTotal(csv.text)).toBe(BigInt(fleet.headline.total));
      const ofTeam = await api.get(
        '/api/cost/v1/teams/group/org/all/charges.csv',
      );
      expect(ofTeam.text).toBe(csv.text);
    },
  );

  it("do not tell a cluster's bill to who sees a part of it", async () => {
    const api = await startCostBackend({
      knex,
      decision: conditional(costConditions.hasLabel({ label: 'tier' })),
    });
    for (const route of [SERVICE, FLEET]) {
      const { origin }: ServiceCostReport = (await api.get(route)).body;
      expect(origin.prices).toMatchObject([{ hourlyPrice: '1.2' }]);
      expect(origin.prices[0]).not.toHaveProperty('nodeHours');
      expect(origin.prices[0]).not.toHaveProperty('nodePool');
    }
  });

  it('tell the state of a cluster to who sees something in it only', async () => {
    const two = await postgres.migrated();
    await storeEntities(two, ENTITIES, EDGES);
    const prometheus = { url: 'http://prometheus.example.com' };
    const config = {
      clusters: [
        { name: 'c1', prometheus },
        { name: 'c2', prometheus },
      ],
    };
    const source = world();
    const everything = source.world;
    // In c2 only the API runs.
    source.world = (hour, cluster) => {
      const { nodes, containers } = everything(hour, cluster)!;
      return {
        nodes,
        containers: containers.filter(
          ({ workload }) => cluster === 'c1' || workload === 'api',
        ),
      };
    };
    await runIngest({ knex: two, source, now: now.toISOString(), config });
    const clustersOf = async (decision: PolicyDecision, route: string) => {
      const api = await startCostBackend({ knex: two, decision, config });
      const { body } = await api.get(route);
      const { origin, dataUntil }: ServiceCostReport = body;
      return { clusters: origin.sources.map(each => each.cluster), dataUntil };
    };
    const gold = conditional(costConditions.hasLabel({ label: 'tier' }));
    expect((await clustersOf(gold, FLEET)).clusters).toEqual(['c1']);
    const all = { result: AuthorizeResult.ALLOW } as PolicyDecision;
    expect((await clustersOf(all, FLEET)).clusters).toEqual(['c1', 'c2']);

    // A gap of c2 is none of a team that has nothing there.
    await two.raw(
      `UPDATE cost_cluster_days SET hours_complete = hours_complete - 1
       WHERE hours_complete > 0 AND cluster_id = (SELECT id FROM cost_clusters WHERE name = 'c2')`,
    );
    const api = await startCostBackend({ knex: two, config });
    const yesterdayOf = async (team: string) => {
      const { body } = await api.get(`/api/cost/v1/teams/group/${team}`);
      return (body as TeamCostReport).days.at(-2);
    };
    expect(await yesterdayOf('default/shop')).not.toHaveProperty(
      'missingHours',
    );
    expect(await yesterdayOf('org/platform')).toMatchObject({
      missingHours: 1,
    });
  });

  it('guard the state of sources', async () => {
    const denied = await startCostBackend({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    expect((await denied.get('/api/cost/v1/sources')).status).toBe(403);
  });

  it('want a user', async () => {
    const api = await startCostBackend({ knex });
    for (const route of [
      ...AMOUNT_ROUTES,
      '/api/cost/v1/sources',
      '/api/cost/v1/settings',
    ]) {
      const { status } = await api
        .get(route)
        .set('authorization', mockCredentials.none.header());
      expect([route, status]).toEqual([route, 401]);
    }
  });
});

describe('bad input', () => {
  it.each([
    [`${SERVICE}?window=14d`, /window is "14d"; it must be one of 7d, 30d/],
    [`${SERVICE}?from=2026-01-01`, /to is missing/],
    [`${SERVICE}?from=2026-02-30&to=2026-03-01`, /from is "2026-02-30"/],
    [`${SERVICE}?currency=XYZ`, /currency is "XYZ"; it must be one of USD/],
    [
      `${SERVICE}?idle=gone`,
      /idle is "gone"; it must be one of separate, shared/,
    ],
    [
      `${SERVICE}?windw=7d`,
      /^windw is not known here; known are window, from, to, currency, idle$/,
    ],
    [
      `${SERVICE}?groupBy=team`,
      /^groupBy is not known here; known are window, from, to, currency, idle$/,
    ],
    [
      `${FLEET}/gpu?groupBy=team`,
      /^groupBy is not known here; known are window, from, to, currency, idle$/,
    ],
    [`${FLEET}?group=team`, /known are window, .*, groupBy$/],
    [`${FLEET}?${'x'.repeat(2000)}=1`, /^x{100}… is not known here/],
    [
      `${FLEET}?groupBy=colour`,
      /groupBy is "colour"; it must be one of team, service/,
    ],
    [
      `${FLEET}?window=7d&window=30d`,
      /^window is \["7d","30d"\]; it must be given once$/,
    ],
    [
      `${FLEET}?window[a]=7d`,
      /^window is \{"a":"7d"\}; it must be given once$/,
    ],
    [`${FLEET}?idle=`, /^idle is empty; it must be one of separate, shared$/],
    [`${FLEET}/charges.csv?window=x`, /window is "x"/],
    [
      '/api/cost/v1/settings?x=1',
      /^x is not known here; there are no parameters$/,
    ],
    [
      '/api/cost/v1/services/component/default/a%00b',
      /^name is "a\\u0000b"; an entity reference has no NUL characters$/,
    ],
    ['/api/cost/v1/teams/group/default/a%00b', /no NUL characters/],
  ])('%s', async (route, message) => {
    const api = await startCostBackend({ knex });
    const { status, body } = await api.get(route);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });
});

describe('sources', () => {
  it('say how far they are, and where the gaps are', async () => {
    const gappy = await postgres.migrated();
    const source = world();
    const gap = new Date(
      Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - 9 * HOUR_MS,
    );
    source.missing.add(gap.toISOString());
    source.missing.add(new Date(gap.getTime() + HOUR_MS).toISOString());
    await runIngest({ knex: gappy, source, now: now.toISOString() });
    const api = await startCostBackend({
      knex: gappy,
      config: {
        clusters: [
          {
            name: 'c1',
            title: 'One',
            prometheus: { url: 'http://prometheus.example.com' },
          },
          { name: 'c2' },
        ],
      },
    });
    const { body } = await api.get('/api/cost/v1/sources');
    const report: SourcesReport = body;
    expect(report.clusters).toMatchObject([
      {
        name: 'c1',
        title: 'One',
        source: 'fake',
        state: 'ok',
        backfill: { doneHours: 24, totalHours: 24, finished: true },
        gaps: [{ start: gap.toISOString(), hours: 2, reason: 'no-data' }],
      },
      { name: 'c2', source: 'none', state: 'no-source', gaps: [] },
    ]);
  });

  it('offer settings', async () => {
    const api = await startCostBackend({
      knex,
      config: { timezone: 'Europe/Berlin' },
    });
    const { body } = await api.get('/api/cost/v1/settings');
    expect(body).toEqual({
      timezone: 'Europe/Berlin',
      currency: 'USD',
      currencies: ['USD'],
      simulated: false,
      unitMetrics: [],
    });
  });
});
