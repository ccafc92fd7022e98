import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Grid } from '../promql/Grid';
import {
  COUNT_STEP,
  LOOK_STEP,
  objectCountsQuery,
  SCRAPE_STEP,
  scrapesQuery,
  witnessedScrapesQuery,
  witnessesQuery,
} from '../promql/scrapes';
import { HourWindow } from '../reading/HourWindow';
import { ObjectCounts } from '../reading/ObjectCounts';
import { podScrapes } from '../reading/podScrapes';
import { ScrapeClock } from '../reading/ScrapeClock';
import { Asker } from './Asker';

/** Seconds before a window whose scrapes tell at what pace it begins. */
const SCRAPES_BEFORE = 900;
/** Pods that are asked for by their names at most. */
const MOST_WITNESSES = 100;

/**
 * When kube-state-metrics was scraped, in two queries. Two more are asked where
 * others tell of pods than of nodes, and one where a target was silent while
 * another spoke.
 */
export async function findScrapes(
  asker: Asker,
  window: HourWindow,
  configuredInterval?: number,
): Promise<ScrapeClock> {
  const { select } = asker;
  const node = await asker.every(
    SCRAPE_STEP,
    scrapesQuery(select, 'node'),
    SCRAPES_BEFORE,
  );
  // There are many pods: they are looked at closely only where it tells more.
  const looks = await asker.every(
    LOOK_STEP,
    scrapesQuery(select, 'pod'),
    SCRAPES_BEFORE,
  );
  const pod =
    podScrapes(node, looks, LOOK_STEP) ??
    (node.length > 0 ? await witnessedScrapes(asker) : looks);
  const clock = ScrapeClock.read(window, { node, pod }, configuredInterval);
  const doubtful = clock.doubtful();
  if (!doubtful) {
    return clock;
  }
  const { from, to, spacingSeconds } = doubtful;
  const counts = await asker
    .about(window.part(from, to))
    .every(
      COUNT_STEP,
      objectCountsQuery(select, Grid.create(spacingSeconds)),
      -COUNT_STEP,
    );
  return clock.with(ObjectCounts.read(counts, COUNT_STEP));
}

/** Scrapes that told of pods, by what was told of a few of them. */
async function witnessedScrapes(asker: Asker): Promise<PrometheusSeries[]> {
  const { select } = asker;
  const witnesses = await asker.every(
    LOOK_STEP,
    witnessesQuery(select),
    SCRAPES_BEFORE,
  );
  if (witnesses.length === 0) {
    return [];
  }
  // Those that witness most come first: of very many targets some tell the pace.
  const few = [...witnesses]
    .sort((left, right) => right.samples.length - left.samples.length)
    .slice(0, MOST_WITNESSES);
  return asker.every(
    SCRAPE_STEP,
    witnessedScrapesQuery(select, {
      pod: namesOf(few, ({ exported_pod, pod }) =>
        exported_pod ? undefined : pod,
      ),
      exported_pod: namesOf(few, ({ exported_pod }) => exported_pod),
    }),
    SCRAPES_BEFORE,
  );
}

function namesOf(
  series: PrometheusSeries[],
  nameOf: (labels: Record<string, string>) => string | undefined,
): string[] {
  return [...new Set(series.flatMap(({ labels }) => nameOf(labels) ?? []))];
}
