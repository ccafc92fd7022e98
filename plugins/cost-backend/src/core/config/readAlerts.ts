import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { validZone } from '@headroom/common';
import { parseSection, readSchedule } from '@headroom/node';
import {
  ALERT_KINDS,
  ALERT_SEVERITIES,
  DeliveryRules,
  entityRefOfKind,
  isQuiet,
  nextTime,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { ConfiguredRule, readRules } from './readRules';

const AT = 'headroom.cost.alerts';

const time = z
  .string({ error: 'must be a time of day such as "07:30"' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
    error: 'must be a time of day such as "07:30"',
  });
const group = entityRefOfKind(['group'], 'group:default/platform');
const severity = z.enum(ALERT_SEVERITIES, {
  error: `must be one of ${ALERT_SEVERITIES.join(', ')}`,
});

const schema = z.object({
  platformTeam: group.optional(),
  readers: z.array(group).default([]),
  membersReadBelow: z
    .boolean({ error: 'must be true or false' })
    .default(false),
  zone: z
    .string()
    .refine(validZone, { error: 'must be an IANA zone such as Europe/Berlin' })
    .optional(),
  quietHours: z
    .strictObject({
      from: time.optional(),
      to: time.optional(),
      weekends: z.boolean().default(false),
      letThrough: severity.optional(),
    })
    .refine(({ from, to }) => (from === undefined) === (to === undefined), {
      error: 'must have both from and to, or neither',
    })
    .refine(({ from, to }) => from === undefined || from !== to, {
      error: 'must have a from that is not its to',
    })
    .optional(),
  digest: z
    .strictObject({
      at: time,
      kinds: z
        .array(
          z.enum(ALERT_KINDS, {
            error: `must be one of ${ALERT_KINDS.join(', ')}`,
          }),
        )
        .default([...ALERT_KINDS]),
    })
    .optional(),
});

/** Who is told of cost, and when. */
export interface AlertsConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  rules: DeliveryRules;
  /** What is looked at hour by hour. */
  watch: ConfiguredRule[];
  /** The group that is told what nobody owns. */
  platformTeam?: string;
  /** Groups that may read all cost: they are told amounts of everything. */
  readers: ReadonlySet<string>;
  /** Who is in a group may read what groups below it own. */
  membersReadBelow: boolean;
}

/** @throws InputError that names the key, the value and what would be right. */
export function readAlerts(config: Config, timezone: string): AlertsConfig {
  const { platformTeam, readers, membersReadBelow, zone, quietHours, digest } =
    parseSection(
      AT,
      schema,
      Object.fromEntries(
        Object.keys(schema.shape).map(key => [
          key,
          config.getOptional(`${AT}.${key}`),
        ]),
      ),
    );
  const rules: DeliveryRules = {
    zone: zone ?? timezone,
    ...(quietHours && { quietHours }),
    ...(digest && { digest }),
  };
  refuseQuietDigest(rules);
  return {
    schedule: readSchedule(config, AT, {
      frequency: { minutes: 1 },
      timeout: { minutes: 15 },
      initialDelay: { seconds: 45 },
    }),
    rules,
    watch: readRules(config),
    ...(platformTeam !== undefined && { platformTeam }),
    readers: new Set(readers),
    membersReadBelow,
  };
}

/** A digest that is always held back is a mistake. Its weekends may be quiet. */
function refuseQuietDigest({ zone, quietHours, digest }: DeliveryRules): void {
  if (!quietHours || !digest) {
    return;
  }
  const someDay = nextTime(digest.at, zone, new Date(0));
  if (isQuiet({ ...quietHours, weekends: false }, zone, someDay)) {
    throw new InputError(
      `${AT}.digest.at is "${digest.at}"; it must be outside of quietHours, which are from ${quietHours.from} to ${quietHours.to}`,
    );
  }
}
