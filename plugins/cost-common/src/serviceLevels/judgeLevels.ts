import { latencyQuantile } from './latency';
import { ServiceLevelFacts } from './serviceLevels';

/** How much worse a service may be than in the baseline and still hold its level. @public */
export interface LevelTolerance {
  /** p95 latency, percent longer. */
  p95Percent: number;
  /** Error rate, percentage points higher. */
  errorPoints: number;
  /** Requests served a second, percent fewer. */
  throughputPercent: number;
  /** Requests in a window below which nothing is judged. */
  minimumRequests: number;
}

/** What {@link LevelTolerance} is unless configuration says otherwise. @public */
export const DEFAULT_LEVEL_TOLERANCE: LevelTolerance = {
  p95Percent: 10,
  errorPoints: 0.1,
  throughputPercent: 10,
  minimumRequests: 1000,
};

/** `unknown` is neither: nobody knows. @public */
export type LevelVerdict = 'held' | 'broken' | 'unknown';

/**
 * Why a level is not known, or how it comes to be held.
 *
 * - `not-read`: no service has such a series, so no query for it is configured, or it finds nothing
 * - `no-series`: other services have one, this one has none in one of the windows, or not of the same workloads in both
 * - `few-days`: one of its series is of less than half the hours of a window
 * - `few-requests`: too few to judge by
 * - `beyond-buckets`: it lies beyond the last bucket of the histogram
 * - `new`, `gone`: it ran in one of the windows only
 * - `less-demand`: held: fewer were served because fewer were asked for
 *
 * @public
 */
export const LEVEL_REASONS = [
  'not-read',
  'no-series',
  'few-days',
  'few-requests',
  'beyond-buckets',
  'new',
  'gone',
  'less-demand',
] as const;

/** @public */
export type LevelReason = (typeof LEVEL_REASONS)[number];

/** One measure in both windows. @public */
export interface LevelCheck {
  verdict: LevelVerdict;
  /** Seconds, a share of 1, or requests a second; absent = not known. */
  before?: number;
  after?: number;
  reason?: LevelReason;
}

/** The measures of a service level. @public */
export const LEVEL_MEASURES = ['p95', 'errorRate', 'throughput'] as const;

/** @public */
export type LevelMeasure = (typeof LEVEL_MEASURES)[number];

/** Whether a service is as good as it was: `broken` as soon as one measure is, `held` only when all are. @public */
export interface LevelJudgement {
  verdict: LevelVerdict;
  checks: Record<LevelMeasure, LevelCheck>;
}

/** What a judgement stands on. @public */
export interface LevelInput {
  before?: ServiceLevelFacts;
  after?: ServiceLevelFacts;
  /** What it cost something in. */
  ran: { before: boolean; after: boolean };
}

/** What all services have in common. @public */
export interface LevelContext {
  /** Hours that are compared. */
  windows: Record<'before' | 'after', { hours: number }>;
  /** Which series there are of any service. */
  read: { requests: boolean; errors: boolean; latency: boolean };
  tolerance: LevelTolerance;
}

const P95 = 0.95;
const LEAST_SHARE_OF_HOURS = 0.5;
const SECONDS_PER_HOUR = 3600;
/** What floats may stray without anything being worse. */
const EPSILON = 1e-9;
const SIDES = ['before', 'after'] as const;

/** Judges a service by what its requests were like in both windows. @public */
export function judgeLevels(
  input: LevelInput,
  context: LevelContext,
): LevelJudgement {
  const checks = {
    p95: checkP95(input, context),
    errorRate: checkErrors(input, context),
    throughput: checkThroughput(input, context),
  };
  const verdicts = Object.values(checks).map(({ verdict }) => verdict);
  const whole = () => (verdicts.includes('unknown') ? 'unknown' : 'held');
  return {
    verdict: verdicts.includes('broken') ? 'broken' : whole(),
    checks,
  };
}

/** Why a measure can't be judged, the first reason that there is. */
function reasonOf(
  { before, after, ran }: LevelInput,
  { windows, read, tolerance }: LevelContext,
  series: keyof LevelContext['read'],
): LevelReason | undefined {
  if (!ran.before || !ran.after) {
    return ran.after ? 'new' : 'gone';
  }
  if (!read[series]) {
    return 'not-read';
  }
  if (!before || !after) {
    return 'no-series';
  }
  const sides = [before, after];
  const isKnown = (facts: ServiceLevelFacts) => facts[series] !== undefined;
  if (!sides.every(isKnown) || !areOfSame(before, after)) {
    return 'no-series';
  }
  if (
    leastHours(before) < LEAST_SHARE_OF_HOURS * windows.before.hours ||
    leastHours(after) < LEAST_SHARE_OF_HOURS * windows.after.hours
  ) {
    return 'few-days';
  }
  return before.requests < tolerance.minimumRequests
    ? 'few-requests'
    : undefined;
}

function checkP95(input: LevelInput, context: LevelContext): LevelCheck {
  const [before, after] = SIDES.map(side => {
    const { latency } = input[side] ?? {};
    return latency && latencyQuantile(latency, P95);
  });
  const known = {
    ...(before?.seconds !== undefined && { before: before.seconds }),
    ...(after?.seconds !== undefined && { after: after.seconds }),
  };
  const reason =
    reasonOf(input, context, 'latency') ?? fewAfter(input, context);
  if (reason) {
    return { verdict: 'unknown', ...known, reason };
  }
  if (!before || !after) {
    return { verdict: 'unknown', ...known, reason: 'no-series' };
  }
  if (before.seconds === undefined) {
    return { verdict: 'unknown', ...known, reason: 'beyond-buckets' };
  }
  const most =
    before.seconds * (1 + context.tolerance.p95Percent / 100) + EPSILON;
  if (after.seconds === undefined) {
    // What is beyond a bound that is too slow is too slow itself.
    return after.atLeastSeconds > most
      ? { verdict: 'broken', ...known, reason: 'beyond-buckets' }
      : { verdict: 'unknown', ...known, reason: 'beyond-buckets' };
  }
  return { verdict: after.seconds <= most ? 'held' : 'broken', ...known };
}

function checkErrors(input: LevelInput, context: LevelContext): LevelCheck {
  const before = errorRate(input.before);
  const after = errorRate(input.after);
  const known = {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  const reason = reasonOf(input, context, 'errors') ?? fewAfter(input, context);
  if (reason || before === undefined || after === undefined) {
    return { verdict: 'unknown', ...known, reason: reason ?? 'no-series' };
  }
  const most = before + context.tolerance.errorPoints / 100 + EPSILON;
  return { verdict: after <= most ? 'held' : 'broken', ...known };
}

/**
 * Fewer requests served are no fault of a service that was asked for fewer: they are
 * held when it served as large a share of them as before.
 */
function checkThroughput(input: LevelInput, context: LevelContext): LevelCheck {
  const { tolerance } = context;
  const [before, after] = SIDES.map(side => {
    const facts = input[side];
    return facts && servedPerSecond(facts);
  });
  const known = {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  const reason = reasonOf(input, context, 'requests');
  if (reason || before === undefined || after === undefined) {
    return { verdict: 'unknown', ...known, reason: reason ?? 'no-series' };
  }
  const least = before * (1 - tolerance.throughputPercent / 100) - EPSILON;
  if (after >= least) {
    return { verdict: 'held', ...known };
  }
  const errors = checkErrors(input, context);
  switch (errors.verdict) {
    case 'held':
      return { verdict: 'held', ...known, reason: 'less-demand' };
    case 'broken':
      return { verdict: 'broken', ...known };
    default:
      // Whether they were asked for is what nobody knows.
      return { verdict: 'unknown', ...known, reason: errors.reason };
  }
}

/** Of what nobody asks for any more it can't be said how it would answer. */
function fewAfter(
  { after }: LevelInput,
  { tolerance }: LevelContext,
): LevelReason | undefined {
  return after && after.requests < tolerance.minimumRequests
    ? 'few-requests'
    : undefined;
}

function errorRate(facts: ServiceLevelFacts | undefined): number | undefined {
  return facts?.errors === undefined || !(facts.requests > 0)
    ? undefined
    : facts.errors / facts.requests;
}

/** Each series by the hours it was read in: those it was not are not known, and no zero. */
function servedPerSecond({
  series,
  requests,
  errors = 0,
}: ServiceLevelFacts): number {
  const perHour = series.reduce(
    (sum, each) => sum + (each.hours > 0 ? each.requests / each.hours : 0),
    0,
  );
  const share = requests > 0 ? (requests - errors) / requests : 1;
  return (perHour / SECONDS_PER_HOUR) * share;
}

function leastHours({ series }: ServiceLevelFacts): number {
  return Math.min(...series.map(({ hours }) => hours));
}

/** Whether the same workloads were read: what one of them served alone is not what they all did. */
function areOfSame(a: ServiceLevelFacts, b: ServiceLevelFacts): boolean {
  const keys = new Set(a.series.map(({ key }) => key));
  return (
    keys.size > 0 &&
    keys.size === b.series.length &&
    b.series.every(({ key }) => keys.has(key))
  );
}
