import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { addDays } from '@headroom/common';
import { Fence } from '@headroom/node';
import { costReadPermission } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { connectAssistant } from '../__testUtils__/assistant';
import { seedCosts } from '../__testUtils__/budgetCosts';
import { TestPostgres } from '../__testUtils__/database';
import { storedEntity, storeEntities } from '../__testUtils__/ingest';
import { Calendar } from '../core/Calendar';
import {
  costConditions,
  createCostConditionalDecision,
} from '../core/permissions/conditions';
import { AnomalyInputStore } from '../database/AnomalyInputStore';
import { AnomalyStore } from '../database/AnomalyStore';
import { AnomalyJob } from '../features/anomalies/AnomalyJob';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const TODAY = new Date().toISOString().slice(0, 10);
const ago = (days: number) => addDays(TODAY, -days);
const WEB = 'component:default/web';
const PAY = 'component:default/pay';
const dollars = (amount: string) => ({ amount, currency: 'USD' });

let knex: Knex;

async function find(now: string) {
  await AnomalyJob.create({
    input: AnomalyInputStore.create({ knex }),
    store: AnomalyStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-anomalies' }),
    }),
    rule: {
      floorMicros: 10_000_000n,
      percent: 25,
      newFloorMicros: 10_000_000_000n,
    },
    calendar: Calendar.create({ zone: 'UTC' }),
    logger: mockServices.logger.mock(),
    now: () => new Date(now),
  }).run(new AbortController().signal);
}

/** Web costs 200 dollars more on one day that is over, pay on one that is the last. */
beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(
    knex,
    ['web', 'pay'].map(name =>
      storedEntity({
        entityRef: `component:default/${name}`,
        name,
        ownerRefs: [`group:default/${name}`],
      }),
    ),
  );
  const usual = { from: ago(60), to: TODAY, dollars: 100 };
  await seedCosts(knex, [
    { name: 'web', entityRef: WEB, ...usual },
    { name: 'pay', entityRef: PAY, ...usual },
    { name: 'load', entityRef: WEB, from: ago(6), to: ago(5), dollars: 200 },
    {
      name: 'load',
      entityRef: PAY,
      from: ago(1),
      to: TODAY,
      dollars: 200,
      namespace: 'pay',
    },
  ]);
  await find(`${ago(5)}T12:00:00Z`);
  await find(new Date().toISOString());
});

const ownedBy = (...claims: string[]) => ({
  [costReadPermission.name]: createCostConditionalDecision(
    costReadPermission,
    costConditions.isOwner({ claims }),
  ),
});

describe('the tool anomalies', () => {
  it('says what cost too much, since when, why and whether it is over', async () => {
    const { call } = await connectAssistant({ knex });
    const { output } = await call('anomalies', {});
    const services = output.incidents.filter(({ entityRef }: any) =>
      entityRef.startsWith('component:'),
    );
    expect(services).toMatchObject([
      {
        entityRef: PAY,
        firstDay: ago(1),
        lastDay: ago(1),
        cost: dollars('300.000000'),
        expected: dollars('100.000000'),
        beyond: dollars('200.000000'),
        percent: 200,
        isOpen: true,
        causes: [
          {
            what: 'Deployment load in pay on c1',
            more: dollars('200.000000'),
          },
        ],
      },
      { entityRef: WEB, isOpen: false, ended: 'Nothing is odd any more.' },
    ]);
    expect(services[0].sentence).toContain('200.00 USD (200 %) more');
    expect(output.notes).toContain(
      'A day is told of when it is complete, odd, 25 % beyond what is expected and at least 10.000000 USD beyond it.',
    );
  });

  it('leaves out what is over when asked to, and counts what it leaves out', async () => {
    const { call } = await connectAssistant({ knex });
    const all = (await call('anomalies', {})).output;
    const open = (await call('anomalies', { openOnly: 'true' })).output;
    expect(open.incidents.map(({ isOpen }: any) => isOpen)).not.toContain(
      false,
    );
    expect(open.incidents.length).toBeLessThan(all.incidents.length);
    const one = (await call('anomalies', { limit: 1 })).output;
    expect(one.incidentsLeftOut).toBe(all.incidents.length - 1);
    expect(
      (await call('anomalies', { entityRef: WEB })).output.incidents,
    ).toMatchObject([{ entityRef: WEB }]);
  });

  it('tells everybody only of what they may see', async () => {
    const web = await connectAssistant({
      knex,
      decisions: ownedBy('group:default/web'),
    });
    expect(
      JSON.stringify((await web.call('anomalies', {})).output),
    ).not.toContain('pay');
    expect((await web.call('anomalies', { entityRef: PAY })).error).toMatch(
      /^NotAllowedError: /,
    );
    const nobody = await connectAssistant({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    expect((await nobody.call('anomalies', {})).error).toMatch(
      /^NotAllowedError: /,
    );
  });
});
