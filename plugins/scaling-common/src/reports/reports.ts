import {
  FieldChange,
  LedgerEntry,
  Micros,
  Said,
  StoredPlan,
} from '@headroom/common';
import { Policy } from '../policies';
import { InForceRow, ScalingStretch, ScalingWorkload } from './targets';

/** What the caller may do somewhere; the page shows no button that can't work. @public */
export interface ScalingAbilities {
  writePolicies: boolean;
  approve: boolean;
  override: boolean;
  kill: boolean;
}

/** The switch that stops everything. @public */
export interface KillSwitchState {
  on: boolean;
  /** So many services are stopped, of those the reader sees; absent = it is about everything. */
  services?: number;
  /** User entity ref of who turned it last; absent = nobody ever did. */
  by?: string;
  /** ISO 8601 UTC. */
  at?: string;
  reason?: string;
}

/** What is known of a cluster; nothing is done from an inventory that can't be trusted. @public */
export interface ScalingCluster {
  name: string;
  title: string;
  simulated: boolean;
  /** Whether an identity that acts is configured. */
  canAct: boolean;
  /** ISO 8601 UTC of the last whole look; absent = none yet. */
  seenAt?: string;
  /** Why nothing is done there; absent = the inventory is trusted. */
  problem?: Said;
  workloads: number;
}

/** What the pickers and the page's frame need. @public */
export interface ScalingSettings {
  clusters: readonly ScalingCluster[];
  killSwitch: KillSwitchState;
  abilities: ScalingAbilities;
  protectedNamespaces: readonly string[];
  /** Freeze windows that are now or next; ISO 8601 UTC. */
  freezes: ReadonlyArray<{ from: string; to: string; title: string }>;
  /** Names of the holiday calendars a policy may use. */
  calendars: readonly string[];
  /** Zone of new schedules. */
  timezone: string;
  /** When it was last asked which workload is which service's; absent = never. */
  links: {
    /** ISO 8601 UTC. */
    readAt?: string;
    /** Why it can't be asked now; absent = it can. */
    problem?: Said;
  };
}

/** The first page of `/scaling`. @public */
export interface ScalingOverview {
  /** ISO 8601 UTC. */
  at: string;
  policies: number;
  /** Workloads with a policy, and of those, how many are as wanted. */
  covered: number;
  asWanted: number;
  /** Plans that wait for an approval the caller may give. */
  waitingForMe: number;
  unresolved: number;
  contested: number;
  /** The next change of each workload, soonest first; at most 200. */
  next: ReadonlyArray<{ workload: ScalingWorkload; stretch: ScalingStretch }>;
  /**
   * As far as `next` goes, ISO 8601 UTC: a day, and where the last of them begins later
   * as much more, at most eight days.
   */
  nextUntil: string;
  savings: SavingsSummary;
}

/** A page of rows. @public */
export interface ScalingPage<TRow> {
  rows: readonly TRow[];
  /** All that match. */
  total: number;
  /** Asks for the next page; absent = this is the last. */
  cursor?: string;
}

/** A policy as a page shows it. @public */
export interface PolicyView {
  policy: Policy;
  /** Workloads that match, and of those, how many it wins. */
  matches: number;
  wins: number;
  /** What is wrong with it now, e.g. that a selector matches nothing. */
  issues: readonly PolicyIssueView[];
  /** Whether the caller may change it: it was made on the page, and the permission is there. */
  mayChange: boolean;
  /** ISO 8601 UTC until which it does nothing. */
  pausedUntil?: string;
}

/** What is wrong with a policy, at a field. @public */
export interface PolicyIssueView {
  /** e.g. `schedule.windows[0].end` */
  path: string;
  severity: 'error' | 'warning';
  text: Said;
}

/** What a policy would do, before it is saved. @public */
export interface PolicyPreview {
  issues: readonly PolicyIssueView[];
  /** Workloads it would win; at most 100 of `matches`. */
  workloads: readonly ScalingWorkload[];
  matches: number;
  /** Of the coming 8 days. */
  stretches: readonly ScalingStretch[];
  /** What would be done now; absent where nothing would. */
  actions: ReadonlyArray<{
    subject: string;
    changes: readonly FieldChange[];
    reason: Said;
  }>;
  /** What is wanted now and would not be done, and why; of the same workloads. */
  withheld: ReadonlyArray<{
    subject: string;
    reason: Said;
    /** Lines that mend it. */
    mend?: string;
  }>;
}

/** Everything of one service. @public */
export interface EntityScaling {
  entityRef: string;
  rows: readonly InForceRow[];
  policies: readonly PolicyView[];
  /** That wait or settle, newest first. */
  plans: readonly StoredPlan[];
  ledger: readonly LedgerEntry[];
  savings: SavingsSummary;
  abilities: ScalingAbilities;
  /** Of the coming 48 hours, by id of the workload. */
  stretches: Readonly<Record<string, readonly ScalingStretch[]>>;
}

/** An amount that was measured, with its interval. @public */
export interface MeasuredSaving {
  currency: string;
  /** Positive = less was paid. */
  saved: Micros;
  /** Ends of the interval in which it lies with 90 % confidence. */
  low: Micros;
  high: Micros;
  /** Hours that were compared. */
  hours: number;
}

/** What was saved, measured from the ledger. @public */
export interface SavingsSummary {
  /** Absent = not yet: too few hours are in. */
  measured?: MeasuredSaving;
  /** What the hours of `measured` would have cost, by what the same hours of the week cost before; absent with it. */
  baseline?: Micros;
  /** Rows that have too few hours to be measured. */
  notYet: number;
  /** Why nothing is measured, or what is left out. */
  remark?: Said;
}

/**
 * What one policy, or one advice that was applied, saved on one workload. All of its
 * actions there are measured together: a night is too short to be told from chance.
 *
 * @public
 */
export interface SavingRow {
  /** e.g. `Deployment shop/web` */
  subject: string;
  cluster: string;
  entityRef?: string;
  controller: string;
  policyId: string;
  policyTitle: string;
  /** How often it was acted. */
  actions: number;
  /** ISO 8601 UTC of the first action. */
  since: string;
  /** Whether what was done holds now. */
  inEffect: boolean;
  /** Absent = not yet. */
  measured?: MeasuredSaving;
  /** What an hour of those that were compared cost before, on average. */
  baselinePerHour?: Micros;
  /** What it was expected to save an hour while it holds; absent = nothing was said. */
  expectedPerHour?: Micros;
  /** Why nothing is measured yet, or what the measure stands on. */
  remark: Said;
}

/** What was saved, the most first. @public */
export interface SavingsReport {
  summary: SavingsSummary;
  rows: readonly SavingRow[];
  total: number;
  cursor?: string;
}

/** What applying an advice would do and how. @public */
export interface AdviceApplication {
  /** As a pull request: where, or why not. */
  pullRequest:
    | { possible: true; repository: string; path: string; patch: string }
    | { possible: false; reason: Said; patch: string };
  /** On the cluster: how, or why not. */
  cluster:
    | {
        possible: true;
        how: 'resize' | 'rollout';
        changes: readonly FieldChange[];
      }
    | { possible: false; reason: Said };
}
