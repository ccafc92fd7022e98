import { HOUR_MS } from '@headroom/common';
import { isSaid, parseInput } from '@headroom/node';
import {
  HoursOfWorkload,
  MOST_WORKLOAD_HOURS,
  MOST_WORKLOADS_OF_HOURS,
  WorkloadHours,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { ScopedStores } from '../../database/ScopedStores';

const hour = z.string().transform((value, context) => {
  const at = z.iso.datetime().safeParse(value).success
    ? new Date(value)
    : undefined;
  if (!at || at.getTime() % HOUR_MS !== 0) {
    context.addIssue({
      code: 'custom',
      message: `${isSaid(
        value,
      )}; it must be a full hour in UTC, such as 2026-01-31T13:00:00Z`,
    });
    return z.NEVER;
  }
  return at.toISOString();
});

const name = z.string().min(1).max(253);

/** Which hours of which workloads can be asked for. */
export const workloadHoursRequest = z
  .strictObject({
    workloads: z
      .array(
        z.strictObject({
          cluster: name.describe('Name of the cluster.'),
          namespace: name,
          kind: name.describe('E.g. `Deployment`.'),
          name,
        }),
      )
      .min(1)
      .max(MOST_WORKLOADS_OF_HOURS),
    from: hour.describe('First hour, ISO 8601 UTC.'),
    to: hour.describe(
      `Hour after the last one; workloads times hours are at most ${MOST_WORKLOAD_HOURS}.`,
    ),
  })
  .superRefine(({ workloads, from, to }, context) => {
    const hours = (Date.parse(to) - Date.parse(from)) / HOUR_MS;
    const most = Math.floor(MOST_WORKLOAD_HOURS / workloads.length);
    if (!(hours > 0 && hours <= most)) {
      context.addIssue({
        code: 'custom',
        path: ['to'],
        message: `${isSaid(
          to,
        )}; it must be after from, by at most ${most} hours, as those of all workloads together are ${MOST_WORKLOAD_HOURS} at most`,
      });
    }
  });

/** What workloads cost hour by hour, each with the units of the first metric that it has. */
export async function workloadHours(
  { workloadHours: store }: ScopedStores,
  body: unknown,
  { currency, metrics }: { currency: string; metrics: readonly string[] },
): Promise<WorkloadHours> {
  const asked = parseInput(workloadHoursRequest, body);
  const found = new Map<number, HoursOfWorkload>();
  let left = [...asked.workloads.keys()];
  for (const metric of metrics) {
    const read = await store.hours(asked, left, metric);
    for (const [index, hours] of read) {
      if (hours.some(({ units }) => units !== undefined)) {
        found.set(index, { hours, metric });
      }
    }
    left = left.filter(index => !found.has(index));
    if (left.length === 0) {
      break;
    }
  }
  for (const [index, hours] of await store.hours(asked, left, undefined)) {
    found.set(index, { hours });
  }
  return {
    currency,
    workloads: asked.workloads.map(
      (_, index) => found.get(index) ?? { hours: [] },
    ),
  };
}
