import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { listText } from '../reading/text';
import { durationText, Pace, paceOf, paceText } from './pace';

/** Usage is read by slots of five minutes; fewer than two readings in one say little. */
const SPARSE_SECONDS = 150;
/** What kube-state-metrics says is looked at each minute. */
const COARSE_SECONDS = 60;
/** Samples that are ahead of the server's clock by less are a matter of rounding. */
const AHEAD_SECONDS = 5;
/** Samples that are older than an interval and this come late. */
const LATE_SECONDS = 60;

/** Raw samples, by what they tell. */
export interface Samples {
  /** Of `up`: one target of each job and path. */
  up: PrometheusSeries[];
  /** Of the memory of one container a job, at cAdvisor's own times. */
  cadvisor: PrometheusSeries[];
  /** Of `kube_node_info` of one node, a series an exporter. */
  nodes: PrometheusSeries[];
  /** The server's clock. */
  nowSeconds: number;
}

interface Seen {
  what: string;
  pace: Pace;
}

/** How far apart samples are, by path, as they are and not as jobs are configured. */
export function checkIntervals(
  samples: Samples,
  configured: number | undefined,
  where: string,
): CheckFinding[] {
  const up = paces(samples.up, ({ job, metrics_path: path }) =>
    path ? `${path} of job ${job}` : `job ${job}`,
  );
  const usage = paces(
    samples.cadvisor,
    ({ job, metrics_path: path }) =>
      `usage by cAdvisor (job ${job}${path ? `, ${path}` : ''})`,
  );
  const objects = paces(
    samples.nodes,
    ({ job }) => `objects by kube-state-metrics (job ${job})`,
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
  name: (labels: Record<string, string>) => string,
): Seen[] {
  const seen = new Map<string, Pace>();
  for (const each of series) {
    const pace = paceOf(each);
    const what = name(each.labels);
    const before = seen.get(what);
    // Of copies the one that is read most often stands for all.
    if (pace && (!before || pace.usual < before.usual)) {
      seen.set(what, pace);
    }
  }
  return [...seen].map(([what, pace]) => ({ what, pace }));
}

function said(read: Seen[], scraped: Seen[]): CheckFinding[] {
  if (read.length === 0) {
    return [
      {
        id: 'scrape-intervals',
        severity: 'note',
        sentence:
          'How far apart scrapes are can’t be told: there are fewer than three samples in the last ten minutes.',
      },
    ];
  }
  const words = (seen: Seen[]) =>
    listText(
      seen.map(({ what, pace }) => `${what} ${paceText(pace)}`),
      8,
    );
  const sentence = `Samples come as follows: ${words(read)}${
    scraped.length > 0 ? `; scrapes: ${words(scraped)}` : ''
  }.`;
  const slowest = Math.max(...read.map(({ pace }) => pace.usual));
  const id = 'scrape-intervals';
  if (slowest > SPARSE_SECONDS) {
    return [
      {
        id,
        severity: 'missing',
        sentence,
        effect:
          'Five minutes have one reading or none, so peaks between them are not seen and advice is withheld or less exact; money is right where usage is even.',
        mend: {
          where: 'The scrape job, or scrapeInterval of its ServiceMonitor',
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
          effect:
            'Money is right; a pod that lives for less than the interval may not be seen.',
        },
      ]
    : [{ id, severity: 'right', sentence }];
}

function checkConfigured(
  objects: Seen[],
  configured: number | undefined,
  where: string,
): CheckFinding[] {
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
          sentence: `scrapeIntervalSeconds is ${configured}, but ${
            other.what
          } come ${paceText(other.pace)}.`,
          effect:
            'A scrape stands for another time than it does: hours are counted short, or gaps are not seen.',
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

function checkTimes(seen: Seen[], now: number): CheckFinding[] {
  const ahead = seen.filter(({ pace }) => pace.last > now + AHEAD_SECONDS);
  const late = seen.filter(
    ({ pace }) => now - pace.last > pace.longest + LATE_SECONDS,
  );
  const findings: CheckFinding[] = [];
  if (ahead.length > 0) {
    const most = Math.max(...ahead.map(({ pace }) => pace.last - now));
    findings.push({
      id: 'samples-ahead',
      severity: 'wrong',
      sentence: `Samples are up to ${durationText(
        most,
      )} ahead of the clock of Prometheus: ${listText(
        ahead.map(({ what }) => what),
      )}.`,
      effect:
        'The clock of a node, which gives cAdvisor’s samples their time, is wrong: usage falls into the hour after.',
      mend: {
        where:
          'The clock of those nodes; or, so that Prometheus’ own counts, the endpoint of the ServiceMonitor',
        line: 'honorTimestamps: false',
      },
    });
  }
  if (late.length > 0) {
    const most = Math.max(...late.map(({ pace }) => now - pace.last));
    findings.push({
      id: 'samples-late',
      severity: 'note',
      sentence: `The newest samples are ${durationText(most)} old: ${listText(
        late.map(({ what }) => what),
      )}.`,
      effect:
        'An hour that is read before all of it has come is partial until it is read again.',
      mend: {
        where: 'headroom.cost.ingest',
        line: `settle: { minutes: ${Math.ceil(most / 60) + 5} }`,
      },
    });
  }
  return findings;
}
