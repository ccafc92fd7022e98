import assert from 'node:assert/strict';
import { chargeOf, problemsOf, Seen } from '../observe';
import { HOURS } from '../series';

/** Relative difference that is allowed. */
const CLOSE = 0.001;

export function assertClose(
  actual: number,
  expected: number,
  what: string,
  close = CLOSE,
): void {
  assert.ok(
    Math.abs(actual - expected) <= close * Math.max(Math.abs(expected), 1e-9),
    `${what} is ${actual}; ${expected} is right`,
  );
}

/** What the last reading before an hour's end may put into the next hour. */
const A_READING = 0.015;

/** `web` as it should be charged: 1 core, 4 GiB of an m5.2xlarge, in every hour. */
export function assertWebIsRight(seen: Seen, workload = 'web'): void {
  assert.deepEqual(seen.observations.missingHours, []);
  for (let hour = 0; hour < HOURS; hour++) {
    const charge = chargeOf(seen, hour, workload);
    assertClose(charge.gibHours, 4, `GiB-hours of hour ${hour}`);
    assertClose(charge.coreHours, 1, `core-hours of hour ${hour}`);
    assertClose(
      charge.usedCoreHours,
      0.5,
      `used core-hours of hour ${hour}`,
      A_READING,
    );
    assertClose(charge.dollars, 0.048, `dollars of hour ${hour}`);
    assertClose(charge.memoryDollars, 0.016753, `memory of hour ${hour}`);
  }
}

/** No hour is partial, and nothing is said that is more than a remark. */
export function assertComplete(seen: Seen, allowed: string[] = []): void {
  assert.deepEqual(
    problemsOf(seen).filter(code => !allowed.includes(code)),
    [],
  );
  assert.ok(
    !seen.observations.problems.some(({ code }) => code === 'partial-hour'),
    'no hour is partial',
  );
}
