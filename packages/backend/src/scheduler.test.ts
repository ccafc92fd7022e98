import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import request from 'supertest';
import { scheduler } from './scheduler';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const TASKS = '/api/tasks/.backstage/scheduler/v1/tasks';

async function start() {
  const run = jest.fn();
  const knex = await databases.init('POSTGRES_18');
  const { server } = await startTestBackend({
    features: [
      scheduler,
      mockServices.database.mock({ getClient: async () => knex }).factory,
      createBackendPlugin({
        pluginId: 'tasks',
        register: env =>
          env.registerInit({
            deps: { tasks: coreServices.scheduler },
            init: ({ tasks }) =>
              tasks.scheduleTask({
                id: 'dear',
                frequency: { hours: 24 },
                initialDelay: { hours: 24 },
                timeout: { minutes: 1 },
                fn: async () => run(),
              }),
          }),
      }),
    ],
  });
  const as = (header: string) => ({
    get: (path: string) =>
      request(server).get(path).set('Authorization', header),
    post: (path: string) =>
      request(server).post(path).set('Authorization', header),
  });
  return {
    run,
    user: as(mockCredentials.user.header()),
    service: as(mockCredentials.service.header()),
  };
}

describe('scheduled tasks', () => {
  it.each([
    TASKS,
    TASKS.toLocaleUpperCase('en-US').replace('/API/TASKS', '/api/tasks'),
    `${TASKS}/`,
    `${TASKS}?x=1`,
  ])('are not listed for a user: %s', async path => {
    const { user } = await start();
    const { status, text } = await user.get(path);
    expect(status).toBe(403);
    expect(text).not.toContain('dear');
  });

  it.each(['trigger', 'cancel'])('are not for a user to %s', async action => {
    const { user, run } = await start();
    expect((await user.post(`${TASKS}/dear/${action}`)).status).toBe(403);
    expect(run).not.toHaveBeenCalled();
  });

  it('are listed and triggered for services', async () => {
    const { service } = await start();
    const { status, body } = await service.get(TASKS);
    expect(status).toBe(200);
    expect(body.tasks).toMatchObject([{ taskId: 'dear' }]);
    expect((await service.post(`${TASKS}/dear/trigger`)).status).toBe(200);
  });
});
