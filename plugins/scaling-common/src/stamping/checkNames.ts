import { error, ServiceIssue } from './ServiceIssue';
import { ServiceSpec } from './ServiceSpec';
import { sayStamping } from './stampingSentences';

/** Of labels, and of names that are addresses. */
const LONGEST_LABEL = 63;
/**
 * A CronJob adds eleven to the names of its Jobs, a StatefulSet up to eleven to the
 * label of its revisions; KEDA's `keda-hpa-` is nine.
 */
const ADDED = 11;

/** The schema says the same; it isn't asked of a service that code has put together. */
export function checkNames({ name, namespace }: ServiceSpec): ServiceIssue[] {
  return [
    ...tooLong('name', name, LONGEST_LABEL - ADDED, 'Jobs, revisions and HPAs'),
    ...tooLong('namespace', namespace, LONGEST_LABEL, 'Services'),
  ];
}

function tooLong(
  field: string,
  { length }: string,
  longest: number,
  what: string,
): ServiceIssue[] {
  return length > longest
    ? [error(field, sayStamping('longName', { field, length, longest, what }))]
    : [];
}
