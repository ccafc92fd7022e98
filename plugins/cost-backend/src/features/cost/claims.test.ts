import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  costReadPermission,
  ServiceCostReport,
  SourcesReport,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import { FakeUsageSource } from '../../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';
import { rivalsOfClusters } from '../../database/RivalStore';
import { clusterClaimProblems } from './claimProblems';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();

const WEB = storedEntity();
const THIEF = storedEntity({
  entityRef: 'component:default/a-thief',
  name: 'a-thief',
  ownerRefs: ['group:default/strangers'],
});

const ownedBy = (group: string): PolicyDecision =>
  createCostConditionalDecision(
    costReadPermission,
    costConditions.isOwner({ claims: [group] }),
  );

let knex: Knex;

/** A day of costs of `web`; then somebody else registers its annotations, and it is linked again. */
beforeEach(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, [WEB]);
  const source = FakeUsageSource.create();
  const now = new Date().toISOString();
  const config = { cost: { ingest: { backfill: { days: 1 } } } };
  await runIngest({ knex, source, now, config });
  await storeEntities(knex, [WEB, THIEF]);
  await runIngest({ knex, source, now, config });
});

async function service(name: string, decision?: PolicyDecision) {
  const api = await startCostBackend({ knex, decision });
  const { body } = await api.get(
    `/api/cost/v1/services/component/default/${name}`,
  );
  return body as ServiceCostReport;
}

const messages = ({ problems }: { problems: Array<{ message: string }> }) =>
  problems.map(({ message }) => message);

describe('annotations that somebody else has', () => {
  it('show their owner nothing of what it costs, and are said on both pages', async () => {
    const thief = await service('a-thief', ownedBy('group:default/strangers'));
    expect(thief.status).toBe('no-workloads');
    expect(BigInt(thief.headline.total)).toBe(0n);
    expect(messages(thief)).toEqual([
      'component:default/a-thief claims workloads (annotation: backstage.io/kubernetes-id=web) that count for a service of another owner, which had them first; one of the two should give up its claim, or a rule under headroom.cost.links with decides: true say whose they are.',
    ]);
    expect(JSON.stringify(thief)).not.toMatch(/shop|default\/web/);

    const web = await service('web', ownedBy('group:default/shop'));
    expect(BigInt(web.headline.total) > 0n).toBe(true);
    expect(messages(web)).toEqual([
      'An entity that you may not see claims 1 workload of this service too, e.g. c1/shop/web. What this service had first stays with it; one of the two should give up its claim, or a rule under headroom.cost.links with decides: true say whose they are.',
    ]);
    expect(JSON.stringify(web)).not.toContain('thief');
  });

  it('are said by name to who may see both, and to the platform team', async () => {
    expect(messages(await service('web'))).toEqual([
      'component:default/a-thief claims 1 workload of this service too, e.g. c1/shop/web (annotation: backstage.io/kubernetes-id=web). What this service had first stays with it; one of the two should give up its claim, or a rule under headroom.cost.links with decides: true say whose they are.',
    ]);
    const said =
      'component:default/a-thief claims 1 workload, e.g. c1/shop/web (annotation: backstage.io/kubernetes-id=web) that count for component:default/web, which had them first; one of the two should give up its claim, or a rule under headroom.cost.links with decides: true say whose they are.';
    expect(messages(await service('a-thief'))).toEqual([said]);
    const api = await startCostBackend({ knex });
    const { body } = await api.get('/api/cost/v1/sources');
    const [cluster] = (body as SourcesReport).clusters;
    expect(messages(cluster)).toContain(said);
  });

  it('are said where a rule would give them to somebody else, too', async () => {
    const platform = storedEntity({
      entityRef: 'component:default/platform',
      name: 'platform',
      ownerRefs: ['group:default/ops'],
      annotations: {},
    });
    await storeEntities(knex, [WEB, platform]);
    const links = [{ namespace: 'shop', entityRef: 'platform' }];
    await runIngest({
      knex,
      source: FakeUsageSource.create(),
      now: new Date().toISOString(),
      config: { cost: { ingest: { backfill: { days: 1 } }, links } },
    });
    const settle =
      "a claim counts before a rule that doesn't decide; add decides: true to the rule when they are its, else yields: true.";
    expect(messages(await service('web'))).toEqual([
      `A rule under headroom.cost.links (config: namespace=shop) gives component:default/platform 1 workload of this service too, e.g. c1/shop/web; ${settle}`,
    ]);
    expect(
      messages(await service('web', ownedBy('group:default/shop'))),
    ).toEqual([
      `A rule under headroom.cost.links gives an entity that you may not see 1 workload of this service too, e.g. c1/shop/web; ${settle}`,
    ]);
    const said = `A rule under headroom.cost.links gives component:default/platform 1 workload, e.g. c1/shop/web (config: namespace=shop) that count for component:default/web, which claims them; ${settle}`;
    expect(messages(await service('platform'))).toEqual([said]);
    const hidden = await service('platform', ownedBy('group:default/ops'));
    expect(messages(hidden)).toEqual([
      `A rule under headroom.cost.links gives component:default/platform workloads that count for a service of another owner, which claims them; ${settle}`,
    ]);
    const api = await startCostBackend({ knex });
    const { body } = await api.get('/api/cost/v1/sources');
    expect(messages((body as SourcesReport).clusters[0])).toContain(said);
  });

  it('are counted where there are too many to list', async () => {
    const rivals = Array.from({ length: 60 }, (_, index) =>
      storedEntity({
        entityRef: `component:default/rival-${index}`,
        name: `rival-${index}`,
        ownerRefs: ['group:default/strangers'],
        annotations: {},
      }),
    );
    await storeEntities(knex, [WEB, THIEF, ...rivals]);
    await knex.raw(
      `INSERT INTO cost_rival_claims (container_id, entity_id, provenance, detail, reason)
       SELECT l.container_id, e.id, 'annotation', 'x', 'held' FROM cost_links l, cost_entities e
       WHERE e.name LIKE 'rival-%'`,
    );
    const api = await startCostBackend({ knex });
    const { body } = await api.get('/api/cost/v1/sources');
    const ofCluster = messages((body as SourcesReport).clusters[0]);
    expect(
      ofCluster.filter(message => / claims 1 workload/.test(message)),
    ).toHaveLength(50);
    expect(ofCluster.at(-1)).toBe(
      '11 of 61 conflicts of claims in this cluster are about fewer workloads and not listed here. Each conflict is on the Cost tab of the services that it concerns.',
    );

    const ofService = messages(await service('web'));
    expect(ofService).toHaveLength(11);
    expect(ofService.at(-1)).toBe(
      '51 of 61 conflicts of claims are about fewer workloads and not listed here. Each conflict is on the Cost tab of the other service, too.',
    );
    expect(messages(await service('rival-59'))).toHaveLength(1);

    // A cluster of which none is among those of most workloads.
    await knex.raw(
      `INSERT INTO cost_clusters (name) VALUES ('c2');
       INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container)
         SELECT id, 'workload', 'shop', 'Deployment', 'other', 'main' FROM cost_clusters WHERE name = 'c2';
       INSERT INTO cost_rival_claims (container_id, entity_id, provenance, detail, reason)
         SELECT c.id, e.id, 'annotation', 'x', 'tie' FROM cost_containers c, cost_entities e
         WHERE c.workload = 'other' AND e.name = 'web'`,
    );
    const { totals, listed } = await rivalsOfClusters(knex);
    expect(listed).toHaveLength(50);
    expect([...totals]).toEqual([
      ['c1', 61],
      ['c2', 1],
    ]);
    expect(
      clusterClaimProblems({ totals, listed })
        .get('c2')
        ?.map(({ message }) => message),
    ).toEqual([
      '1 of 1 conflicts of claims in this cluster is about fewer workloads and not listed here. Each conflict is on the Cost tab of the services that it concerns.',
    ]);
  });

  it('say why they are refused', async () => {
    const greedy = storedEntity({
      entityRef: 'component:default/greedy',
      name: 'greedy',
      annotations: {
        'backstage.io/kubernetes-label-selector': '!nonexistent-label',
      },
    });
    await storeEntities(knex, [WEB, greedy]);
    expect(messages(await service('greedy'))).toEqual([
      'The label selector of component:default/greedy is ignored: "!nonexistent-label" asks for no value of a label that only its own pods have, so it would claim what others run; add one such as app=web',
    ]);
  });

  it('tell nothing to who may see neither', async () => {
    const api = await startCostBackend({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    const { status, text } = await api.get(
      '/api/cost/v1/services/component/default/a-thief',
    );
    expect(status).toBe(403);
    expect(text).not.toContain('shop');
  });
});
