import { startCostBackend } from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();

it.each([
  'advice/50%',
  'services/component/default/%ff',
  'teams/group/%E0%A4/shop',
])('refuses a path that cannot be decoded: %p', async path => {
  const api = await startCostBackend({ knex: await postgres.migrated() });
  const { status, body } = await api.get(`/api/cost/v1/${path}`);
  expect([status, body.error.message]).toEqual([
    400,
    `The path is "/v1/${path}"; a percent sign in it must be written %25, and other characters in UTF-8`,
  ]);
});
