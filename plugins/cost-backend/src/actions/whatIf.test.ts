import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { HOUR_MS } from '@headroom/common';
import { costReadPermission } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { storeInventory } from '../__testUtils__/advice';
import { connectAssistant } from '../__testUtils__/assistant';
import { startCostBackend } from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../core/permissions/conditions';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const GIB = 2 ** 30;
const WEB = 'component:default/web';
const PODS = [
  { name: 'web', minReplicas: 2, maxReplicas: 6, cpu: '500m', memory: '2Gi' },
];

let knex: Knex;
const now = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS / 2);

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  await runIngest({
    knex,
    source: FakeUsageSource.create(hour => ({
      nodes: [node(hour)],
      containers: [container(hour)],
    })),
    now: now.toISOString(),
    config: { cost: { ingest: { backfill: { days: 4 } } } },
  });
});

describe('the tool what-if', () => {
  it('prices pods as the page does, from quantities of Kubernetes or plain numbers', async () => {
    const { call } = await connectAssistant({ knex });
    const { output } = await call('what-if', { cluster: 'c1', pods: PODS });
    const api = await startCostBackend({ knex });
    const { body } = await api.post('/api/cost/v1/estimates').send({
      cluster: 'c1',
      pods: [
        {
          name: 'web',
          replicas: { min: 2, max: 6 },
          cpuCores: 0.5,
          memoryBytes: 2 * GIB,
        },
      ],
    });
    const micros = (money: { amount: string; currency: string }) => {
      expect(money.currency).toBe('USD');
      return BigInt(money.amount.replace('.', '')).toString();
    };
    expect(BigInt(body.monthly.min)).toBeGreaterThan(0n);
    expect(micros(output.perMonth.least)).toBe(body.monthly.min);
    expect(micros(output.perMonth.most)).toBe(body.monthly.max);
    expect(output.complete).toBe(true);
    expect(output.prices.join('\n')).toMatch(/^cpu: \d.* USD a core-hour\./);
    expect(output.notes).toEqual(
      body.remarks.map(({ message }: { message: string }) => message),
    );
    const same = await call('what-if', {
      cluster: 'c1',
      pods: [
        {
          name: 'web',
          minReplicas: '2',
          maxReplicas: '6',
          cpu: 0.5,
          memory: String(2 * GIB),
        },
      ],
    });
    expect(same.output).toEqual(output);
  });

  it('says what has no price, and no amount where nothing has one', async () => {
    const { call } = await connectAssistant({ knex });
    const { output } = await call('what-if', {
      cluster: 'c1',
      pods: [{ ...PODS[0], cpu: 0, memory: 0, gpus: 1, gpuModel: 'NONE-1' }],
      alternatives: [{ id: 'without', pods: PODS }],
    });
    expect(output.complete).toBe(false);
    expect(output.notes.join(' ')).toMatch(/GPU/i);
    expect(output.alternatives).toMatchObject([
      { id: 'without', complete: true, notes: [] },
    ]);
    expect(output.alternatives[0].saves).toBeUndefined();
  });

  it('compares with what runs of a service now', async () => {
    const { call } = await connectAssistant({ knex });
    const asked = { cluster: 'c1', service: 'web', pods: PODS };
    const unread = (await call('what-if', asked)).output.now;
    expect(unread.complete).toBe(false);
    expect(unread.perMonth).toBeUndefined();
    expect(unread.notes.length).toBeGreaterThan(0);

    await storeInventory(knex, [], {
      readAt: new Date().toISOString(),
      workloads: [
        {
          namespace: 'shop',
          kind: 'Deployment',
          name: 'web',
          uid: 'web',
          replicas: 1,
          containers: [
            {
              name: 'app',
              role: 'main',
              spec: { cpuRequestCores: 0.5, memoryRequestBytes: 2 * GIB },
            },
          ],
        },
      ],
    });
    const { output } = await call('what-if', asked);
    expect(output.now).toMatchObject({
      service: WEB,
      replicas: 1,
      complete: true,
    });
    const micros = ({ amount }: { amount: string }) =>
      BigInt(amount.replace('.', ''));
    const { perMonth, more } = output.now;
    // One of what two to six are of.
    expect(micros(perMonth) * 2n).toBe(micros(output.perMonth.least));
    expect(micros(more.least)).toBe(
      micros(output.perMonth.least) - micros(perMonth),
    );
    expect(micros(more.most)).toBe(
      micros(output.perMonth.most) - micros(perMonth),
    );
  });

  it('says what is wrong with what was asked', async () => {
    const { call } = await connectAssistant({ knex });
    const errorOf = async (input: object) =>
      (await call('what-if', { cluster: 'c1', pods: PODS, ...input })).error;
    expect(await errorOf({ cluster: 'c9' })).toMatch(
      /^InputError: cluster is "c9"; it must be one of c1/,
    );
    expect(await errorOf({ pods: [{ ...PODS[0], cpu: 'much' }] })).toMatch(
      /^InputError: pods\.0\.cpu is "much"; it must be a quantity/,
    );
    expect(await errorOf({ pods: [{ ...PODS[0], maxReplicas: 1 }] })).toMatch(
      /^InputError: pods\.0\.replicas\.max must be min or more/,
    );
    expect(await errorOf({ service: 'component:default/none' })).toMatch(
      /^NotFoundError: /,
    );
  });

  it('tells nothing to who may see nothing, nor what runs of a service to who may not see it', async () => {
    const nobody = await connectAssistant({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    expect(
      (await nobody.call('what-if', { cluster: 'c1', pods: PODS })).error,
    ).toMatch(/^NotAllowedError: /);
    const other = await connectAssistant({
      knex,
      decisions: {
        [costReadPermission.name]: createCostConditionalDecision(
          costReadPermission,
          costConditions.isOwner({ claims: ['group:default/other'] }),
        ),
      },
    });
    expect(
      (await other.call('what-if', { cluster: 'c1', pods: PODS, service: WEB }))
        .error,
    ).toMatch(/^NotAllowedError: /);
  });
});
