import { askPrepared, inSnapshot } from '@headroom/node';
import knexFactory, { Knex } from 'knex';
import { TestPostgres } from '../__testUtils__/database';
import { storedEntity, storeEntities } from '../__testUtils__/ingest';
import { PageDatabase } from './PageDatabase';
import { INTERNAL } from './scope';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
let knex: Knex;
let pool: Knex;

beforeEach(async () => {
  knex = await postgres.migrated();
  // Of one connection, so that the next who asks gets the same.
  pool = knexFactory({ ...knex.client.config, pool: { min: 0, max: 1 } });
});

afterEach(() => pool.destroy());

const prepared = async (at: Knex): Promise<string[]> =>
  (
    await at.raw(
      `SELECT name FROM pg_prepared_statements WHERE name LIKE 'headroom-%'`,
    )
  ).rows.map(({ name }: { name: string }) => name);

const double = async (at: Knex, of: number): Promise<number> =>
  (await askPrepared(at, 'SELECT 2 * ?::integer AS n', [of])).rows[0].n;

const WAYS: Array<[string, (of: number) => Promise<number>]> = [
  ['on its own', of => double(pool, of)],
  ['in a snapshot', of => inSnapshot(pool, tx => double(tx, of))],
];

it('what is asked of one service is prepared, once; what is asked of many is not', async () => {
  await storeEntities(knex, [storedEntity()]);
  const pages = PageDatabase.create({ knex: pool });
  const service = INTERNAL.of({
    kind: 'service',
    entityRef: 'component:default/web',
  });
  for (const scope of [INTERNAL, INTERNAL.of({ kind: 'owners', groups: [] })]) {
    await pages.inSnapshot(scope, at => at.ask(at.catalog.links()));
  }
  expect(await prepared(pool)).toEqual([]);
  for (let time = 0; time < 2; time += 1) {
    await pages.inSnapshot(service, at => at.ask(at.catalog.links()));
  }
  expect(await prepared(pool)).toHaveLength(1);
});

describe.each(WAYS)('what is asked %s', (_, ask) => {
  const unnamedFromNowOn = async () => {
    expect(await ask(2)).toBe(4);
    await pool.raw('DEALLOCATE ALL');
    expect(await ask(3)).toBe(6);
    expect(await prepared(pool)).toEqual([]);
  };

  it('is asked as it is once the server forgot it', async () => {
    expect(await ask(1)).toBe(2);
    await pool.raw('DEALLOCATE ALL');
    await unnamedFromNowOn();
  });

  it('is asked as it is once another prepared the same', async () => {
    expect(await ask(1)).toBe(2);
    const [name] = await prepared(pool);
    await pool.destroy();
    pool = knexFactory({ ...knex.client.config, pool: { min: 0, max: 1 } });
    await pool.raw(`PREPARE "${name}" AS SELECT 7 AS n`);
    await unnamedFromNowOn();
  });
});

it('another failure is no reason to read again', async () => {
  let reads = 0;
  const reading = inSnapshot(pool, async tx => {
    reads += 1;
    await tx.raw('SELECT 1 / 0');
  });
  await expect(reading).rejects.toMatchObject({ code: '22012' });
  expect(reads).toBe(1);
});
