import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import {
  Config,
  ConfigReader,
  readDurationFromConfig,
} from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { HOUR_MS } from '@headroom/common';

/** The schedule under `at`; keys that are not there have the given defaults. @public */
export function readSchedule(
  config: Config,
  at: string,
  defaults: SchedulerServiceTaskScheduleDefinition,
): SchedulerServiceTaskScheduleDefinition {
  const section = config.getOptionalConfig(at);
  const frequency = section?.has('frequency');
  return {
    ...defaults,
    ...(section?.has('initialDelay') && {
      initialDelay: readDurationFromConfig(section, { key: 'initialDelay' }),
    }),
    ...(section?.has('timeout') && {
      timeout: readDurationFromConfig(section, { key: 'timeout' }),
    }),
    ...(section &&
      frequency && {
        frequency: readSchedulerServiceTaskScheduleDefinitionFromConfig(
          withTimeout(section),
        ).frequency,
      }),
  };
}

/** The reader insists on a timeout beside the frequency. */
function withTimeout(section: Config): Config {
  return new ConfigReader({
    frequency: section.get('frequency'),
    timeout: { hours: 1 },
  });
}

/** Milliseconds under `key`, or of `fallback`. @public */
export function readDuration(
  config: Config,
  key: string,
  fallback: HumanDuration,
): number {
  return durationToMilliseconds(
    config.has(key) ? readDurationFromConfig(config, { key }) : fallback,
  );
}

/** Whole hours under `key`, or of `fallback`. @public */
export function readHours(
  config: Config,
  key: string,
  fallback: HumanDuration,
): number {
  return Math.floor(readDuration(config, key, fallback) / HOUR_MS);
}
