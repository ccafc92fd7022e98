import { RootConfigService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Fence } from '@headroom/node';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { AlertJob } from './AlertJob';
import { Channels } from './Channels';
import { NoticeSender } from './NoticeSender';

/** People are told what happened to budgets, and what costs too much. */
export function createAlertsFeature(
  core: CostCore,
  {
    notifications,
    config,
  }: { notifications: NotificationService; config: RootConfigService },
): Feature {
  const fence = Fence.create({ prefix: 'cost', task: 'cost-alerts' });
  const job = AlertJob.create({
    ...core,
    knex: core.database.work,
    fence,
    sender: NoticeSender.create({ notifications, now: core.now }),
    channels: Channels.fromConfig(config),
  });
  return {
    tasks: [
      {
        id: fence.task,
        fence,
        schedule: core.config.alerts.schedule,
        run: ({ signal }) => job.run(signal),
      },
    ],
  };
}
