/**
 * A process that takes turns, for tests that stop and kill it: every task of the
 * plugin's as work that never ends by itself and says on stdout that it goes on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScheduledTurns } from '@headroom/node';

const { config, tasks } = JSON.parse(process.env.TURNS!);

const backend = createBackend();
backend.add(mockServices.rootConfig.factory({ data: config }));
backend.add(
  createBackendPlugin({
    pluginId: 'cost',
    register: env =>
      env.registerInit({
        deps: {
          database: coreServices.database,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          scheduler: coreServices.scheduler,
        },
        init: async deps => {
          const knex = await deps.database.getClient();
          const turns = await ScheduledTurns.create({
            prefix: 'cost',
            ...deps,
            knex,
            beatMs: 2000,
          });
          for (const id of tasks) {
            await turns.schedule({
              id,
              // As seldom as any, so that nothing goes on because it is due.
              schedule: {
                frequency: { minutes: 10 },
                timeout: { minutes: 10 },
                initialDelay: { seconds: 0 },
              },
              run: async ({ signal }) => {
                while (!signal.aborted) {
                  await knex.raw('SELECT 1');
                  process.stdout.write(`works on ${id}\n`);
                  await sleep(200, undefined, { signal }).catch(
                    () => undefined,
                  );
                }
                process.stdout.write(`puts down ${id}\n`);
              },
            });
          }
        },
      }),
  }),
);
void backend.start();
