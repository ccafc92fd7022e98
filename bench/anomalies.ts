/**
 * How well anomalies are found: ours, as the cost back end uses it, beside a seasonal
 * MAD rule and a static threshold, over the same labelled series
 * (docs/benchmarks.md, "Anomalies").
 *
 *     yarn bench anomalies [--dir D] [--scores OUT]
 *
 * `D` holds folders of series `TimeStamp,Value,Label`; labels may be absent. All are
 * judged on the second half of each series; the other two are tuned on the labels of the
 * first. Prints one JSON line a folder and one for all, with our figures and the others'
 * beneath; a series without labels is counted and changes no other figure, and of a folder
 * of them these are null. `OUT` gets `series,timestamp,score`, a line a point, with the
 * score known at that instant: from 1 on it is an alert. Without `D` it runs on generated
 * series.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { AnomalyScorer, CSV_LINE_END, csvLine } from '@headroom/common';
import { InputError } from './lib/adviceQuality/InputError';
import { generatedSeries } from './lib/anomalies/generatedSeries';
import { addUp, Counts, figuresOf, judge } from './lib/anomalies/judge';
import { LabelledSeries } from './lib/anomalies/LabelledSeries';
import { readFolders } from './lib/anomalies/readFolders';
import {
  above,
  seasonalMad,
  staticThreshold,
  tunedLimit,
} from './lib/anomalies/rivals';

interface Judged {
  folder: string;
  ours: Counts;
  seasonalMad: Counts;
  staticThreshold: Counts;
}

function main() {
  const { dir, scores: out } = optionsGiven();
  const all = dir === undefined ? generatedSeries() : seriesIn(dir);
  const ours = all.map(series => ({ series, scores: scoresOf(series) }));
  if (out !== undefined) {
    writeScores(out, ours);
  }
  const rival = all.map(series => ({ series, scores: seasonalMad(series) }));
  const limit = tunedLimit(rival);
  const judged = ours.map(({ series, scores }, i): Judged => {
    const alerts = Array.from(scores, score => score >= 1);
    return {
      folder: series.folder,
      ours: judge(series, alerts, 'second'),
      seasonalMad: judge(series, above(rival[i].scores, limit), 'second'),
      staticThreshold: judge(series, staticThreshold(series), 'second'),
    };
  });
  for (const folder of new Set(all.map(series => series.folder))) {
    print(
      folder,
      judged.filter(each => each.folder === folder),
    );
  }
  print('all', judged);
}

function optionsGiven(): { dir?: string; scores?: string } {
  try {
    return parseArgs({
      options: { dir: { type: 'string' }, scores: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : `${error}`);
  }
}

function seriesIn(dir: string): LabelledSeries[] {
  const { series, empty } = readFolders(dir);
  for (const file of empty) {
    process.stderr.write(`anomalies: ${file} has no points and is left out.\n`);
  }
  return series;
}

function scoresOf({ at, values }: LabelledSeries): Float64Array {
  const scorer = AnomalyScorer.create();
  return Float64Array.from(
    values,
    (value, i) => scorer.push({ at: at[i], value }).score,
  );
}

function writeScores(
  file: string,
  all: ReadonlyArray<{ series: LabelledSeries; scores: Float64Array }>,
) {
  const out = fs.openSync(file, 'w');
  try {
    fs.writeSync(out, `series,timestamp,score${CSV_LINE_END}`);
    for (const { series, scores } of all) {
      const lines = series.timestamps.map(
        (timestamp, i) =>
          csvLine([series.name, timestamp, scores[i]]) + CSV_LINE_END,
      );
      fs.writeSync(out, lines.join(''));
    }
  } finally {
    fs.closeSync(out);
  }
}

function print(folder: string, judged: readonly Judged[]) {
  const ours = addUp(judged.map(each => each.ours));
  process.stdout.write(
    `${JSON.stringify({
      folder,
      series: ours.series,
      events: ours.events,
      ...figuresOf(ours),
      seasonalMad: figuresOf(addUp(judged.map(each => each.seasonalMad))),
      staticThreshold: figuresOf(
        addUp(judged.map(each => each.staticThreshold)),
      ),
    })}\n`,
  );
}

try {
  main();
} catch (error) {
  const text =
    error instanceof Error && !(error instanceof InputError)
      ? error.stack
      : `${error instanceof Error ? error.message : error}`;
  process.stderr.write(`anomalies: ${text}\n`);
  process.exitCode = 1;
}
