import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { ActingMode } from '@headroom/common';
import { FreezeWindow, GuardLimits } from '@headroom/plugin-controllers-node';
import { Calendars, Policy } from '@headroom/plugin-scaling-common';

/** How far policies go that annotations of some objects make. */
export interface AnnotationRule {
  /** Names, `*` stands for any text; absent = all. Of workloads. */
  clusters?: readonly string[];
  namespaces?: readonly string[];
  /** The most that such a policy does. */
  upTo: ActingMode;
}

/** As {@link AnnotationRule}, of entities. */
export interface EntityAnnotationRule {
  /** References, `*` stands for any text; absent = all. */
  entities?: readonly string[];
  upTo: ActingMode;
}

/** Everything under `headroom` that the scaling back end reads, checked. */
export interface ScalingConfig {
  timezone: string;
  currency: string;
  /** The most that any policy does. */
  upTo: ActingMode;
  /** The most that any policy does in a cluster, by its name. */
  clustersUpTo: ReadonlyMap<string, ActingMode>;
  /** Annotations of what no rule is for make no policy. */
  annotations: {
    workloads: readonly AnnotationRule[];
    entities: readonly EntityAnnotationRule[];
  };
  policies: readonly Policy[];
  calendars: Calendars;
  limits: GuardLimits;
  freezeWindows: readonly FreezeWindow[];
  /** Milliseconds between two cycles. */
  cycleMs: number;
  leaseMs: number;
  entities: {
    schedule: SchedulerServiceTaskScheduleDefinition;
    kinds: string[];
  };
  links: { schedule: SchedulerServiceTaskScheduleDefinition };
  savings: { schedule: SchedulerServiceTaskScheduleDefinition };
}
