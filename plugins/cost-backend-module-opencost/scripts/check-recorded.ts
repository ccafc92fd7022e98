/**
 * Reads recorded answers of an OpenCost with the code of this module and
 * checks what it makes of them.
 *
 *   node --require @backstage/cli/config/nodeTransform.cjs \
 *     plugins/cost-backend-module-opencost/scripts/check-recorded.ts --data DIR
 *
 * DIR holds `allocation-30m.json` and `assets-30m.json` (one window, by
 * container with idle; counted short of the window) and
 * `allocation-example-output.json` (one week, by namespace). Exits 1 when an
 * expectation fails.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { microsToDecimal, sumMicros } from '@headroom/common';
import { totalOf } from '@headroom/plugin-cost-common';
import { Span } from '../src/answer/span';
import { readWindow } from '../src/readWindow';

type Answer = ReturnType<typeof readWindow>;

const NODE_PRICE_MICROS_PER_HOUR = 31_612n;
const failures: string[] = [];

function expect(holds: boolean, expectation: string): void {
  print(`${holds ? 'ok  ' : 'FAIL'} ${expectation}`);
  if (!holds) {
    failures.push(expectation);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function readJson(dir: string, file: string): unknown {
  return JSON.parse(readFileSync(join(dir, file), 'utf8'));
}

/** Sum of every item's parts, counted in the file's last decimal. */
function sumOfParts(answer: unknown): bigint {
  const { data } = answer as {
    data: Array<Record<string, Record<string, number>>>;
  };
  let sum = 0;
  for (const item of data.flatMap(step => Object.values(step))) {
    for (const part of ['cpu', 'ram', 'gpu', 'pv', 'network', 'loadBalancer']) {
      sum += Math.round(item[`${part}Cost`] * 100_000);
    }
  }
  return BigInt(sum) * 10n;
}

function describe(answer: Answer): void {
  print(
    `  ${answer.rows.length} rows, ${answer.workloads.length} workloads, ${answer.nodes.length} kinds of node, ${answer.missingHours.length} missing`,
  );
  for (const problem of answer.problems) {
    print(`  ${problem.severity} ${problem.code}: ${problem.message}`);
  }
}

function totalOfRows(answer: Answer, bucket: 'workload' | 'idle'): bigint {
  return sumMicros(
    answer.rows
      .filter(row => row.bucket === bucket)
      .map(row => totalOf(row.cost)),
  );
}

function checkShortWindow(dir: string): void {
  print('allocation-30m.json, assets-30m.json');
  const span: Span = {
    start: Date.parse('2026-11-22T02:33:00Z'),
    end: Date.parse('2026-11-22T03:03:00Z'),
  };
  const allocation = readJson(dir, 'allocation-30m.json');
  const answer = readWindow(
    {
      allocation,
      coarse: { data: null },
      assets: readJson(dir, 'assets-30m.json'),
    },
    { spans: [span], cluster: 'peer', region: '', currency: 'USD' },
  );
  describe(answer);

  const paid = totalOfRows(answer, 'workload') + totalOfRows(answer, 'idle');
  // Three nodes for half an hour.
  const right = (3n * NODE_PRICE_MICROS_PER_HOUR) / 2n;
  const short = Number(right - paid) / Number(right);
  print(
    `  total ${microsToDecimal(paid)} of ${microsToDecimal(right)}, ${(
      short * 100
    ).toFixed(1)} % short`,
  );
  const problem = answer.problems.find(
    ({ code }) => code === 'opencost-window-short',
  );
  expect(answer.rows.length > 0, 'the window is read');
  expect(
    paid === sumOfParts(allocation),
    'what the server said is booked to the micro, unscaled',
  );
  expect(Math.round(short * 100) === 17, 'its total is 17 % short');
  expect(problem?.severity === 'warning', 'the reader warns of it');
  expect(
    problem?.message.includes('25 of 30 minutes of each of 3 nodes') ?? false,
    'it names 25 of 30 minutes of 3 nodes',
  );
  expect(
    problem?.message.includes('16.7 %') ?? false,
    'it names the share that is missing',
  );
  expect(
    totalOfRows(answer, 'idle') === 22_760n,
    'idle is a row of its own: 0.022760',
  );
  const gpu = answer.rows.filter(
    row => row.bucket === 'workload' && row.gpuHours > 0,
  );
  expect(
    gpu.length === 1 && gpu[0].gpuHours === 1 && gpu[0].gpuBusyHours === 0.35,
    'two GPU pods of one workload: 1 device-hour paid, 0.35 busy',
  );
  expect(
    answer.nodes.length === 1 &&
      Math.abs(Number(answer.nodes[0].hourlyPrice) - 0.031612) < 0.00001,
    'the price of a node is 0.031612 an hour over the minutes it was counted',
  );
  expect(
    !answer.problems.some(({ code }) => code === 'opencost-sum-mismatch'),
    'items and nodes agree within rounding: short in the same way',
  );
}

function checkExample(dir: string): void {
  print('allocation-example-output.json');
  const span: Span = {
    start: Date.parse('2023-07-12T11:02:46Z'),
    end: Date.parse('2023-07-19T11:02:46Z'),
  };
  const allocation = readJson(dir, 'allocation-example-output.json');
  const answer = readWindow(
    { allocation, coarse: { data: null } },
    { spans: [span], cluster: 'example', region: '', currency: 'USD' },
  );
  describe(answer);
  expect(
    totalOfRows(answer, 'workload') === sumOfParts(allocation),
    'what the server said is booked to the micro',
  );
  expect(
    answer.problems.some(
      ({ code, message }) =>
        code === 'opencost-window-short' &&
        message.includes('10079.22 of 10080 minutes'),
    ),
    'the reader says 10,079.22 of 10,080 minutes',
  );

  const hours = [0, 1].map(index => ({
    start: span.start + index * 3_600_000,
    end: span.start + (index + 1) * 3_600_000,
  }));
  let refusal = '';
  try {
    readWindow(
      { allocation, coarse: { data: null } },
      { spans: hours, cluster: 'example', region: '', currency: 'USD' },
    );
  } catch (error) {
    refusal = String(error);
  }
  print(`  ${refusal}`);
  expect(
    refusal.includes('ignores "step"'),
    'asked for by the hour, a step of a week is refused',
  );
}

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (!values.data) {
  print('usage: check-recorded.ts --data DIR');
  process.exit(2);
}
checkShortWindow(values.data);
checkExample(values.data);
if (failures.length > 0) {
  print(`${failures.length} expectation(s) failed`);
  process.exit(1);
}
