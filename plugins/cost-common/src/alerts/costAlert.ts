import { BudgetScope } from '../budgets';

/** What people can be told of; each is a topic, so that people can mute it. @public */
export const ALERT_KINDS = [
  'budget',
  'forecast',
  'anomaly',
  'review',
  'rule',
] as const;

/** @public */
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Severities as Backstage's notifications have them, the most severe first. @public */
export const ALERT_SEVERITIES = ['critical', 'high', 'normal', 'low'] as const;

/** @public */
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** Whose cost an alert speaks of; everything is nobody's in particular. @public */
export type AlertSubject = BudgetScope | { type: 'everything' };

/** Something that people are to be told. @public */
export interface CostAlert {
  kind: AlertKind;
  severity: AlertSeverity;
  /** Of one budget, incident, or rule and subject: what is told later stands in the place of what was told before. */
  scope: string;
  /** Whose cost it speaks of: who owns that is told, and told amounts. */
  subject: AlertSubject;
  /** Who is told instead of who owns it, references; empty = who owns it. */
  notify: string[];
  /** Without amounts. */
  title: string;
  /** Whole sentences, with amounts. */
  sentence: string;
  /** The same without them. */
  plain: string;
  /** A path of the portal. */
  link: string;
  /** First day of the cost that it speaks of, `YYYY-MM-DD`; absent = it is not known. */
  from?: string;
  /** When it happened, ISO 8601 UTC. */
  at: string;
}

/** Tells whether a severity is at least another. @public */
export function isAtLeast(
  severity: AlertSeverity,
  least: AlertSeverity,
): boolean {
  return ALERT_SEVERITIES.indexOf(severity) <= ALERT_SEVERITIES.indexOf(least);
}
