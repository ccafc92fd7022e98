import fc from 'fast-check';
import {
  DEFAULT_LEVEL_TOLERANCE,
  judgeLevels,
  LevelContext,
  LevelInput,
} from './judgeLevels';
import { ServiceLevelFacts } from './serviceLevels';

const context = (change: Partial<LevelContext> = {}): LevelContext => ({
  windows: {
    before: { hours: 744 },
    after: { hours: 672 },
  },
  read: { requests: true, errors: true, latency: true },
  tolerance: DEFAULT_LEVEL_TOLERANCE,
  ...change,
});

const series = (key: string, hours: number, perHour = 1000) => [
  { key, hours, requests: perHour * hours },
];
/** 1,000 requests an hour, of which 0.1 % fail, and a p95 of 0.2 s. */
const facts = (
  hours: number,
  change: Partial<ServiceLevelFacts> = {},
): ServiceLevelFacts => ({
  series: series('web', hours),
  requests: 1000 * hours,
  errors: hours,
  latency: { '0.1': 900 * hours, '0.25': 75 * hours, '0.5': 25 * hours },
  ...change,
});
const RAN = { before: true, after: true };
const judge = (
  after: Partial<ServiceLevelFacts> = {},
  change: Partial<LevelInput> = {},
  of = context(),
) =>
  judgeLevels(
    { before: facts(744), after: facts(672, after), ran: RAN, ...change },
    of,
  );

describe('the service level of a service', () => {
  it('is held when nothing changed, though the months are not equally long', () => {
    const { verdict, checks } = judge();
    expect(verdict).toBe('held');
    expect(checks.p95.before).toBeCloseTo(0.2, 9);
    expect(checks.errorRate).toEqual({
      verdict: 'held',
      before: 0.001,
      after: 0.001,
    });
    expect(checks.throughput.before).toBeCloseTo(999 / 3600, 9);
    expect(checks.throughput.after).toBeCloseTo(999 / 3600, 9);
  });

  it('is broken by a latency that is more than a tenth longer', () => {
    const slower = { '0.1': 880 * 672, '0.25': 80 * 672, '0.5': 40 * 672 };
    expect(judge({ latency: slower }).checks.p95).toMatchObject({
      verdict: 'broken',
      after: expect.closeTo(0.23125, 6),
    });
    expect(judge({ latency: slower }).verdict).toBe('broken');
  });

  it('is broken by errors of more than 0.1 points more, and held by as many', () => {
    expect(judge({ errors: 3 * 672 }).checks.errorRate.verdict).toBe('broken');
    expect(judge({ errors: 2 * 672 }).checks.errorRate.verdict).toBe('held');
  });

  it('is no worse for what nobody asked for', () => {
    const half = facts(672);
    const less = judge({
      series: series('web', 672, 500),
      requests: half.requests / 2,
      errors: half.errors! / 2,
    });
    expect(less.checks.throughput).toMatchObject({
      verdict: 'held',
      reason: 'less-demand',
    });
    const refused = judge({ errors: half.requests / 2 });
    expect(refused.checks.throughput.verdict).toBe('broken');
    const blind = judge(
      {
        series: series('web', 672, 500),
        requests: half.requests / 2,
        errors: undefined,
      },
      {},
      context({ read: { requests: true, errors: false, latency: true } }),
    );
    expect(blind.checks.throughput).toMatchObject({
      verdict: 'unknown',
      reason: 'not-read',
    });
  });

  it('takes hours that were not read for unknown, and not for hours without requests', () => {
    const part = facts(480);
    const { verdict, checks } = judge({}, { after: part });
    expect(verdict).toBe('held');
    expect(checks.throughput).toEqual({
      verdict: 'held',
      before: expect.closeTo(999 / 3600, 9),
      after: expect.closeTo(999 / 3600, 9),
    });
  });

  it('serves as much a second however many hours of its workloads were read, given half of them', () => {
    const hours = fc.integer({ min: 336, max: 672 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hours, fc.integer({ min: 10, max: 5000 })), {
          minLength: 1,
          maxLength: 4,
        }),
        workloads => {
          const of = (read: (known: number) => number) => {
            const each = workloads.flatMap(([known, perHour], i) =>
              series(`w${i}`, read(known), perHour),
            );
            const requests = each.reduce((sum, one) => sum + one.requests, 0);
            return { ...facts(672), series: each, requests, errors: 0 };
          };
          const { throughput } = judge(
            {},
            { before: of(() => 744), after: of(known => known) },
          ).checks;
          expect(throughput.verdict).toBe('held');
          expect(throughput.reason).toBeUndefined();
          expect(throughput.after).toBeCloseTo(throughput.before!, 6);
        },
      ),
    );
  });

  it('says what is beyond the last bucket only where that is too slow by itself', () => {
    expect(
      judge({ latency: { '0.1': 1000, '0.5': 0, '+Inf': 1000 } }).checks.p95,
    ).toMatchObject({ verdict: 'broken', reason: 'beyond-buckets' });
    expect(
      judge({ latency: { '0.1': 1000, '+Inf': 1000 } }).checks.p95,
    ).toMatchObject({ verdict: 'unknown', reason: 'beyond-buckets' });
  });

  it.each<[string, Partial<LevelInput>, Partial<LevelContext>]>([
    ['new', { ran: { before: false, after: true } }, {}],
    ['gone', { ran: { before: true, after: false } }, {}],
    ['no-series', { before: undefined }, {}],
    ['no-series', { after: undefined }, {}],
    [
      'not-read',
      {},
      { read: { requests: false, errors: false, latency: false } },
    ],
    ['few-days', { before: facts(744, { series: series('web', 371) }) }, {}],
    [
      'few-days',
      {
        before: facts(744, {
          series: [...series('web', 744), ...series('api', 744)],
        }),
        after: facts(672, {
          series: [...series('web', 672), ...series('api', 1)],
        }),
      },
      {},
    ],
    ['no-series', { after: facts(672, { series: series('api', 672) }) }, {}],
    [
      'no-series',
      {
        before: facts(744, {
          series: [...series('web', 744), ...series('api', 744)],
        }),
      },
      {},
    ],
    ['few-requests', { before: facts(744, { requests: 999 }) }, {}],
  ])('is unknown: %s', (reason, change, of) => {
    const { verdict, checks } = judge({}, change, context(of));
    expect(verdict).toBe('unknown');
    expect(Object.values(checks).map(each => each.reason)).toEqual([
      reason,
      reason,
      reason,
    ]);
  });

  const anyFacts = fc.option(
    fc.record(
      {
        series: fc.array(
          fc.record({
            key: fc.constantFrom('web', 'api'),
            hours: fc.integer({ min: 0, max: 744 }),
            requests: fc.integer({ min: 0, max: 1e6 }),
          }),
          { maxLength: 2 },
        ),
        requests: fc.integer({ min: 0, max: 1e6 }),
        errors: fc.integer({ min: 0, max: 1e4 }),
        latency: fc.dictionary(
          fc.constantFrom('0.1', '0.5', '+Inf'),
          fc.integer({ min: 0, max: 1e6 }),
        ),
      },
      { requiredKeys: ['series', 'requests'] },
    ),
    { nil: undefined },
  );

  it('is held only when every measure is known in both windows', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (before, after) => {
        const { verdict, checks } = judgeLevels(
          { before, after, ran: RAN },
          context(),
        );
        const all = Object.values(checks);
        const isKnown = all.every(
          check =>
            check.verdict === 'held' &&
            check.before !== undefined &&
            check.after !== undefined,
        );
        expect(verdict === 'held').toBe(isKnown);
        expect(
          all.filter(check => check.verdict === 'unknown' && !check.reason),
        ).toEqual([]);
      }),
    );
  });

  it('never breaks by becoming better', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 672 }),
        fc.integer({ min: 0, max: 400 }),
        (errors, faster) => {
          const latency = {
            '0.1': 900 * 672 + faster,
            '0.25': 75 * 672 - faster,
            '0.5': 25 * 672,
          };
          expect(judge({ errors, latency }).verdict).toBe('held');
        },
      ),
    );
  });
});
