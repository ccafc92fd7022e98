import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const PATH = '/api/cost/v1/sources/c1/check';

describe('the check behind the plugin', () => {
  it('is for those who may see the state of sources, by name of a configured cluster', async () => {
    const knex = await postgres.migrated();
    const allowed = await startCostBackend({ knex });
    const checked = await allowed.post(PATH).buffer(true);
    expect(checked.status).toBe(200);
    expect(checked.headers['content-type']).toContain('application/x-ndjson');
    expect((await allowed.post('/api/cost/v1/sources/c2/check')).status).toBe(
      404,
    );
    const denied = await startCostBackend({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    const refused = await denied.post(PATH);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('cost.sources.read');
  });

  it('refuses a name in the path that cannot be decoded', async () => {
    const api = await startCostBackend({ knex: await postgres.migrated() });
    const { status, body } = await api.post('/api/cost/v1/sources/%E0/check');
    expect([status, body.error.name, body.error.message]).toEqual([
      400,
      'InputError',
      'The path is "/v1/sources/%E0/check"; a percent sign in it must be written %25, and other characters in UTF-8',
    ]);
  });
});
