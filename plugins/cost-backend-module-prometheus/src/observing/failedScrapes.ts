import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { wordPrometheus } from '@headroom/plugin-cost-common';
import { failedScrapesQuery } from '../promql/failedScrapesQuery';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { Asker } from './Asker';

/**
 * Says which targets failed their scrapes in hours of which kube-state-metrics tells
 * a part: it, cAdvisor of some nodes, or all of them. Asks nothing where it tells all.
 *
 * @param scrapedSeconds - seconds of an hour that it was scraped
 */
export async function reportFailedScrapes(
  asker: Asker,
  window: HourWindow,
  problems: Problems,
  scrapedSeconds: (hour: number) => number,
): Promise<void> {
  const partial = new Set(
    window.indexes().filter(hour => scrapedSeconds(hour) < HOUR_SECONDS),
  );
  if (partial.size === 0) {
    return;
  }
  for (const series of await asker.hourly(failedScrapesQuery(asker.select))) {
    window.each(series, (hour, share) => {
      if (partial.has(hour)) {
        problems.say(
          { code: 'scrapes-failed', severity: 'info', hour: window.hour(hour) },
          `${nameOf(series.labels)} (${Math.round(share * 100)} %)`,
          targets => wordPrometheus('scrapesFailed', { targets }),
        );
      }
    });
  }
}

function nameOf({ job, instance, metrics_path }: PrometheusSeries['labels']) {
  const path =
    metrics_path && metrics_path !== '/metrics' ? metrics_path : undefined;
  return [job, [instance, path].filter(Boolean).join('')]
    .filter(Boolean)
    .join(' at ');
}
