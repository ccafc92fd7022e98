import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { keyOfLabels } from './ScrapeTarget';

/**
 * When targets that tell of pods were scraped, where a look every few minutes
 * finds that each did in scrapes in which it told of nodes too: then as it told of
 * nodes. Undefined where pods are told by others, or at other times.
 *
 * @param nodes - all scrapes that told of nodes: one series a target, values are
 * their times
 * @param looks - the last scrape that told of pods, at instants so many seconds apart
 */
export function podScrapes(
  nodes: PrometheusSeries[],
  looks: PrometheusSeries[],
  lookSeconds: number,
): PrometheusSeries[] | undefined {
  const byTarget = new Map(
    nodes.map(series => [keyOfLabels(series.labels), series]),
  );
  // What lives between two looks tells of both, as far as is known.
  const same = nodes.filter(({ samples }) =>
    samples.every(([at]) => at % lookSeconds !== 0),
  );
  for (const { labels, samples } of looks) {
    const ofNodes = byTarget.get(keyOfLabels(labels));
    if (!ofNodes || !isSame(ofNodes, new Map(samples), lookSeconds)) {
      return undefined;
    }
    same.push(ofNodes);
  }
  return same;
}

function isSame(
  { samples }: PrometheusSeries,
  looks: Map<number, number>,
  lookSeconds: number,
): boolean {
  const scrapes = new Set(samples.map(([, time]) => time));
  return (
    [...looks.values()].every(time => scrapes.has(time)) &&
    // Nor did it tell of nodes alone.
    samples.every(([at]) => at % lookSeconds !== 0 || looks.has(at))
  );
}
