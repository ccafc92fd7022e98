import { Fence } from '@headroom/node';
import { adviceFor } from '../../actions/adviceFor';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { AdviceDecisions } from './AdviceDecisions';
import { AdviceJob } from './AdviceJob';
import { AdviceReports } from './AdviceReports';
import { createAdviceRouter } from './adviceRouter';

/** Rightsizing advice: computed by itself, read and decided about by people. */
export function createAdviceFeature(core: CostCore): Feature {
  const { config, logger, now, scopes } = core;
  const { work } = core.database;
  const fence = Fence.create({ prefix: 'cost', task: 'cost-advice' });
  const job = AdviceJob.create({
    knex: work,
    fence,
    config,
    logger,
    share: config.ingest.share,
  });
  const advice = AdviceReports.create({
    scopes,
    simulated: core.simulated,
    timezone: config.timezone,
    now,
  });
  return {
    routes: createAdviceRouter({
      httpAuth: core.httpAuth,
      scopes,
      advice,
      decisions: AdviceDecisions.create({
        auditor: core.auditor,
        scopes,
        now,
      }),
      currencies: core.currencies,
      logger,
      now,
    }),
    actions: [adviceFor({ ...core, advice })],
    tasks: [
      {
        id: fence.task,
        fence,
        schedule: config.advice.schedule,
        run: ({ signal, enough }) => job.runIfDue(signal, enough),
      },
    ],
  };
}
