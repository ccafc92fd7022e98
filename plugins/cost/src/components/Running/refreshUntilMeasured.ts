import { ServiceCostReport } from '@headroom/plugin-cost-common';

const LINKED_MS = 10_000;
const MEASURED_MS = 60_000;
/** A quarter of an hour until workloads are linked, and one and a half until an hour is measured. */
const MOST_ROUNDS = 90;

/** After how long a page looks again for the figures of a service that is new; not for ever. */
export function refreshUntilMeasured(
  { status }: Pick<ServiceCostReport, 'status'>,
  rounds: number,
): number | undefined {
  if (status === 'ok' || rounds >= MOST_ROUNDS) {
    return undefined;
  }
  return status === 'no-workloads' ? LINKED_MS : MEASURED_MS;
}
