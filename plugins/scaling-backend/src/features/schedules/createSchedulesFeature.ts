import { LifecycleService } from '@backstage/backend-plugin-api';
import { Verifier } from '@headroom/plugin-controllers-node';
import { CostClient } from '@headroom/plugin-cost-common';
import { ScalingCore } from '../../core/ScalingCore';
import { PlanningStore } from '../../database/PlanningStore';
import { Cycle } from './Cycle';
import { BESIDE, SCHEDULES } from './planDrafts';
import { Rounds } from './Rounds';
import { WorkloadCosts } from './WorkloadCosts';
import { createScheduleVerifier } from './verifySchedule';

/** The controller of schedules, which also does what others have planned. */
export function createSchedulesFeature(
  core: ScalingCore,
  {
    lifecycle,
    verifiers = [],
  }: {
    lifecycle: LifecycleService;
    /** Of other controllers, by their name. */
    verifiers?: ReadonlyArray<readonly [controller: string, Verifier]>;
  },
): { rounds: Rounds; cycle: Cycle } {
  const verifier = createScheduleVerifier(core);
  const cycle = Cycle.create({
    ...core,
    planning: PlanningStore.create({ knex: core.database.work }),
    costs: WorkloadCosts.create({
      ...core,
      costs: CostClient.create({ discoveryApi: core.discovery }),
    }),
    verifiers: new Map([
      [SCHEDULES, verifier],
      [BESIDE, verifier],
      ...verifiers,
    ]),
  });
  const rounds = Rounds.create({
    round: signal => cycle.run(signal),
    everyMs: core.config.cycleMs,
    lifecycle,
    logger: core.logger,
  });
  return { rounds, cycle };
}
