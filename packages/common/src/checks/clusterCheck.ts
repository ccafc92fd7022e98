import { Wording } from '../wording';

/**
 * How what was found bears on figures:
 *
 * - `right`: nothing to do
 * - `note`: worth knowing, figures are right
 * - `missing`: a figure or an advice is not known, or less exact
 * - `wrong`: figures are wrong, or there are none
 *
 * @public
 */
export type CheckSeverity = 'right' | 'note' | 'missing' | 'wrong';

/** Severities, the worst first. @public */
export const CHECK_SEVERITIES: readonly CheckSeverity[] = [
  'wrong',
  'missing',
  'note',
  'right',
];

/**
 * One thing that a check of a cluster found.
 *
 * @public
 */
export interface CheckFinding {
  /** Kebab-case, of one kind of finding, e.g. `scrape-intervals`; once in a check. */
  id: string;
  severity: CheckSeverity;
  /** What was found, in a sentence. No address, no secret, no upstream text but names. */
  sentence: string;
  /** What it does to money or advice, in a sentence. */
  effect?: string;
  /** What mends it, where something does. */
  mend?: CheckMend;
  /** What a page words them from; a check of another author may give the sentences alone. */
  wording?: { sentence?: Wording; effect?: Wording; where?: Wording };
}

/** @public */
export interface CheckMend {
  /** Where the line belongs, e.g. `Arguments of kube-state-metrics`. */
  where: string;
  /** One or several lines, to be copied as they are. */
  line: string;
}

/** What is checked. @public */
export type CheckSubject = 'source' | 'prices' | 'kubernetes';

/**
 * A check of a cluster as it goes on, in this order: one `started`; for each
 * subject what is asked (`asking`) and found (`finding`); one `finished`, or one
 * `failed` when the check itself broke off.
 *
 * @public
 */
export type ClusterCheckEvent =
  | {
      type: 'started';
      cluster: string;
      title: string;
      /** Id of the source, `none` without one. */
      source: string;
      simulated: boolean;
      /** ISO 8601 UTC. */
      at: string;
    }
  | {
      type: 'asking';
      subject: CheckSubject;
      question: string;
      /** What a page words the question from. */
      wording?: Wording;
    }
  | { type: 'finding'; subject: CheckSubject; finding: CheckFinding }
  | { type: 'finished'; at: string }
  | { type: 'failed'; message: string; wording?: Wording };
