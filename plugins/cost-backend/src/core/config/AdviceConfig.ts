import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { AdvicePolicy, Appetite } from '@headroom/plugin-cost-common';

/** Workloads and the appetite an operator sets for them; every criterion that is given must hold. */
export interface AppetiteRule {
  cluster?: string;
  namespace?: string;
  workload?: string;
  /** Pod labels. */
  labels?: Record<string, string>;
  appetite: Appetite;
}

/** Where the risk appetite of a workload comes from. */
export interface AppetiteConfig {
  default: Appetite;
  /** By `spec.lifecycle` of the linked entity. */
  lifecycles: Record<string, Appetite>;
  /** The first that holds counts. */
  rules: AppetiteRule[];
}

/** Everything under `headroom.cost.advice`, checked. */
export interface AdviceConfig {
  policy: AdvicePolicy;
  appetite: AppetiteConfig;
  /** Milliseconds after which advice is computed again although nothing grew. */
  maximumAgeMs: number;
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** How often clusters are asked what they run. */
  inventory: SchedulerServiceTaskScheduleDefinition;
}
