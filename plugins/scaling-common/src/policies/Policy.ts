import { ActingMode } from '@headroom/common';
import { PolicyScope, TargetFilter } from './PolicyScope';
import { Schedule } from './Schedule';
import { Wish } from './Wish';

/** Where a policy was made. @public */
export type PolicyOrigin =
  | { type: 'config' }
  | {
      type: 'annotation';
      on: 'workload' | 'entity';
      /** Of the object that has it: `Deployment shop/web` or an entity ref. */
      of: string;
    }
  | { type: 'page' };

/** What a person wants for a while, whatever the windows say. @public */
export interface PolicyOverride {
  id: string;
  /** `up` wins over `down`, both over all windows and exceptions. */
  direction: 'up' | 'down';
  /** Of `up`: at least so many replicas; absent = as its owner has it. */
  floor?: number;
  /** Of `down`: at most so many replicas; absent = none. */
  ceiling?: number;
  /** Absent = all workloads of the policy. */
  targets?: TargetFilter;
  /** User entity ref. */
  owner: string;
  reason: string;
  /** ISO 8601 UTC. */
  from: string;
  /** The first instant at which it no longer holds; ISO 8601 UTC. There is no "for ever". */
  until: string;
}

/** Workloads that a policy leaves as their owner has them. @public */
export interface PolicyExclusion {
  targets: TargetFilter;
  reason?: string;
  /** The first instant at which it no longer holds, ISO 8601 UTC; absent = for good. */
  until?: string;
}

/**
 * How much earlier a window that gives capacity begins, so that it is there in time:
 * by the measured start-up of each workload (none where it isn't known, which is
 * said), by as many seconds, or not at all.
 *
 * @public
 */
export type PolicyLead =
  | { type: 'measured' }
  | { type: 'fixed'; seconds: number }
  | { type: 'none' };

/** How much a policy may change; absent = what the configuration says. @public */
export interface PolicyLimits {
  /** Actions of one run. */
  actionsPerRun?: number;
  /** Of the workloads of the policy, 0 to 100. */
  percentPerRun?: number;
  /** Actions of 24 hours. */
  actionsPerDay?: number;
}

/**
 * What an owner asks the schedules' controller to keep true. All of it is said;
 * `policySchema` fills what was left out.
 *
 * @public
 */
export interface Policy {
  id: string;
  title: string;
  /** Who made it: a user entity ref; absent where configuration or an annotation did. */
  by?: string;
  origin: PolicyOrigin;
  scope: PolicyScope;
  /** Names of clusters, `*` stands for any text; absent = all. */
  clusters?: readonly string[];
  /** Default `observe`. */
  mode: ActingMode;
  schedules: readonly Schedule[];
  /** What is wanted when no window holds; default `untouched`. */
  outside: Wish;
  exclusions: readonly PolicyExclusion[];
  overrides: readonly PolicyOverride[];
  /**
   * Nothing is scaled down so many minutes after it was created, rolled out or
   * changed by a person; default 15.
   */
  graceMinutes: number;
  /** Default `measured`. */
  lead: PolicyLead;
  /** Whoever asked for a plan cannot approve it; default false. */
  twoPersons: boolean;
  limits: PolicyLimits;
}
