import { Config } from '@backstage/config';
import { readHours } from '@headroom/node';

/**
 * How long late data is accepted: so many hours after its end an hour is still read
 * again, and what came late takes the place of what was stored
 * (`headroom.cost.ingest.lateHorizon`, six hours by default).
 */
export function readLateDataHours(config: Config): number {
  return readHours(config, 'headroom.cost.ingest.lateHorizon', { hours: 6 });
}
