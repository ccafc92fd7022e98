import { amount, row } from '../../review/__testUtils__/facts';
import { CompletionHeader, CompletionRowFacts } from '../completion';

/** May against the last four weeks of June and July. */
export const completionHeader = (
  change: Partial<CompletionHeader> = {},
): CompletionHeader => ({
  madeAt: '2026-07-08T00:10:00.000Z',
  timezone: 'UTC',
  currency: 'USD',
  simulated: false,
  baseline: {
    start: '2026-05-01',
    end: '2026-06-01',
    month: '2026-05',
    days: 31,
    leftOut: 0,
    hours: 744,
  },
  now: {
    start: '2026-06-08',
    end: '2026-07-06',
    days: 28,
    leftOut: 0,
    hours: 672,
  },
  read: { requests: true, errors: true, latency: true },
  ...change,
});

/** What costs so many micros an hour in both windows, unless told otherwise. */
export const steady = (
  name: string,
  perHour: number,
  change: Partial<CompletionRowFacts> = {},
): CompletionRowFacts => {
  const { days, ...rest } = row({
    entityRef: `component:default/${name}`,
    title: name,
    resources: {
      cpu: {
        before: amount(perHour * 744, 744_000, 372_000),
        after: amount(perHour * 672, 672_000, 336_000),
      },
    },
  });
  return { ...rest, ...change };
};

/** 1,000 requests an hour of which one fails, and a p95 of 0.2 s, or of more. */
export const served = (hours: number, slow = 25) => ({
  series: [{ key: '1/shop/web', hours, requests: 1000 * hours }],
  requests: 1000 * hours,
  errors: hours,
  latency: {
    '0.1': 900 * hours,
    '0.25': (100 - slow) * hours,
    '0.5': slow * hours,
  },
});
