import { Fence } from '@headroom/node';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { RuleJob } from './RuleJob';
import { RuleReports } from './RuleReports';
import { createRulesRouter } from './rulesRouter';

/** Hours are judged by rules, and people read what is over them. */
export function createRulesFeature(core: CostCore): Feature {
  const { config, httpAuth, now, scopes } = core;
  const fence = Fence.create({ prefix: 'cost', task: 'cost-rules' });
  const job = RuleJob.create({ ...core, knex: core.database.work, fence });
  const reports = RuleReports.create({
    scopes,
    rules: config.alerts.watch,
    currency: config.currency,
    timezone: config.timezone,
    now,
  });
  return {
    routes: createRulesRouter({ httpAuth, reports }),
    tasks: [
      {
        id: fence.task,
        fence,
        schedule: config.alerts.schedule,
        run: ({ signal }) => job.run(signal),
      },
    ],
  };
}
