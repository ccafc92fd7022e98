import assert from 'node:assert';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { comparedReports, readReports } from './apiReports.mjs';

test('finds the reports of packages, and nothing else', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'reports-'));
  try {
    fs.mkdirSync(path.join(folder, 'one'));
    fs.mkdirSync(path.join(folder, 'two'));
    const report = path.join(folder, 'one', 'report-legacy.api.md');
    fs.writeFileSync(report, 'exported');
    fs.writeFileSync(path.join(folder, 'two', 'README.md'), 'read');
    fs.writeFileSync(path.join(folder, 'README.md'), 'read');
    assert.deepStrictEqual([...readReports([folder])], [[report, 'exported']]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('keys in another order are no difference', () => {
  assert.deepStrictEqual(
    comparedReports(new Map([['a', 'x\ny\nz']]), new Map([['a', 'z\nx\ny']])),
    [],
  );
});

test('members of a union in another order are no difference', () => {
  assert.deepStrictEqual(
    comparedReports(
      new Map([['a', "  kind: 'x' | 'y';"]]),
      new Map([['a', "  kind: 'y' | 'x';"]]),
    ),
    [],
  );
});

test('a member that moved to another type is a difference', () => {
  const report = (a, b) =>
    ['interface A {', ...a, '}', 'interface B {', ...b, '}'].join('\n');
  const title = '  title?: string;';
  assert.deepStrictEqual(
    comparedReports(
      new Map([['a', report([title, '  x: X;'], ['  y: Y;'])]]),
      new Map([['a', report(['  x: X;'], ['  y: Y;', title])]]),
    ),
    [{ file: 'a', lost: [title], came: [title] }],
  );
  assert.deepStrictEqual(
    comparedReports(
      new Map([['a', report([title, '  x: X;'], ['  y: Y;'])]]),
      new Map([['a', report(['  x: X;', title], ['  y: Y;'])]]),
    ),
    [],
  );
});

test('members of one line that have changed their types are a difference', () => {
  const before = '{ x: string | undefined; y: number; }';
  const after = '{ x: number; y: string | undefined; }';
  assert.deepStrictEqual(
    comparedReports(new Map([['a', before]]), new Map([['a', after]])),
    [{ file: 'a', lost: [before], came: [after] }],
  );
});

test('tells lines that came, went, and stand there more often', () => {
  assert.deepStrictEqual(
    comparedReports(
      new Map([
        ['a', 'x\ny'],
        ['b', 'x\nx'],
        ['same', 'x'],
      ]),
      new Map([
        ['a', 'x\nz'],
        ['b', 'x\nx\nx'],
        ['same', 'x'],
      ]),
    ),
    [
      { file: 'a', lost: ['y'], came: ['z'] },
      { file: 'b', lost: [], came: ['x'] },
    ],
  );
});

test('tells a report that is new and one that is gone, also if empty', () => {
  assert.deepStrictEqual(
    comparedReports(new Map([['gone', '']]), new Map([['new', 'x']])),
    [
      { file: 'gone', lost: [''], came: [] },
      { file: 'new', lost: [], came: ['x'] },
    ],
  );
});
