import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { decimalToMicros } from '@headroom/common';
import { parseSection, readSchedule } from '@headroom/node';
import { AnomalyRule } from '@headroom/plugin-cost-common';
import { z } from 'zod';

const AT = 'headroom.cost.anomalies';

const money = (byDefault: string) =>
  z
    .union([z.string(), z.number()])
    .default(byDefault)
    .transform(String)
    .refine(value => /^\d+(\.\d{1,6})?$/.test(value), {
      error: 'must be an amount of headroom.currency such as 10 or 0.50',
    })
    .transform(decimalToMicros);

const schema = z.object({
  floor: money('10'),
  percent: z
    .number()
    .min(0, { error: 'must be a percentage, from 0' })
    .default(25),
  newFloor: money('100'),
});

/** When cost is looked through for anomalies, and what one has to be. */
export interface AnomaliesConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  rule: Required<AnomalyRule>;
}

/** @throws InputError that names the key, the value and what would be right. */
export function readAnomalies(config: Config): AnomaliesConfig {
  const { floor, percent, newFloor } = parseSection(AT, schema, {
    floor: config.getOptional(`${AT}.floor`),
    percent: config.getOptional(`${AT}.percent`),
    newFloor: config.getOptional(`${AT}.newFloor`),
  });
  return {
    schedule: readSchedule(config, AT, {
      frequency: { minutes: 30 },
      timeout: { minutes: 30 },
      initialDelay: { minutes: 1 },
    }),
    rule: { floorMicros: floor, percent, newFloorMicros: newFloor },
  };
}
