import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { costReadPermission } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
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

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const at = (hour: number) =>
  `2026-01-10T${String(hour).padStart(2, '0')}:00:00Z`;
const NOW = '2026-01-10T12:30:00.000Z';

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  const source = FakeUsageSource.create();
  // Up from two to eight, but for four to six; nothing is known of seven.
  source.world = hour => {
    const of = new Date(hour).getUTCHours();
    const runs = hour >= '2026-01-10T02' && of !== 4 && of !== 5;
    return { nodes: [node(hour)], containers: runs ? [container(hour)] : [] };
  };
  source.missing.add('2026-01-10T07:00:00.000Z');
  await runIngest({ knex, source, now: NOW });
  await knex.raw(
    `INSERT INTO cost_unit_hours (cluster_id, hour, metric, entity_ref, namespace, workload, quantity)
     SELECT id, '2026-01-10T03:00Z', 'requests', 'component:default/web', '', '', 90 FROM cost_clusters`,
  );
  await knex('cost_ingest_hours')
    .where('hour', '<', '2026-01-10T05:00Z')
    .update({ units_known: true });
});

const PATH = '/api/cost/v1/workload-hours';
const WEB = {
  cluster: 'c1',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
};
const asked = (change: object = {}) => ({
  workloads: [WEB],
  from: at(0),
  to: at(9),
  ...change,
});

describe('the hours of workloads', () => {
  it('are zero where it did not run, and absent where it is not known', async () => {
    const api = await startCostBackend({
      knex,
      config: {
        cost: { unitMetrics: [{ id: 'requests', title: 'Requests', per: 1 }] },
      },
    });
    const { status, body } = await api
      .post(PATH)
      .send(asked())
      .set('Authorization', mockCredentials.service.header());
    expect([status, body.currency]).toEqual([200, 'USD']);
    const [web] = body.workloads;
    expect(web.metric).toBe('requests');
    const hours = web.hours.map(
      (each: { at: string; micros: string; units?: number }) => [
        each.at,
        each.micros === '0' ? 'idle' : 'ran',
        each.units,
      ],
    );
    expect(hours).toEqual([
      [at(0), 'idle', undefined],
      [at(1), 'idle', undefined],
      [at(2), 'ran', undefined],
      [at(3), 'ran', 90],
      [at(4), 'idle', undefined],
      [at(5), 'idle', undefined],
      [at(6), 'ran', undefined],
      [at(8), 'ran', undefined],
    ]);
    const charged = new Set(
      web.hours.map(({ micros }: { micros: string }) => micros),
    );
    expect(charged.size).toBe(2);
  });

  it('are each those of its own, in the order asked, and none of what is not known', async () => {
    const api = await startCostBackend({ knex });
    const { body } = await api.post(PATH).send(
      asked({
        workloads: [
          { ...WEB, name: 'other' },
          WEB,
          { ...WEB, cluster: 'c2' },
          { ...WEB, kind: 'StatefulSet' },
        ],
      }),
    );
    const { body: alone } = await api.post(PATH).send(asked());
    expect(body).toEqual({
      currency: 'USD',
      workloads: [
        { hours: [] },
        alone.workloads[0],
        { hours: [] },
        { hours: [] },
      ],
    });
    expect(alone.workloads[0].hours).toHaveLength(8);
  });

  it('are of as many workloads as a few hours allow, and the message says how many', async () => {
    const api = await startCostBackend({ knex });
    const workloads = Array.from({ length: 200 }, () => WEB);
    const from = '2026-01-01T00:00:00Z';
    const fits = await api
      .post(PATH)
      .send({ workloads, from, to: '2026-01-11T00:00:00Z' });
    expect(fits.status).toBe(200);
    expect(fits.body.workloads).toHaveLength(200);
    const tooMany = await api
      .post(PATH)
      .send({ workloads, from, to: '2026-01-12T00:00:00Z' });
    expect(tooMany.status).toBe(400);
    expect(tooMany.body.error.message).toMatch(
      /by at most 250 hours, as those of all workloads together are 50000 at most$/,
    );
  });

  it('are not for who may see some costs or none', async () => {
    for (const decision of [
      createCostConditionalDecision(
        costReadPermission,
        costConditions.isOwner({ claims: ['group:default/shop'] }),
      ),
      { result: AuthorizeResult.DENY } as PolicyDecision,
    ]) {
      const api = await startCostBackend({ knex, decision });
      const { status } = await api.post(PATH).send(asked());
      expect(status).toBe(403);
    }
  });

  it.each([
    [
      'from',
      '2026-01-10T00:30:00Z',
      /^from is "2026-01-10T00:30:00Z"; it must be a full hour in UTC/,
    ],
    [
      'to',
      '2026-01-09T00:00:00Z',
      /it must be after from, by at most 50000 hours,/,
    ],
    [
      'to',
      '2036-01-09T00:00:00Z',
      /it must be after from, by at most 50000 hours,/,
    ],
    ['to', 'x', /it must be a full hour in UTC/],
  ])('refuse %s %s', async (name, value, message) => {
    const api = await startCostBackend({ knex });
    const { status, body } = await api
      .post(PATH)
      .send(asked({ [name]: value }));
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });
});
