import knexFactory from 'knex';
import { startScalingBackend, ScalingBackend } from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
let backend: ScalingBackend | undefined;

afterEach(async () => {
  await backend?.stop();
});

it('answers 503 without a word of where the database is, while that is away', async () => {
  const { client } = await postgres.migrated();
  const knex = knexFactory({
    ...client.config,
    pool: { min: 0, max: 10, acquireTimeoutMillis: 1000 },
  });
  // Nothing answers there: what the cluster has isn't needed for this.
  backend = await startScalingBackend({
    knex,
    clusters: { 'us-west': 'http://127.0.0.1:9' },
  });
  expect((await backend.api.get('/api/scaling/v1/settings')).status).toBe(200);
  await knex.destroy();
  for (const path of ['settings', 'plans', 'ledger', 'ledger.csv']) {
    const { status, body } = await backend.api.get(`/api/scaling/v1/${path}`);
    expect([path, status, body.error?.message ?? body]).toEqual([
      path,
      503,
      'The database does not answer; nothing is lost, try again in a minute',
    ]);
  }
});
