import { AlertSeverity } from '../costAlert';

/**
 * What a rule can look at. `daily-cost`: the cost of 24 hours, in percent of a budget's
 * share of a day. `utilisation`, `gpu-efficiency`: what was used of what was paid for CPU
 * and memory, or GPUs, in percent. `waste`: what was given and not used, in percent of all
 * cost. `hourly-spend`: cost of an hour. `spot-share`: core-hours on spot capacity, in
 * percent of those on capacity whose type is known.
 *
 * @public
 */
export const RULE_MEASURES = [
  'daily-cost',
  'utilisation',
  'gpu-efficiency',
  'waste',
  'hourly-spend',
  'spot-share',
] as const;

/** @public */
export type RuleMeasure = (typeof RULE_MEASURES)[number];

/** Whose hours a rule looks at. @public */
export const RULE_SUBJECTS = ['service', 'team', 'cluster'] as const;

/** @public */
export type RuleSubjectKind = (typeof RULE_SUBJECTS)[number];

/** What is told when it has held for some hours. @public */
export interface CostRule {
  id: string;
  measure: RuleMeasure;
  side: 'above' | 'below';
  /** Percent; of `hourly-spend` whole micros of the stored currency. */
  threshold: number;
  /** So many hours in a row. */
  holdHours: number;
  subjects: readonly RuleSubjectKind[];
  /** Entity references or names of clusters; empty = all subjects of the kinds. */
  only: readonly string[];
  /** Micros a day of what the measure is taken of; what costs less is not looked at. */
  floorMicros: bigint;
  severity: AlertSeverity;
  /** Who is told instead of the owner. */
  notify: readonly string[];
}

const UNIT = 1_000_000n;

/**
 * What is looked at where the configuration says nothing else. The floors are of any
 * currency near a dollar; `hourly-spend` has to be switched on, as no amount fits all.
 *
 * @public
 */
export const DEFAULT_RULES: ReadonlyArray<CostRule & { enabled: boolean }> = [
  rule('daily-cost', 'above', 100, 1, ['service', 'team', 'cluster'], 10n, {
    severity: 'high',
  }),
  rule('gpu-efficiency', 'below', 50, 2, ['service'], 50n),
  rule('utilisation', 'below', 30, 2, ['service'], 25n),
  rule('waste', 'above', 50, 2, ['team'], 100n),
  rule('hourly-spend', 'above', 100_000_000, 1, ['team', 'cluster'], 0n, {
    enabled: false,
  }),
  rule('spot-share', 'below', 20, 6, ['cluster'], 100n, { severity: 'low' }),
];

function rule(
  measure: RuleMeasure,
  side: CostRule['side'],
  threshold: number,
  holdHours: number,
  subjects: readonly RuleSubjectKind[],
  floor: bigint,
  more: { severity?: AlertSeverity; enabled?: boolean } = {},
): CostRule & { enabled: boolean } {
  return {
    id: measure,
    measure,
    side,
    threshold,
    holdHours,
    subjects,
    only: [],
    floorMicros: floor * UNIT,
    severity: 'normal',
    notify: [],
    enabled: true,
    ...more,
  };
}

/** Changes when what a rule says of an hour may change. @public */
export function ruleFingerprint(of: CostRule): string {
  const { measure, side, threshold, holdHours, floorMicros } = of;
  return JSON.stringify([
    measure,
    side,
    threshold,
    holdHours,
    floorMicros.toString(),
  ]);
}
