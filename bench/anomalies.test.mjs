import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { nodeTransform, root } from '../scripts/lib/paths.mjs';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-02T00:00:00Z');
const RULES = ['seasonalMad', 'staticThreshold'];
const FIGURES = [
  'precision',
  'recall',
  'f1',
  'delaySteps',
  'falseAlertsPerSeriesWeek',
];

let dir;

before(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-bench-anomalies-'));
});

after(() => fs.rmSync(dir, { recursive: true, force: true }));

/** Four weeks of hours with a season of a day, and a spike now and then. */
const HOURS = Array.from({ length: 4 * 7 * 24 }, (_, hour) => {
  const isOdd = hour % 97 > 93;
  return {
    timestamp: new Date(START + hour * HOUR_MS).toISOString(),
    value:
      100 +
      30 * Math.sin((2 * Math.PI * hour) / 24) +
      ((hour * 37) % 11) +
      (isOdd ? 400 : 0),
    isOdd,
  };
});

const labelled = HOURS.map(({ timestamp, value, isOdd }) => [
  timestamp,
  value,
  isOdd ? 1 : 0,
]);
const unlabelled = HOURS.map(({ timestamp, value }) => [timestamp, value]);

function write(folder, file, header, rows) {
  fs.mkdirSync(path.join(dir, folder), { recursive: true });
  fs.writeFileSync(
    path.join(dir, folder, file),
    `${[header, ...rows.map(row => row.join(','))].join('\n')}\n`,
  );
}

/** Runs the bench over a folder of the test's; lines by their folder. */
function bench(folder) {
  const scores = path.join(dir, `${folder}.scores.csv`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--require',
      nodeTransform,
      path.join(root, 'bench/anomalies.ts'),
      ...['--dir', path.join(dir, folder), '--scores', scores],
    ],
    { encoding: 'utf8' },
  );
  return {
    status,
    stderr,
    lines: Object.fromEntries(
      stdout
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line))
        .map(line => [line.folder, line]),
    ),
    scores: fs.existsSync(scores)
      ? fs.readFileSync(scores, 'utf8').trim().split(/\r?\n/).slice(1)
      : [],
  };
}

test('series without labels have scores, and no figures of alerts', () => {
  write('alone/good', 'a.csv', 'TimeStamp,Value,Label', labelled);
  for (const folder of ['both', 'mixed']) {
    write(`${folder}/good`, 'a.csv', 'TimeStamp,Value,Label', labelled);
  }
  write('both/bare', 'b.csv', 'TimeStamp,Value', unlabelled);
  const blank = unlabelled.map(row => [...row, '']);
  write('both/bare', 'c.csv', 'TimeStamp,Value,Label', blank);
  write('mixed/good', 'b.csv', 'TimeStamp,Value', unlabelled);

  const alone = bench('alone').lines;
  assert.equal(alone.all.f1, 1);
  for (const rule of RULES) {
    assert.ok(alone.all[rule].f1 > 0);
  }
  const { lines, scores } = bench('both');
  const { folder, series, events, ...figures } = lines.bare;
  assert.deepEqual(
    { folder, series, events },
    { folder: 'bare', series: 2, events: 0 },
  );
  const none = Object.fromEntries(FIGURES.map(figure => [figure, null]));
  assert.deepEqual(figures, {
    ...none,
    seasonalMad: none,
    staticThreshold: none,
  });
  assert.deepEqual(lines.all, { ...alone.all, series: 3 });
  assert.equal(scores.length, 3 * HOURS.length);
  assert.ok(
    scores.some(
      line => line.startsWith('bare/b,') && Number(line.split(',')[2]) >= 1,
    ),
  );
  assert.deepEqual(bench('mixed').lines.good, { ...alone.good, series: 2 });
});

test('labels that are all 0 are labels: alerts are false then', () => {
  const quiet = labelled.map(([timestamp, value]) => [timestamp, value, 0]);
  write('quiet', 'a.csv', 'TimeStamp,Value,Label', quiet);
  const { all } = bench('quiet').lines;
  assert.equal(all.events, 0);
  assert.equal(all.precision, 0);
  assert.ok(all.falseAlertsPerSeriesWeek > 0);
});

test('a file without points is left out with a sentence, and the run goes on', () => {
  write('gaps/good', 'a.csv', 'TimeStamp,Value,Label', labelled);
  write('gaps/good', 'b.csv', 'TimeStamp,Value,Label', []);
  const { status, stderr, lines } = bench('gaps');
  assert.equal(status, 0);
  assert.equal(
    stderr,
    `anomalies: ${path.join(
      dir,
      'gaps/good/b.csv',
    )} has no points and is left out.\n`,
  );
  assert.deepEqual(lines, bench('alone').lines);
});

test('a file is read in the order of time, whatever its own', () => {
  for (const [folder, rows] of [
    ['forward', labelled],
    ['backward', [...labelled].reverse()],
  ]) {
    write(`${folder}/one`, 'a.csv', 'TimeStamp,Value,Label', rows);
    write(`${folder}/two`, 'b.csv', 'TimeStamp,Value,Label', labelled);
  }
  const forward = bench('forward');
  assert.equal(forward.lines.one.f1, 1);
  assert.deepEqual(bench('backward'), forward);
});
