import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding, wordAll } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { durationText, Pace, paceOf, wordInterval } from './pace';

/** Usage is read by slots of five minutes; fewer than two readings in one say little. */
const SPARSE_SECONDS = 150;
/** What kube-state-metrics says is looked at each minute. */
const COARSE_SECONDS = 60;
/** Samples that are ahead of the server's clock by less are a matter of rounding. */
const AHEAD_SECONDS = 5;
/** Samples that are older than an interval and this come late. */
const LATE_SECONDS = 60;

/** Raw samples whose times show how often things are read. */
export interface Samples {
  /** `up`, for each job and path of one of its targets: when that is scraped. */
  up: PrometheusSeries[];
  /** The memory of one container for each job; the times are those at which cAdvisor measured it. */
  cadvisor: PrometheusSeries[];
  /** `kube_node_info` of one node, one series for each exporter that reports it. */
  nodes: PrometheusSeries[];
  /** The server's clock. */
  nowSeconds: number;
}

interface Seen {
  what: Worded;
  pace: Pace;
}

/** How far apart samples are, by path, as they are and not as jobs are configured. */
export function checkIntervals(
  samples: Samples,
  configured: number | undefined,
  where: string | Worded,
): WordedFinding[] {
  const up = paces(samples.up, ({ job, metrics_path: path }) =>
    path ? word('jobAt', { job, path }) : word('job', { job }),
  );
  const usage = paces(samples.cadvisor, ({ job, metrics_path: path }) =>
    path ? word('usageOfJobAt', { job, path }) : word('usageOfJob', { job }),
  );
  const objects = paces(samples.nodes, ({ job }) =>
    word('objectsOfJob', { job }),
  );
  const findings = [
    ...said([...usage, ...objects], up),
    ...checkConfigured(objects, configured, where),
    ...checkTimes([...up, ...usage, ...objects], samples.nowSeconds),
  ];
  return findings;
}

function paces(
  series: PrometheusSeries[],
  name: (labels: Record<string, string>) => Worded,
): Seen[] {
  const seen = new Map<string, Seen>();
  for (const each of series) {
    const pace = paceOf(each);
    const what = name(each.labels);
    const before = seen.get(what.message)?.pace;
    // Of copies the one that is read most often stands for all.
    if (pace && (!before || pace.usual < before.usual)) {
      seen.set(what.message, { what, pace });
    }
  }
  return [...seen.values()];
}

function said(read: Seen[], scraped: Seen[]): WordedFinding[] {
  if (read.length === 0) {
    return [
      {
        id: 'scrape-intervals',
        severity: 'note',
        sentence: word('intervalsUnknown'),
      },
    ];
  }
  const words = (seen: Seen[]) =>
    wordAll(
      seen.map(({ what, pace }) =>
        word('every', { what, interval: wordInterval(pace) }),
      ),
      8,
    );
  const sentence =
    scraped.length > 0
      ? word('intervalsAndScrapes', {
          samples: words(read),
          scrapes: words(scraped),
        })
      : word('intervals', { samples: words(read) });
  const slowest = Math.max(...read.map(({ pace }) => pace.usual));
  const id = 'scrape-intervals';
  if (slowest > SPARSE_SECONDS) {
    return [
      {
        id,
        severity: 'missing',
        sentence,
        effect: word('intervalsSparse'),
        mend: {
          where: word('intervalsSparseWhere'),
          line: 'scrapeInterval: 30s',
        },
      },
    ];
  }
  return slowest > COARSE_SECONDS
    ? [
        {
          id,
          severity: 'note',
          sentence,
          effect: word('intervalsCoarse'),
        },
      ]
    : [{ id, severity: 'right', sentence }];
}

function checkConfigured(
  objects: Seen[],
  configured: number | undefined,
  where: string | Worded,
): WordedFinding[] {
  const other = objects.find(
    ({ pace }) =>
      configured !== undefined &&
      Math.abs(pace.usual - configured) > 0.1 * configured + 1,
  );
  return other && configured !== undefined
    ? [
        {
          id: 'configured-interval',
          severity: 'wrong',
          sentence: word('configuredInterval', {
            configured,
            what: other.what,
            interval: wordInterval(other.pace),
          }),
          effect: word('configuredIntervalEffect'),
          mend: {
            where,
            line: `scrapeIntervalSeconds: ${Math.round(
              other.pace.usual,
            )} # or leave it out: it is told from samples`,
          },
        },
      ]
    : [];
}

function checkTimes(seen: Seen[], now: number): WordedFinding[] {
  const ahead = seen.filter(({ pace }) => pace.last > now + AHEAD_SECONDS);
  const late = seen.filter(
    ({ pace }) => now - pace.last > pace.longest + LATE_SECONDS,
  );
  const findings: WordedFinding[] = [];
  if (ahead.length > 0) {
    const most = Math.max(...ahead.map(({ pace }) => pace.last - now));
    findings.push({
      id: 'samples-ahead',
      severity: 'wrong',
      sentence: word('samplesAhead', {
        ahead: durationText(most),
        samples: wordAll(ahead.map(({ what }) => what)),
      }),
      effect: word('samplesAheadEffect'),
      mend: {
        where: word('samplesAheadWhere'),
        line: 'honorTimestamps: false',
      },
    });
  }
  if (late.length > 0) {
    const most = Math.max(...late.map(({ pace }) => now - pace.last));
    findings.push({
      id: 'samples-late',
      severity: 'note',
      sentence: word('samplesLate', {
        age: durationText(most),
        samples: wordAll(late.map(({ what }) => what)),
      }),
      effect: word('samplesLateEffect'),
      mend: {
        where: 'headroom.cost.ingest',
        line: `settle: { minutes: ${Math.ceil(most / 60) + 5} }`,
      },
    });
  }
  return findings;
}
