import { CostRule, RuleMeasure } from './costRule';

/** What an hour of a subject came to. Money in whole micros, which doubles hold exactly. @public */
export interface RuleHour {
  /** All of it; of a cluster with what was given to nobody. */
  cost: number;
  /** The part of it that was given to nobody; only clusters have any. */
  idle: number;
  /** Paid for CPU and memory that was given; the part whose usage is known; what was used of that. */
  cpuMemory: number;
  cpuMemoryKnown: number;
  cpuMemoryUsed: number;
  gpu: number;
  gpuKnown: number;
  gpuUsed: number;
  /** Micro-core-hours on capacity whose type is known, and those on spot. */
  cores: number;
  spotCores: number;
}

/**
 * What a measure says of an hour. `unknown`: the hour, or too much of what was used in
 * it, is not known. `nothing`: there is nothing that it could be taken of.
 *
 * @public
 */
export type RuleReading =
  | { is: 'unknown' }
  | { is: 'nothing' }
  | {
      is: 'value';
      /** As the threshold is. */
      value: number;
      /** Micros a day of what it is taken of, from the known ones of the last 24 hours. */
      perDay: number;
    };

/** What a budget leaves of a day. @public */
export interface RuleDayShare {
  /** Of the stored currency. */
  micros: bigint;
  /** The budget counts what was given to nobody. */
  withIdle: boolean;
}

/** Hours before the first that is judged, which are read for what a day comes to. @public */
export const RULE_DAY_HOURS = 24;

/** Less of it known tells nothing of the whole. */
const KNOWN_PART = 0.9;

/** What a measure is taken of. */
const BASES: Record<RuleMeasure, (hour: RuleHour) => number> = {
  'daily-cost': ({ cost, idle }) => cost - idle,
  utilisation: ({ cpuMemory }) => cpuMemory,
  'gpu-efficiency': ({ gpu }) => gpu,
  waste: ({ cost }) => cost,
  'hourly-spend': ({ cost }) => cost,
  'spot-share': ({ cost }) => cost,
};

const UNKNOWN: RuleReading = { is: 'unknown' };
const NOTHING: RuleReading = { is: 'nothing' };

/**
 * What a measure says of consecutive hours, by index; undefined = an hour that isn't
 * known, isn't over, or wasn't read. Of the first 23 the day is not whole.
 *
 * @param dayShare - of a budget; absent = `daily-cost` has nothing to say
 * @public
 */
export function ruleReadings(
  { measure }: Pick<CostRule, 'measure'>,
  hours: ReadonlyArray<RuleHour | undefined>,
  dayShare?: RuleDayShare,
): RuleReading[] {
  const base =
    measure === 'daily-cost' && dayShare?.withIdle
      ? ({ cost }: RuleHour) => cost
      : BASES[measure];
  let sum = 0;
  let known = 0;
  return hours.map((hour, i) => {
    if (hour) {
      sum += base(hour);
      known += 1;
    }
    const left = hours[i - RULE_DAY_HOURS];
    if (left) {
      sum -= base(left);
      known -= 1;
    }
    if (!hour) {
      return UNKNOWN;
    }
    const perDay = (sum / known) * RULE_DAY_HOURS;
    if (measure === 'daily-cost') {
      if (dayShare === undefined || dayShare.micros <= 0n) {
        return NOTHING;
      }
      return known < RULE_DAY_HOURS
        ? UNKNOWN
        : valueOf((sum / Number(dayShare.micros)) * 100, perDay);
    }
    return ofHour(measure, hour, perDay);
  });
}

function ofHour(
  measure: Exclude<RuleMeasure, 'daily-cost'>,
  hour: RuleHour,
  perDay: number,
): RuleReading {
  const given = hour.cpuMemory + hour.gpu;
  const known = hour.cpuMemoryKnown + hour.gpuKnown;
  switch (measure) {
    case 'utilisation':
      return part(
        hour.cpuMemoryUsed,
        hour.cpuMemoryKnown,
        hour.cpuMemory,
        perDay,
      );
    case 'gpu-efficiency':
      return part(hour.gpuUsed, hour.gpuKnown, hour.gpu, perDay);
    case 'waste':
      if (hour.cost <= 0) {
        return NOTHING;
      }
      return isKnown(known, given)
        ? valueOf(
            ((known - hour.cpuMemoryUsed - hour.gpuUsed) / hour.cost) * 100,
            perDay,
          )
        : UNKNOWN;
    case 'hourly-spend':
      return valueOf(hour.cost, perDay);
    default:
      return part(hour.spotCores, hour.cores, hour.cores, perDay);
  }
}

function part(
  used: number,
  known: number,
  given: number,
  perDay: number,
): RuleReading {
  if (given <= 0) {
    return NOTHING;
  }
  return isKnown(known, given)
    ? valueOf((used / known) * 100, perDay)
    : UNKNOWN;
}

function isKnown(known: number, given: number): boolean {
  return known >= given * KNOWN_PART;
}

function valueOf(value: number, perDay: number): RuleReading {
  return { is: 'value', value, perDay };
}
