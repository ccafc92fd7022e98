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
  const [{ labels: read }] = readFolders(dir);
  return read && [...read];
}

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
