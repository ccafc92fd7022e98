/**
 * How good advice is: a day-ahead replay of ours at each appetite and of other
 * tools' rules over the same series (docs/benchmarks.md, "Advice quality").
 *
 *     yarn bench advice-quality [--file F …] [--step 60] [--history 8] [--relative]
 *       [--require dev=5:1,standard=1:2,critical=0.2:4]
 *
 * Files and folders hold series `ts,value`: seconds, cores. Prints one line of
 * series that are too short, if there are any, then one JSON line a rule; ours
 * say how many points of slack they lie below the front that the peers' points
 * make. With `--require` it fails unless each appetite named is above its
 * request for at most that share of the time, in percent, and at least that many
 * points below the front.
 */
import { APPETITES } from '@headroom/plugin-cost-common';
import { demoSeries } from './lib/adviceQuality/demoSeries';
import { frontSlack } from './lib/adviceQuality/front';
import { InputError } from './lib/adviceQuality/InputError';
import { brokenLimits } from './lib/adviceQuality/limits';
import { adviceQualityOptions } from './lib/adviceQuality/options';
import { ours } from './lib/adviceQuality/ours';
import { FRONT_PEERS, PEERS } from './lib/adviceQuality/peers';
import { readSeries } from './lib/adviceQuality/readSeries';
import { replay, ReplayResult } from './lib/adviceQuality/replay';
import { inSteps, meanCores, wholeDays } from './lib/adviceQuality/Series';

function main() {
  const { files, step, history, relative, limits } = adviceQualityOptions();
  const given = files.length ? readSeries(files) : demoSeries();
  const all = given.map(one => {
    const series = inSteps(one, step);
    const mean = meanCores(series);
    return {
      name: series.name,
      days: wholeDays(series, step),
      scale: relative && mean > 0 ? 1 / mean : 1,
    };
  });
  const needsDays = history + 2;
  const long = all.filter(({ days }) => days.length >= needsDays);
  const leftOut = all
    .filter(({ days }) => days.length < needsDays)
    .map(({ name, days }) => ({ series: name, days: days.length }));
  if (leftOut.length) {
    const names = leftOut.map(({ series, days }) => `${series} (${days})`);
    process.stderr.write(
      `Left out, with fewer than ${needsDays} whole days: ${names.join(
        ', ',
      )}\n`,
    );
    print({ leftOut, needsDays });
  }

  const own = APPETITES.map(appetite => replay(ours(appetite), long, history));
  const peers = PEERS.map(({ rule, value }) =>
    replay({ rule, forSeries: () => value }, long, history),
  );
  const [first] = peers;
  if (!first) {
    throw new InputError(
      `No day to judge: it takes series of ${needsDays} whole days with 50 samples a day at --step ${step}`,
    );
  }
  const front = peers.filter(
    (peer): peer is ReplayResult =>
      peer !== undefined && FRONT_PEERS.includes(peer.rule),
  );
  const lines = new Map(
    own.flatMap(result => {
      if (!result) {
        return [];
      }
      const slack = frontSlack(front, result.overPct);
      const line = {
        ...rounded(result),
        frontSlackPct: hundredths(slack),
        pointsBelowFront: hundredths(slack - result.slackPct),
      };
      return [[line.rule, line] as const];
    }),
  );
  lines.forEach(print);
  for (const result of peers) {
    if (result) {
      print(rounded(result));
    }
  }
  const broken = brokenLimits(limits, lines);
  if (broken.length) {
    process.stderr.write(`advice-quality: ${broken.join(' ')}\n`);
    process.exitCode = 1;
  }
}

function rounded(result: ReplayResult): ReplayResult {
  return {
    rule: result.rule,
    slackPct: hundredths(result.slackPct),
    overPct: hundredths(result.overPct),
    unmetPct: hundredths(result.unmetPct),
    daysExceededPct: hundredths(result.daysExceededPct),
    seriesDays: result.seriesDays,
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function print(line: object) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof InputError)) {
    throw error;
  }
  process.stderr.write(`advice-quality: ${error.message}\n`);
  process.exitCode = 1;
}
