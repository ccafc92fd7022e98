import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { Knex } from 'knex';
import request from 'supertest';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
} from '../__testUtils__/advice';
import { startCostBackend, startCostServer } from '../__testUtils__/backend';
import { checkContract } from '../__testUtils__/contract';
import { TestPostgres } from '../__testUtils__/database';
import { buildDocument } from '@headroom/node';
import { INFO, operations } from './operations';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = new Date().toISOString();
const LAST_DAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

let knex: Knex;
let adviceId: number;

beforeAll(async () => {
  knex = await postgres.migrated();
  adviceId = await seedContainer(knex, {
    namespace: 'shop',
    kind: 'Deployment',
    name: 'web',
    days: 21,
    lastDay: LAST_DAY,
    usage: OVERSIZED,
  });
  await createAdviceJob({ knex, now: NOW }).runIfDue(
    new AbortController().signal,
  );
});

/** What express keeps of a route or of a router inside another. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
}

function routesOf(layers: Layer[]): string[] {
  return layers.flatMap(({ route, handle }) =>
    route
      ? Object.keys(route.methods).map(method => `${method} ${route.path}`)
      : routesOf(handle?.stack ?? []),
  );
}

const documented = () =>
  operations.map(({ method, path }) => `${method} ${path}`).sort();

describe('the OpenAPI document', () => {
  it('has every route of the routers and nothing else', async () => {
    const mounted: unknown[] = [];
    await startCostServer({
      knex,
      features: [
        mockServices.httpRouter.mock({
          use: handler => mounted.push(handler),
        }).factory,
      ],
    });
    const routes = routesOf(mounted.map(handle => ({ handle } as Layer)))
      .filter(route => !/\/\.(well-known|backstage)\//.test(route)) // Backstage's own
      .filter(route => route !== 'get /openapi.json')
      .sort();
    expect(routes).toEqual(documented());
    expect(new Set(operations.map(({ id }) => id)).size).toBe(
      operations.length,
    );
  });

  it('has every parameter that a route takes and nothing else', async () => {
    const api = await startCostBackend({ knex });
    const values: Record<string, string> = {
      kind: 'component',
      namespace: 'default',
      name: 'web',
      cluster: 'c1',
      id: String(adviceId),
    };
    const { paths } = (await api.get('/api/cost/openapi.json')).body;
    for (const { method, path } of operations) {
      const url = path.replace(/:(\w+)/g, (_, name) => values[name]);
      const { status, body } = await api[method](
        `/api/cost${url}?nonsense=1`,
      ).send(
        method === 'put' ? { state: 'dismissed', reason: 'x' } : undefined,
      );
      const parameters: Array<{ name: string; in: string }> =
        paths[`/api/cost${path.replace(/:(\w+)/g, '{$1}')}`][method].parameters;
      const inQuery = parameters
        .filter(parameter => parameter.in === 'query')
        .map(({ name }) => name);
      expect([path, status, body.error?.message]).toEqual([
        path,
        400,
        `nonsense is not known here; ${
          inQuery.length > 0
            ? `known are ${inQuery.join(', ')}`
            : 'there are no parameters'
        }`,
      ]);
    }
  });

  it('is one that Backstage itself takes, with the paths it would give it', async () => {
    const app = express();
    app.use(
      '/api/cost',
      createValidatedOpenApiRouter(
        JSON.parse(JSON.stringify(buildDocument(INFO, operations))),
        { validatorOptions: { validateApiSpec: true } },
      ),
    );
    const backstage = await request(app).get('/api/cost/openapi.json');
    expect(backstage.status).toBe(200);
    const api = await startCostBackend({ knex });
    const { body } = await api.get('/api/cost/openapi.json');
    expect(Object.keys(body.paths).sort()).toEqual(
      Object.keys(backstage.body.paths).sort(),
    );
    expect(body.openapi).toBe('3.1.0');
    expect(body.security).toEqual([{ token: [] }]);
  });

  it('says what numbers of a query may be, and that money is text', () => {
    const { paths, components } = JSON.parse(
      JSON.stringify(buildDocument(INFO, operations)),
    );
    expect(paths['/v1/fleet/advice'].get.parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: false,
      description: 'Rows of the page; 100 unless said.',
      schema: { type: 'integer', minimum: 1, maximum: 1000 },
    });
    expect(components.schemas.Micros).toMatchObject({
      type: 'string',
      pattern: '^-?\\d+$',
    });
    expect(components.schemas.FleetCostReport.required).toContain('restricted');
  });
});

describe('an answer of a test', () => {
  const asked = { method: 'GET', url: 'http://x/api/cost/v1/settings' };
  const answer = (body: object) => ({
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body,
    text: JSON.stringify(body),
  });
  const settings = {
    timezone: 'UTC',
    currency: 'USD',
    currencies: ['USD'],
    simulated: false,
    unitMetrics: [],
  };

  it('is refused when it lacks a member, mistypes one or has one more', () => {
    const { timezone, ...lacking } = settings;
    checkContract(asked, answer(settings));
    for (const wrong of [
      lacking,
      { ...settings, simulated: 'no' },
      { ...settings, more: 1 },
    ]) {
      expect(() => checkContract(asked, answer(wrong))).toThrow(
        'getSettings answers 200 other than documented',
      );
    }
  });
});
