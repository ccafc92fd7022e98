import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { JsonObject } from '@backstage/types';
import { TestPostgres } from '@headroom/node/testUtils';
import request from 'supertest';
import { notificationChannels } from './notificationChannels';

jest.setTimeout(60_000);

const postgres = TestPostgres.create(async () => {});

/** Names of the channels that a user can mute. */
async function channelsOf(processors: JsonObject): Promise<string[]> {
  const knex = await postgres.empty();
  const { server } = await startTestBackend({
    features: [
      notificationsPlugin,
      notificationChannels,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          notifications: { processors },
        },
      }),
    ],
  });
  const { body } = await request(server)
    .get('/api/notifications/settings')
    .expect(200);
  return body.channels.map(({ id }: { id: string }) => id);
}

describe('channels of notifications', () => {
  it('are there where they are configured', async () => {
    expect(await channelsOf({})).toEqual(['Web']);
    expect(
      await channelsOf({
        email: {
          sender: 'headroom@example.com',
          transportConfig: {
            transport: 'smtp',
            hostname: '127.0.0.1',
            port: 25,
          },
        },
        slack: [{ token: 'xoxb-test' }],
      }),
    ).toEqual(['Web', 'Email', 'SlackNotificationProcessor']);
  });
});
