import { Wording } from '../wording';

/**
 * Something a source said that cannot be true, or that it could not say.
 * Shown beside the figures it touches; never silently repaired.
 *
 * @public
 */
export interface SourceProblem {
  /** Machine-readable, kebab-case, e.g. `usage-above-capacity`. */
  code: string;
  /** One sentence: what, where, and what would be right. */
  message: string;
  /** What a page words the message from; a source may give the message alone. */
  wording?: Wording;
  /** The hour it concerns, when it concerns one. */
  hour?: string;
  /** What it is about: a node, a pod, a series. */
  subject?: string;
  severity: 'info' | 'warning' | 'error';
}
