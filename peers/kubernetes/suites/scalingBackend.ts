/** The whole scaling back end, on the cluster under test. */
import {
  BackendFeature,
  createServiceFactory,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { LedgerEntry } from '@headroom/common';
import scalingPlugin from '@headroom/plugin-scaling-backend';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { AddressInfo } from 'node:net';
import knexFactory from 'knex';
import { INSTALLED_ACTOR, INSTALLED_READER, peer } from './cluster';

type ConfigOptions = NonNullable<
  Parameters<typeof mockServices.rootConfig.factory>[0]
>;

/** The scaling back end as a caller has it. */
export interface ScalingBackend {
  ask(method: string, path: string, body?: object): Promise<any>;
  ledger(): Promise<LedgerEntry[]>;
  stop(): Promise<void>;
}

/**
 * The scaling back end on a database of its own, reading and acting as told.
 *
 * @param scaling - more of `headroom.scaling`
 * @param features - more of the portal
 */
export async function startScalingBackend(
  actor: typeof INSTALLED_ACTOR | 'no-autoscalers',
  {
    scaling = {},
    features = [],
  }: {
    scaling?: ConfigOptions['data'];
    features?: BackendFeature[];
  } = {},
): Promise<ScalingBackend> {
  const server = process.env.HEADROOM_TEST_DATABASE!;
  const name = `headroom_peer_${randomBytes(4).toString('hex')}`;
  const admin = knexFactory({ client: 'pg', connection: server });
  await admin.raw(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const knex = knexFactory({ client: 'pg', connection: url.toString() });
  const backend = await startTestBackend({
    features: [
      scalingPlugin,
      ...features,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({
        data: {
          headroom: {
            timezone: 'UTC',
            clusters: [
              {
                name: 'peer',
                kubernetes: {
                  url: peer.server,
                  caFile: peer.caFile,
                  token: peer.tokens[INSTALLED_READER],
                  act: { token: peer.tokens[actor] },
                },
              },
            ],
            scaling: { cycle: { seconds: 1 }, ...scaling },
          },
        },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
    ],
  });
  const { port } = backend.server.address() as AddressInfo;
  const ask: ScalingBackend['ask'] = async (method, path, body) => {
    const response = await fetch(
      `http://127.0.0.1:${port}/api/scaling/v1${path}`,
      {
        method,
        headers: { 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      },
    );
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text && JSON.parse(text);
  };
  return {
    ask,
    ledger: async () => (await ask('GET', '/ledger?limit=200')).rows,
    async stop() {
      await backend.stop();
      await knex.destroy();
      await admin.raw(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.destroy();
    },
  };
}
