import { Feature } from '../../core/Feature';
import { ScalingCore } from '../../core/ScalingCore';
import { StartUpStore } from '../../database/StartUpStore';
import { MeasureStartUps } from './MeasureStartUps';

/** Often enough that a pod is seen before it was ready twice. */
const SCHEDULE = {
  frequency: { minutes: 5 },
  timeout: { minutes: 4 },
  initialDelay: { seconds: 20 },
};

/** How long pods take to be ready, so that schedules know how early to begin. */
export function createStartUpsFeature(core: ScalingCore): Feature {
  const work = MeasureStartUps.create({
    ...core,
    clusters: core.clusters.map(({ name }) => name),
    startUps: StartUpStore.create({ knex: core.database.work }),
  });
  return {
    tasks: [
      {
        id: 'scaling-start-ups',
        schedule: SCHEDULE,
        run: ({ signal }) => work.run(signal),
      },
    ],
  };
}
