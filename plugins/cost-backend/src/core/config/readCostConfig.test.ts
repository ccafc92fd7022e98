import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readCostConfig } from './readCostConfig';

const read = (headroom: JsonObject) =>
  readCostConfig(new ConfigReader({ headroom }));

describe('readCostConfig', () => {
  it('has defaults for everything', () => {
    expect(readCostConfig(new ConfigReader({}))).toMatchObject({
      timezone: 'UTC',
      currency: 'USD',
      exchangeRates: [],
      retentionMonths: 13,
      sharing: { sharedNamespaces: [], split: 'weighted' },
      ingest: {
        settleMs: 300_000,
        lateHorizonHours: 6,
        backfillHours: 720,
        share: 0.05,
        schedule: {
          frequency: { minutes: 1 },
          initialDelay: { seconds: 15 },
        },
      },
      entities: { kinds: ['Component', 'Resource'] },
    });
  });

  it('reads durations and schedules one by one', () => {
    const { ingest, entities, retentionMonths } = read({
      cost: {
        ingest: { frequency: { cron: '*/10 * * * *' }, backfill: '60d' },
        entities: { initialDelay: { seconds: 1 } },
        retention: { hours: { months: 6 } },
      },
    });
    expect(ingest.schedule).toMatchObject({
      frequency: { cron: '*/10 * * * *' },
      timeout: { minutes: 10 },
    });
    expect(ingest.backfillHours).toBe(1440);
    expect(entities.schedule.initialDelay).toEqual({ seconds: 1 });
    expect(retentionMonths).toBe(6);
  });

  it('keeps tags for budgets that name no service', () => {
    const budget = {
      id: 'team-web',
      scope: { type: 'tag', tag: 'team', value: 'web' },
      cost: { basis: 'billed', tax: true, credits: true },
      amount: '5',
    };
    const withTags = (tags: string[]) =>
      read({
        cost: {
          bill: { serviceTags: ['app'], tags },
          budgets: { defined: [budget] },
        },
      });
    const { bill, budgets } = withTags(['team', 'app']);
    expect(bill).toMatchObject({ serviceTags: ['app'], tags: ['app', 'team'] });
    expect(budgets.defined).toHaveLength(1);
    expect(() => withTags([])).toThrow(
      'scope.tag is "team"; it must be one of app, the tags that are kept (headroom.cost.bill)',
    );
    expect(() => withTags([''])).toThrow(
      'headroom.cost.bill.tags[0] must not be empty',
    );
    expect(() => withTags(['team', 'team'])).toThrow(
      'headroom.cost.bill.tags names a tag twice',
    );
  });

  it('converts the built-in prices at the rate of the day', () => {
    const { prices } = read({
      currency: 'EUR',
      exchangeRates: [
        { currency: 'USD', rate: 2, validFrom: '2126-01-01' },
        { currency: 'USD', rate: 1, validFrom: '2025-12-01' },
        { currency: 'USD', rate: 1.25, validFrom: '2026-01-01' },
      ],
    });
    const on = (day: string) => {
      const { currency, unitPrices } = prices.builtInOn(day);
      return [currency, unitPrices['on-demand'].gpuDeviceHour];
    };
    // 0.95 USD a device-hour.
    expect(on('2025-01-01')).toEqual(['EUR', '0.950000000000']);
    expect(on('2025-12-31')).toEqual(['EUR', '0.950000000000']);
    expect(on('2026-01-01')).toEqual(['EUR', '0.760000000000']);
    expect(on('2126-01-01')).toEqual(['EUR', '0.475000000000']);
  });

  it('keeps hours at least as long as the back-fill reaches', () => {
    const kept = (months: number, backfill: string) =>
      read({
        cost: { retention: { hours: { months } }, ingest: { backfill } },
      }).retentionMonths;
    expect(kept(2, '56d')).toBe(2);
    expect(() => kept(2, '57d')).toThrow(
      'headroom.cost.retention.hours comes to 2 months, but headroom.cost.ingest.backfill reaches 57 days back; keep hours for 3 months, or read 56 days at most',
    );
  });

  it.each([
    [{ timezone: 'Berlin' }, /headroom.timezone is 'Berlin'/],
    [
      { cost: { reviews: { newIssue: 'http://x.org/?{title}{body}' } } },
      /headroom.cost.reviews.newIssue is "http.*must be an address of https/,
    ],
    [
      { cost: { reviews: { newIssue: 'https://x.org/{title}?b={body}' } } },
      /headroom.cost.reviews.newIssue is .* in its query/,
    ],
    [
      { cost: { reviews: { notify: ['component:default/web'] } } },
      /headroom.cost.reviews.notify\[0\]/,
    ],
    [{ currency: 'usd' }, /headroom.currency is 'usd'/],
    [{ currency: 'EUR' }, /built-in price list is in USD; add a rate for USD/],
    [
      { prices: { currency: 'EUR' } },
      /headroom.prices.currency is EUR but headroom.currency is USD/,
    ],
    [
      { prices: { nodes: [{ instanceType: 'm5', hourlyPrice: -1 }] } },
      /headroom.prices.nodes\[0\].hourlyPrice/,
    ],
    [
      {
        prices: {
          nodes: [{ instanceType: 'm5', hourlyPrice: 1, os: 'Windows' }],
        },
      },
      /headroom.prices.nodes\[0\].os is .*; it must be linux or windows/,
    ],
    [
      {
        prices: {
          nodes: [{ instanceType: 'm5', hourlyPrice: 1, autoMode: 'yes' }],
        },
      },
      /headroom.prices.nodes\[0\].autoMode is .*; it must be true \(EKS Auto Mode\) or false/,
    ],
    [
      {
        exchangeRates: [{ currency: 'EUR', rate: 0, validFrom: '2026-01-01' }],
      },
      /exchangeRates\[0\].rate is .*; it must be a number above 0/,
    ],
    [
      {
        exchangeRates: [{ currency: 'USD', rate: 1, validFrom: '2026-01-01' }],
      },
      /has a rate for USD, which is headroom.currency itself/,
    ],
    [
      { discounts: [{ share: 1 }] },
      /discounts\[0\].share is 1; it must be from 0/,
    ],
    [{ cost: { sharing: { split: 'fair' } } }, /split is 'fair'/],
    [{ cost: { ingest: { concurrency: 0 } } }, /concurrency is 0/],
    [
      { cost: { links: [{ entityRef: 'web' }] } },
      /links\[0\] names no cluster, namespace, workload or label/,
    ],
    [
      { cost: { unitMetrics: [{ id: 'Tokens', title: 'x' }] } },
      /unitMetrics\[0\].id is .*; it must be kebab-case/,
    ],
    [
      {
        cost: {
          unitMetrics: [
            { id: 'a', title: 'x' },
            { id: 'a', title: 'y' },
          ],
        },
      },
      /two metrics with the id 'a'/,
    ],
  ])('refuses %j', (headroom, message) => {
    expect(() => read(headroom as JsonObject)).toThrow(message);
  });
});
