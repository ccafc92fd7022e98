import { randomBytes } from 'node:crypto';
import { AddressInfo, createServer } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import knexFactory, { Knex } from 'knex';

/** As the catalog has it. */
export type Entity = NonNullable<
  NonNullable<Parameters<typeof catalogServiceMock>[0]>['entities']
>[number];

/** A portal that tells owners of cost by mail and Slack. */
export interface Portal {
  /** The cost plugin's tables. */
  cost: Knex;
  /** Those of the notifications plugin. */
  notifications: Knex;
  stop(): Promise<void>;
}

/** A portal on databases of its own, with the entities as its catalog. */
export async function startPortal(
  entities: Entity[],
  mail: { port: number },
): Promise<Portal> {
  const url = new URL(process.env.HEADROOM_TEST_DATABASE!);
  const prefix = `headroom_peer_${randomBytes(4).toString('hex')}_`;
  const port = await freePort();
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: 'http://portal.example.com' },
        backend: {
          baseUrl: `http://127.0.0.1:${port}`,
          listen: { host: '127.0.0.1', port },
          database: {
            client: 'pg',
            prefix,
            connection: {
              host: url.hostname,
              port: Number(url.port),
              user: decodeURIComponent(url.username),
              password: decodeURIComponent(url.password),
            },
          },
        },
        notifications: {
          processors: {
            email: {
              sender: 'headroom@example.com',
              transportConfig: {
                transport: 'smtp',
                hostname: '127.0.0.1',
                port: mail.port,
              },
              cache: { ttl: { milliseconds: 1 } },
            },
            slack: [
              {
                token: 'xoxb-peer',
                throttleInterval: { milliseconds: 100 },
              },
            ],
          },
        },
        headroom: {
          cost: {
            alerts: {
              frequency: { seconds: 1 },
              initialDelay: { seconds: 1 },
            },
            entities: {
              frequency: { seconds: 1 },
              initialDelay: { seconds: 0 },
            },
          },
        },
      },
    }),
  );
  backend.add(catalogServiceMock.factory({ entities }));
  backend.add(import('@backstage/plugin-notifications-backend'));
  backend.add(import('@backstage/plugin-notifications-backend-module-email'));
  backend.add(import('@backstage/plugin-notifications-backend-module-slack'));
  backend.add(import('@headroom/plugin-cost-backend'));
  await backend.start();
  const open = (plugin: string) => {
    const at = new URL(url);
    at.pathname = `/${prefix}${plugin}`;
    return knexFactory({ client: 'pg', connection: at.toString() });
  };
  const [cost, notifications] = [open('cost'), open('notifications')];
  return {
    cost,
    notifications,
    async stop() {
      await backend.stop();
      await cost.destroy();
      await notifications.destroy();
      const admin = knexFactory({ client: 'pg', connection: url.toString() });
      const { rows } = await admin.raw(
        'SELECT datname FROM pg_database WHERE datname LIKE ?',
        [`${prefix}%`],
      );
      for (const { datname } of rows) {
        await admin.raw(`DROP DATABASE ?? WITH (FORCE)`, [datname]);
      }
      await admin.destroy();
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
