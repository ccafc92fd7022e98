import { Fence } from '@headroom/node';
import { CostClient } from '@headroom/plugin-cost-common';
import { Feature } from '../../core/Feature';
import { ScalingCore } from '../../core/ScalingCore';
import { PREFIX } from '../../database/openDatabase';
import { SavingStore } from '../../database/SavingStore';
import { Savings } from './Savings';
import { PoliciesNow, SavingsJob } from './SavingsJob';
import { createSavingsRouter } from './savingsRouter';

const TASK = 'scaling-savings';
/** Kinds of which every workload of a cluster is known. */
const SEEN_KINDS = new Set(['Deployment', 'StatefulSet', 'CronJob', 'Rollout']);

/** What was saved, measured from the ledger and from what workloads cost. */
export function createSavingsFeature(
  core: ScalingCore,
): Feature & { savings: Savings } {
  const fence = Fence.create({ prefix: PREFIX, task: TASK });
  const job = SavingsJob.create({
    ...core,
    fence,
    policies: () => policiesNow(core),
    costs: CostClient.create({ discoveryApi: core.discovery }),
    savings: SavingStore.create({ knex: core.database.work }),
  });
  const savings = Savings.create({ savings: core.stores.savings });
  return {
    savings,
    routes: createSavingsRouter({ ...core, savings }),
    tasks: [
      {
        id: TASK,
        schedule: core.config.savings.schedule,
        fence,
        run: turn => job.run(turn),
      },
    ],
  };
}

async function policiesNow({
  fleet,
  config,
}: Pick<ScalingCore, 'fleet' | 'config'>): Promise<PoliciesNow> {
  const view = await fleet.recent();
  return {
    titleOf: policyId => view.book.get(policyId)?.policy.title,
    zoneOf: policyId =>
      view.book.get(policyId)?.policy.schedules[0]?.zone ?? config.timezone,
    isGone: ({ cluster, subject, objects }) => {
      const seen = view.cluster(cluster);
      return (
        SEEN_KINDS.has(subject.split(' ')[0]) &&
        seen?.snapshot?.trust.trustworthy === true &&
        !objects.some(uid => seen.byObject.has(uid))
      );
    },
  };
}
