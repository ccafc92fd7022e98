import { Fence } from '@headroom/node';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { CompletionStore } from '../../database/completion/CompletionStore';
import { CompletionJob } from './CompletionJob';
import { createCompletionRouter } from './completionRouter';
import { Completions } from './Completions';

/** What everything costs now against a baseline, and whether services are as good as they were. */
export function createCompletionFeature(core: CostCore): Feature {
  const { config, httpAuth, scopes } = core;
  const knex = core.database.work;
  const fence = Fence.create({ prefix: 'cost', task: 'cost-completion' });
  const job = CompletionJob.create({
    ...core,
    knex,
    store: CompletionStore.create({ knex, fence }),
  });
  return {
    routes: createCompletionRouter({
      httpAuth,
      completions: Completions.create({
        scopes,
        metrics: config.unitMetrics.map(({ id }) => id),
        tolerance: config.completion.tolerance,
      }),
    }),
    tasks: [
      {
        id: fence.task,
        fence,
        schedule: config.completion.schedule,
        run: () => job.run(),
      },
    ],
  };
}
