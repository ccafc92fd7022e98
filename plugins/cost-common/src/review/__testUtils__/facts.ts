import { eachDay } from '@headroom/common';
import { ReviewAmount, ReviewHeader, ReviewRowFacts } from '../reviewFacts';

/** A week of which everything is in, in the middle of a month. */
export const header = (change: Partial<ReviewHeader> = {}): ReviewHeader => ({
  week: '2026-06-15',
  madeAt: '2026-06-24T00:10:00.000Z',
  timezone: 'UTC',
  currency: 'USD',
  simulated: false,
  hours: {
    before: { complete: 168, wanted: 168 },
    after: { complete: 168, wanted: 168 },
  },
  days: eachDay('2026-04-27', '2026-06-22').map(day => ({
    day,
    complete: true,
  })),
  ...change,
});

export const amount = (
  micros: number,
  quantity: number,
  used?: number,
): ReviewAmount => ({
  micros: BigInt(micros),
  quantity: BigInt(quantity),
  ...(used !== undefined && { used: BigInt(used) }),
});

export const row = (change: Partial<ReviewRowFacts> = {}): ReviewRowFacts => ({
  kind: 'service',
  entityRef: 'component:default/web',
  title: 'Web',
  ownerRefs: ['group:default/shop'],
  resources: { cpu: { before: amount(100, 10, 5), after: amount(100, 10, 5) } },
  oneOff: { before: 0n, after: 0n },
  units: [],
  days: header().days.map(() => 10n),
  ...change,
});
