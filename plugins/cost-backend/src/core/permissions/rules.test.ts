import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import { CatalogStore } from '../../database/CatalogStore';
import { INTERNAL } from '../../database/scope';
import { EntityFilter, OwnedEntity, criteriaToSql } from '@headroom/node';
import { costEntityRules } from './rules';

const { hasLabel, inSystem, isEntityRef, isKind, isOwner } = costEntityRules;

jest.setTimeout(60_000);

const postgres = TestPostgres.create();

const ENTITIES = [
  storedEntity({
    entityRef: 'component:default/a',
    name: 'a',
    ownerRefs: ['group:default/x', 'user:default/u'],
    labels: { tier: 'gold', '?': 'mark' },
    systemRef: 'system:default/s',
  }),
  storedEntity({
    entityRef: 'component:default/b',
    name: 'b',
    ownerRefs: [],
    labels: { tier: '' },
  }),
  storedEntity({
    entityRef: 'resource:default/c',
    kind: 'resource',
    name: 'c',
    ownerRefs: ['group:default/with "quotes" and \\'],
    labels: {},
  }),
];

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, ENTITIES);
});

async function selected(criteria: PermissionCriteria<EntityFilter>) {
  const { sql, bindings } = criteriaToSql(criteria);
  const { rows } = await knex.raw(
    `SELECT entity_ref FROM cost_entities e WHERE ${sql} ORDER BY entity_ref`,
    bindings,
  );
  return rows.map((row: { entity_ref: string }) => row.entity_ref);
}

const CASES: Array<
  [
    string,
    (entity: OwnedEntity) => boolean,
    PermissionCriteria<EntityFilter>,
    string[],
  ]
> = [
  ...[
    { claims: ['GROUP:default/x'] },
    { claims: ['user:default/u', 'group:default/other'] },
    { claims: ['group:default/with "quotes" and \\'] },
    { claims: [] },
  ].map(
    params =>
      [
        `owner ${JSON.stringify(params)}`,
        (entity: OwnedEntity) => isOwner.apply(entity, params),
        isOwner.toQuery(params),
        [
          ...(params.claims.some(each => /x$|u$/.test(each))
            ? ['component:default/a']
            : []),
          ...(params.claims.some(each => /quotes/.test(each))
            ? ['resource:default/c']
            : []),
        ],
      ] as (typeof CASES)[number],
  ),
  [
    'label',
    entity => hasLabel.apply(entity, { label: 'tier' }),
    hasLabel.toQuery({ label: 'tier' }),
    ['component:default/a', 'component:default/b'],
  ],
  [
    'empty value',
    entity => hasLabel.apply(entity, { label: 'tier', value: '' }),
    hasLabel.toQuery({ label: 'tier', value: '' }),
    ['component:default/b'],
  ],
  [
    'label that looks like a placeholder',
    entity => hasLabel.apply(entity, { label: '?', value: 'mark' }),
    hasLabel.toQuery({ label: '?', value: 'mark' }),
    ['component:default/a'],
  ],
  [
    'label of the prototype',
    entity => hasLabel.apply(entity, { label: 'toString' }),
    hasLabel.toQuery({ label: 'toString' }),
    [],
  ],
  [
    'kind',
    entity => isKind.apply(entity, { kinds: ['Resource'] }),
    isKind.toQuery({ kinds: ['Resource'] }),
    ['resource:default/c'],
  ],
  [
    'system',
    entity => inSystem.apply(entity, { systems: ['system:default/S'] }),
    inSystem.toQuery({ systems: ['system:default/S'] }),
    ['component:default/a'],
  ],
  [
    'no system',
    entity => inSystem.apply(entity, { systems: [''] }),
    inSystem.toQuery({ systems: [''] }),
    [],
  ],
  [
    'reference',
    entity =>
      isEntityRef.apply(entity, { entityRefs: ['component:default/B'] }),
    isEntityRef.toQuery({ entityRefs: ['component:default/B'] }),
    ['component:default/b'],
  ],
];

describe('rules', () => {
  it.each(CASES)(
    '%s: the same in memory, in SQL, and negated',
    async (_, apply, query, expected) => {
      const entities = await CatalogStore.create({
        knex,
        scope: INTERNAL,
      }).findByRefs(ENTITIES.map(({ entityRef }) => entityRef));
      const matching = entities.flatMap(entity =>
        entity && apply(entity) ? [entity.entityRef] : [],
      );
      expect(matching).toEqual(expected);
      expect(await selected(query)).toEqual(expected);
      expect(await selected({ not: query })).toEqual(
        ENTITIES.map(({ entityRef }) => entityRef).filter(
          ref => !expected.includes(ref),
        ),
      );
    },
  );

  it('are found by reference in the order asked for', async () => {
    const found = await CatalogStore.create({
      knex,
      scope: INTERNAL,
    }).findByRefs([
      'resource:default/c',
      'component:default/unknown',
      'component:default/a',
    ]);
    expect(found.map(entity => entity?.name)).toEqual(['c', undefined, 'a']);
  });
});
