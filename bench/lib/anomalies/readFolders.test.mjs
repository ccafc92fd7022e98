import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { readFolders } = require('./readFolders.ts');

let dir;

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'headroom-folders-'));
});

afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

function write(file, ...lines) {
  fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  fs.writeFileSync(path.join(dir, file), lines.join('\n'));
}

/** Labels of a file with these, one a point. */
function labelsOf(...labels) {
  write(
    'a.csv',
    'TimeStamp,Value,Label',
    ...labels.map((label, hour) => `2026-03-02 0${hour}:00:00,1,${label}`),
  );
  const [{ labels: read }] = readFolders(dir).series;
  return read && [...read];
}

const HEADER = 'TimeStamp,Value,Label';
const POINT = '2026-03-02 00:00:00,1,0';

test('files without points are named, and the others are read', () => {
  write('good/a.csv', HEADER, POINT);
  write('good/header.csv', HEADER, '');
  write('none/blank.csv', '\uFEFF', '  ', '');
  write('none/nothing.csv', '');
  const { series, empty } = readFolders(dir);
  assert.deepEqual(
    series.map(({ name }) => name),
    ['good/a'],
  );
  assert.deepEqual(
    empty.map(file => path.relative(dir, file)),
    ['good/header.csv', 'none/blank.csv', 'none/nothing.csv'],
  );
});

test('folders without any point are refused', () => {
  const message = `${dir}: no .csv file with a point in this folder or those in it`;
  assert.throws(() => readFolders(dir), { message });
  write('none/header.csv', HEADER);
  assert.throws(() => readFolders(dir), { message });
});

test('files that are no series are refused with file, line and value', () => {
  const file = path.join(dir, 'a.csv');
  for (const [lines, message] of [
    [
      ['a,b', POINT],
      `${file}, line 1: "a,b" has no columns TimeStamp and Value`,
    ],
    [
      ['no series'],
      `${file}, line 1: "no series" has no columns TimeStamp and Value`,
    ],
    [
      [HEADER, POINT, '2026-03-02 01:00:00,much,0'],
      `${file}, line 3: Value is "much"; it takes a number`,
    ],
    [
      [HEADER, 'noon,1,0'],
      `${file}, line 2: TimeStamp is "noon"; it takes a moment such as 2026-03-02T14:00:00Z`,
    ],
  ]) {
    write('a.csv', ...lines);
    assert.throws(() => readFolders(dir), { message });
  }
});

test('labels are numbers or words, whatever their case', () => {
  assert.deepEqual(labelsOf('1', '0', '1'), [1, 0, 1]);
  assert.deepEqual(labelsOf('1.0', '0.0', '1.000e+00'), [1, 0, 1]);
  assert.deepEqual(labelsOf('True', 'False', 'TRUE'), [1, 0, 1]);
  assert.deepEqual(labelsOf('', '"true"', ' false '), [0, 1, 0]);
  assert.deepEqual(labelsOf('0', '0'), [0, 0]);
  assert.equal(labelsOf('', ''), undefined);
});

test('other labels are refused with file, line and value', () => {
  for (const label of ['yes', '2', '-1', '0.5', 'NaN', 'anomaly']) {
    assert.throws(() => labelsOf('0', label), {
      message: `${path.join(
        dir,
        'a.csv',
      )}, line 3: Label is "${label}"; it takes 1 or true for an anomaly, and 0, false or nothing for none`,
    });
  }
});

/** Moments of a file with these timestamps, one a point. */
function momentsOf(...timestamps) {
  write('a.csv', HEADER, ...timestamps.map(timestamp => `${timestamp},1,0`));
  const [{ at }] = readFolders(dir).series;
  return Array.from(at, each => new Date(each).toISOString());
}

test('timestamps are text, or seconds or milliseconds since 1970', () => {
  const moments = ['2018-05-10T00:00:00.000Z', '2018-05-10T01:00:00.000Z'];
  for (const timestamps of [
    ['2018-05-10 00:00:00', '2018-05-10 01:00:00'],
    ['2018-05-10T00:00:00Z', '2018-05-10T03:00:00+02:00'],
    ['1525910400', '1525914000'],
    ['1525910400.0', '1525914000.0'],
    ['"1525910400000"', '"1525914000000"'],
  ]) {
    assert.deepEqual(momentsOf(...timestamps), moments);
  }
  assert.deepEqual(momentsOf('100000000', '99999999999'), [
    '1973-03-03T09:46:40.000Z',
    '5138-11-16T09:46:39.000Z',
  ]);
});

test('numbers that are neither seconds nor milliseconds are refused', () => {
  const place = `${path.join(dir, 'a.csv')}, line`;
  const takes = clock =>
    `it takes ${clock} since 1970 in all of a file, of the years 1973 to 5138`;
  for (const [timestamps, message] of [
    [['20180510'], `${place} 2: TimeStamp is "20180510"; ${takes('seconds')}`],
    [
      ['1525910400000000'],
      `${place} 2: TimeStamp is "1525910400000000"; ${takes('milliseconds')}`,
    ],
    [
      ['1525910400', '1525914000000'],
      `${place} 3: TimeStamp is "1525914000000"; ${takes('seconds')}`,
    ],
    [
      ['1525910400', '2018-05-10 01:00:00'],
      `${place} 3: TimeStamp is "2018-05-10 01:00:00"; ${takes('seconds')}`,
    ],
    [
      ['2018-05-10 00:00:00', '1525914000'],
      `${place} 3: TimeStamp is "1525914000"; it takes a moment such as 2026-03-02T14:00:00Z`,
    ],
  ]) {
    assert.throws(() => momentsOf(...timestamps), { message });
  }
});

test('points are sorted by time, those of one instant as the file has them', () => {
  const rows = [
    '2026-03-02T03:00:00Z,3,1',
    '2026-03-02T02:00:00+00:00,20,0',
    '2026-03-02T02:00:00Z,21,1',
    '2026-03-02T01:00:00Z,1,0',
  ];
  write('a.csv', HEADER, ...rows);
  const [{ timestamps, values, labels }] = readFolders(dir).series;
  assert.deepEqual([...values], [1, 20, 21, 3]);
  assert.deepEqual([...labels], [0, 0, 1, 1]);
  assert.deepEqual(
    timestamps.map(each => each.slice(11, 13)),
    ['01', '02', '02', '03'],
  );
});
