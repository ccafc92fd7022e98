import { chargedInSlots } from '@headroom/plugin-cost-common';
import { sum } from '../reading/collections';
import { RequestSlots } from './requestSlots';

/** What is charged by the larger of request and usage. */
export const DEMANDED = ['cpu', 'memory'] as const;

/** One of {@link DEMANDED}. */
export type Demanded = (typeof DEMANDED)[number];

/** What one container requested and used in the slots of an hour: units times seconds. */
export interface Demand {
  requested: RequestSlots | undefined;
  /** Absent = not known. */
  used: Partial<Record<Demanded, number[]>>;
}

/** max(request, usage) in each slot. */
export function chargedSlots(demand: Demand, resource: Demanded): number[] {
  const requested = demand.requested?.get(resource) ?? [];
  const used = demand.used[resource] ?? [];
  return Array.from(
    { length: Math.max(requested.length, used.length) },
    (_, slot) => Math.max(requested[slot] ?? 0, used[slot] ?? 0),
  );
}

/** max(request, usage) of the hour, looked at slot by slot; undefined while usage is not known. */
export function chargedOf(
  { requested, used }: Demand,
  resource: Demanded,
): number | undefined {
  const slots = used[resource];
  return (
    slots &&
    chargedInSlots({
      requested: requested?.get(resource) ?? slots.map(() => 0),
      used: slots,
    })
  );
}

/** Requested over the hour; undefined when nothing was. */
export function requestedOf(
  { requested }: Demand,
  resource: string,
): number | undefined {
  const slots = requested?.get(resource);
  return slots && sum(slots);
}
