import { Fence } from '@headroom/node';
import { anomalies } from '../../actions/anomalies';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { AnomalyInputStore } from '../../database/AnomalyInputStore';
import { AnomalyStore } from '../../database/AnomalyStore';
import { AnomalyJob } from './AnomalyJob';
import { AnomalyReports } from './AnomalyReports';
import { createAnomalyRouter } from './anomalyRouter';
import { Expectations } from './Expectations';

/** Finds what services and teams cost too much by itself; people read it and say what is expected. */
export function createAnomaliesFeature(core: CostCore): Feature {
  const { auditor, calendar, config, httpAuth, logger, now, scopes } = core;
  const knex = core.database.work;
  const { rule, schedule } = config.anomalies;
  const fence = Fence.create({ prefix: 'cost', task: 'cost-anomalies' });
  const job = AnomalyJob.create({
    input: AnomalyInputStore.create({ knex }),
    store: AnomalyStore.create({ knex, fence }),
    rule,
    calendar,
    logger,
    now,
  });
  const reports = AnomalyReports.create({
    scopes,
    rule,
    currency: config.currency,
    timezone: config.timezone,
    now,
  });
  return {
    routes: createAnomalyRouter({
      httpAuth,
      reports,
      expectations: Expectations.create({ auditor, scopes, now }),
      timezone: config.timezone,
      now,
    }),
    actions: [anomalies({ reports })],
    tasks: [
      {
        id: fence.task,
        fence,
        schedule,
        run: ({ signal }) => job.run(signal),
      },
    ],
  };
}
