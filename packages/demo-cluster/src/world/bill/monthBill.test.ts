import { createWorld } from '../createWorld';
import { billMonths, dayBill } from './monthBill';

const START = new Date('2026-01-05T00:00:00Z');
const world = createWorld({ seed: 1, start: START });
const cluster = world.cluster('us-west');

type Column = Record<string, string | null>;

function rowsOf(day: string, restated = false): Column[] {
  const { header, rows } = dayBill(cluster, day, restated);
  return rows.map(row =>
    Object.fromEntries(header.map((name, index) => [name, row[index]])),
  );
}

const units = (text: string | null) => BigInt((text ?? '').replace('.', ''));
const sum = (rows: Column[], column: string) =>
  rows.reduce((all, row) => all + units(row[column]), 0n);

it('bills days that are over, and restates a month once', () => {
  const months = (now: string, shownSince = START) =>
    billMonths(cluster, new Date(now), shownSince).map(
      ({ month, start, end, restated }) =>
        [month, start, end, restated].join(' '),
    );
  expect(months('2026-01-05T23:59:00Z')).toEqual([]);
  expect(months('2026-02-03T12:00:00Z')).toEqual([
    '2026-01 2026-01-05 2026-02-01 false',
    '2026-02 2026-02-01 2026-02-03 false',
  ]);
  expect(months('2026-02-04T00:00:00Z')[0]).toBe(
    '2026-01 2026-01-05 2026-02-01 true',
  );
  // Who starts the demo long after sees it happen, of the last month alone.
  const shownSince = new Date('2026-03-20T10:00:00Z');
  expect(months('2026-03-20T10:02:00Z', shownSince).slice(0, 2)).toEqual([
    '2026-01 2026-01-05 2026-02-01 true',
    '2026-02 2026-02-01 2026-03-01 false',
  ]);
  expect(months('2026-03-20T10:04:00Z', shownSince)[1]).toBe(
    '2026-02 2026-02-01 2026-03-01 true',
  );
  // In the first days of a month that is the month before the last.
  const second = new Date('2026-04-02T10:00:00Z');
  expect(months('2026-04-02T10:02:00Z', second).slice(0, 3)).toEqual([
    '2026-01 2026-01-05 2026-02-01 true',
    '2026-02 2026-02-01 2026-03-01 false',
    '2026-03 2026-03-01 2026-04-01 false',
  ]);
});

it('bills every machine of the day by the name its node has, and commitments in full', () => {
  const rows = rowsOf('2026-01-20');
  const machines = rows.filter(row => row.ResourceId?.startsWith('i-'));
  const nodes = cluster.observe(
    new Date('2026-01-20T00:00:00Z'),
    new Date('2026-01-21T00:00:00Z'),
  ).nodes;
  expect(new Set(machines.map(({ ResourceId }) => ResourceId))).toEqual(
    new Set(nodes.map(({ providerId }) => providerId?.split('/').at(-1))),
  );
  const committed = rows.filter(row => row.CommitmentDiscountStatus);
  const bought = rows.filter(row => row.ChargeCategory === 'Purchase');
  expect(sum(bought, 'EffectiveCost')).toBe(0n);
  expect(sum(bought, 'BilledCost')).toBe(sum(committed, 'EffectiveCost'));
  expect(sum(machines, 'EffectiveCost')).toBeLessThan(
    sum(machines, 'ListCost'),
  );
});

it('is less when it is restated, and the same whenever it is asked', () => {
  expect(rowsOf('2026-01-20')).toEqual(rowsOf('2026-01-20'));
  expect(sum(rowsOf('2026-01-20', true), 'BilledCost')).toBeLessThan(
    sum(rowsOf('2026-01-20'), 'BilledCost'),
  );
});
