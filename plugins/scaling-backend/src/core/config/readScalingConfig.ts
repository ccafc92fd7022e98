import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  parseSection,
  readCurrency,
  readDuration,
  readSchedule,
  readTimezone,
} from '@headroom/node';
import { DEFAULT_LIMITS } from '@headroom/plugin-controllers-node';
import {
  Calendars,
  HolidayCalendar,
  holidayCalendarSchema,
} from '@headroom/plugin-scaling-common';
import { z } from 'zod';
import { readPolicies } from './readPolicies';
import { ScalingConfig } from './ScalingConfig';
import { actingSchema, scalingSchema } from './schema';

const AT = 'headroom.scaling';
const ACTING_AT = 'headroom.acting';

/** A cycle that begins sooner finds nothing new. */
const SHORTEST_CYCLE_MS = 1000;
/** A boundary of a schedule should not be missed by more. */
const LONGEST_CYCLE_MS = 10 * 60_000;
/** The engine begins no write in the last five seconds of a lease. */
const SHORTEST_LEASE_MS = 10_000;

/**
 * Reads and checks the configuration of the scaling back end.
 *
 * @param clusters - names of the configured clusters
 * @throws InputError with one sentence that names the key, the value and what would
 * be right.
 */
export function readScalingConfig(
  config: Config,
  { clusters }: { clusters: readonly string[] },
): ScalingConfig {
  const section = parseSection(AT, scalingSchema, config.getOptional(AT) ?? {});
  section.clusters.forEach(({ name }, index) => {
    if (!clusters.includes(name)) {
      throw new InputError(
        `${AT}.clusters[${index}].name is '${name}'; it must be a cluster of headroom.clusters: ${clusters.join(
          ', ',
        )}`,
      );
    }
  });
  const calendars = readCalendars(section.calendars);
  return {
    timezone: readTimezone(config),
    currency: readCurrency(config),
    upTo: section.mode,
    clustersUpTo: new Map(
      section.clusters.map(({ name, mode }) => [name, mode]),
    ),
    annotations: {
      workloads: section.annotations.workloads.map(({ mode, ...rule }) => ({
        ...rule,
        upTo: mode,
      })),
      entities: section.annotations.entities.map(({ mode, ...rule }) => ({
        ...rule,
        upTo: mode,
      })),
    },
    policies: readPolicies(`${AT}.policies`, section.policies, calendars),
    calendars,
    ...readActing(config),
    cycleMs: readBounded(
      config,
      `${AT}.cycle`,
      { seconds: 30 },
      { from: SHORTEST_CYCLE_MS, to: LONGEST_CYCLE_MS },
    ),
    leaseMs: readBounded(
      config,
      `${AT}.lease`,
      { seconds: 30 },
      { from: SHORTEST_LEASE_MS, to: LONGEST_CYCLE_MS },
    ),
    entities: {
      schedule: readSchedule(config, `${AT}.entities`, {
        frequency: { minutes: 5 },
        timeout: { minutes: 5 },
        initialDelay: { seconds: 5 },
      }),
      kinds: config.getOptionalStringArray(`${AT}.entities.kinds`) ?? [
        'Component',
        'Resource',
        'System',
      ],
    },
    links: {
      schedule: readSchedule(config, `${AT}.links`, {
        frequency: { minutes: 2 },
        timeout: { minutes: 5 },
        initialDelay: { seconds: 10 },
      }),
    },
    savings: {
      schedule: readSchedule(config, `${AT}.savings`, {
        // Hours come in once an hour; the first measure should not wait for one.
        frequency: { minutes: 10 },
        timeout: { minutes: 10 },
        initialDelay: { minutes: 1 },
      }),
    },
  };
}

function readActing(
  config: Config,
): Pick<ScalingConfig, 'limits' | 'freezeWindows'> {
  const acting = parseSection(
    ACTING_AT,
    actingSchema,
    config.getOptional(ACTING_AT) ?? {},
  );
  return {
    freezeWindows: acting.freezeWindows,
    limits: {
      protectedNamespaces: acting.protectedNamespaces,
      blastRadius: { ...DEFAULT_LIMITS.blastRadius, ...acting.blastRadius },
      inventory: { ...DEFAULT_LIMITS.inventory, ...acting.inventory },
      rate: { ...DEFAULT_LIMITS.rate, ...acting.rate },
      contested: { ...DEFAULT_LIMITS.contested, ...acting.contested },
    },
  };
}

function readCalendars(written: readonly unknown[]): Calendars {
  const calendars: HolidayCalendar[] = parseSection(
    `${AT}.calendars`,
    z.array(holidayCalendarSchema),
    written,
  );
  const byId = new Map<string, HolidayCalendar>();
  calendars.forEach((calendar, index) => {
    if (byId.has(calendar.id)) {
      throw new InputError(
        `${AT}.calendars[${index}].id is '${calendar.id}', which another calendar has; give each one of its own`,
      );
    }
    byId.set(calendar.id, calendar);
  });
  return Object.fromEntries(byId);
}

function readBounded(
  config: Config,
  at: string,
  fallback: { seconds: number },
  { from, to }: { from: number; to: number },
): number {
  const milliseconds = readDuration(config, at, fallback);
  if (milliseconds < from || milliseconds > to) {
    throw new InputError(
      `${at} is ${milliseconds / 1000} seconds; it must be ${from / 1000} to ${
        to / 1000
      } seconds`,
    );
  }
  return milliseconds;
}
