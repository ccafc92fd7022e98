import { Micros } from '@headroom/common';

/** Why an incident has ended. @public */
export type AnomalyEnd =
  /** Days that could have shown it did not any more. */
  | 'over'
  /** What jumped or rose slowly stays, and is usual by now. */
  | 'level'
  /** Of what rose slowly: other days are odd or expected since, and are told of as that. */
  | 'overtaken'
  /** The days were restated, and are not odd any more. */
  | 'restated'
  /** Somebody said that it is expected. */
  | 'expected';

/** Pods of a workload got another template. @public */
export interface AnomalyRollout {
  replicaSet: string;
  /** The hour in which a pod of the ReplicaSet first ran, ISO 8601 UTC. */
  hour: string;
}

/** Part of what was too much. @public */
export interface AnomalyCause {
  /** A workload of a service, or a service of a team. */
  workload?: { cluster: string; namespace: string; kind: string; name: string };
  entityRef?: string;
  /** More than before, over the days of the incident. */
  change: Micros;
  /** Parts of the change, which they sum to; absent where only the total is known. */
  usage?: Micros;
  price?: Micros;
  /** How the workload was rolled out on the first odd day and the day before; absent = it was not, or that is not known. */
  rollouts?: AnomalyRollout[];
}

/** That somebody expects it. @public */
export interface AnomalyExpectation {
  /** From this day on it is news again, `YYYY-MM-DD`. */
  until: string;
  reason: string;
  /** Entity reference of who said so. */
  by: string;
  at: string;
}

/** Odd days, or none that is odd and weeks that each cost more than the one before. @public */
export type AnomalyShape = 'jump' | 'rise';

/** Days of a service or a team that cost too much. @public */
export interface AnomalyRow {
  id: number;
  shape: AnomalyShape;
  kind: 'service' | 'team';
  entityRef: string;
  /** Odd days, first and last, `YYYY-MM-DD`. */
  firstDay: string;
  lastDay: string;
  /** Complete days from first to last. */
  days: number;
  actual: Micros;
  /**
   * What the same weekdays cost before, of a rise in the week four weeks before its first
   * day; absent of what is too new to tell.
   */
  expected?: Micros;
  /** What is beyond it. */
  excess: Micros;
  /** The same in percent of what was expected; absent where that is nothing. */
  percent?: number;
  /** How odd the oddest day is; from 1. */
  score: number;
  causes: AnomalyCause[];
  openedAt: string;
  changedAt: string;
  /** Absent = it is open. */
  closedAt?: string;
  end?: AnomalyEnd;
  expectation?: AnomalyExpectation;
  /** One sentence: how much, since when and why. */
  sentence: string;
}

/** What was odd lately, open incidents first. @public */
export interface AnomalyReport {
  /** ISO 4217; amounts are not converted. */
  currency: string;
  /** What a day has to be beyond what is expected of it. */
  rule: { floor: Micros; percent: number; newFloor: Micros };
  anomalies: AnomalyRow[];
}

/** What somebody says of an incident. @public */
export interface AnomalyExpectationRequest {
  /** The day from which on it is news again, `YYYY-MM-DD`. */
  until: string;
  reason: string;
}
