import {
  createGlob,
  matchesRequirements,
  parseLabelSelector,
} from '@headroom/common';
import { ScalingTarget } from '../targets/ScalingTarget';
import { TargetFilter } from './PolicyScope';

/**
 * Gives what says whether a workload is one of those that a filter chooses. A filter
 * that says nothing chooses all.
 *
 * Throws a RangeError if its selector isn't one.
 *
 * @public
 */
export function createTargetFilter({
  clusters,
  namespaces,
  kinds,
  names,
  selector,
}: TargetFilter): (target: ScalingTarget) => boolean {
  const inClusters = anyOf(clusters);
  const inNamespaces = anyOf(namespaces);
  const ofKinds = anyOf(kinds);
  const named = anyOf(names);
  const requirements = parseLabelSelector(selector ?? '');
  return ({ workload, labels }) =>
    inClusters(workload.cluster) &&
    inNamespaces(workload.namespace) &&
    ofKinds(workload.kind) &&
    named(workload.name) &&
    matchesRequirements(requirements, key => labels[key]);
}

/** Whether a text is one of some patterns, in which `*` stands for any text; without any it is. */
export function anyOf(
  patterns: readonly string[] | undefined,
): (text: string) => boolean {
  if (!patterns) {
    return () => true;
  }
  const globs = patterns.map(createGlob);
  return text => globs.some(matches => matches(text));
}
