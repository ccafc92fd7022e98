import fc from 'fast-check';
import { parseAllocationWindow, parseStep } from './windows';

/** A Wednesday. */
const NOW = new Date('2026-03-04T12:34:56Z');

const iso = (at: number) => new Date(at).toISOString().slice(0, 13);
const read = (text: string) => {
  const window = parseAllocationWindow(text, NOW);
  return window && [window.start, window.end].map(at => iso(at));
};

it.each([
  ['today', '2026-03-04T00', '2026-03-05T00'],
  ['yesterday', '2026-03-03T00', '2026-03-04T00'],
  // Weeks start on Sunday.
  ['week', '2026-03-01T00', '2026-03-05T00'],
  ['lastweek', '2026-02-22T00', '2026-03-01T00'],
  ['month', '2026-03-01T00', '2026-03-05T00'],
  ['lastmonth', '2026-02-01T00', '2026-03-01T00'],
  ['24h', '2026-03-03T13', '2026-03-04T13'],
  ['90m', '2026-03-04T12', '2026-03-04T13'],
  ['1d', '2026-03-04T00', '2026-03-05T00'],
  ['7d', '2026-02-26T00', '2026-03-05T00'],
  ['2w', '2026-02-19T00', '2026-03-05T00'],
  ['48h offset 24h', '2026-03-01T13', '2026-03-03T13'],
  ['2d offset 1d', '2026-03-02T00', '2026-03-04T00'],
  [
    '2026-03-01T00:00:00Z,2026-03-02T12:00:00Z',
    '2026-03-01T00',
    '2026-03-02T12',
  ],
  [
    '2026-03-01T00:00:00+02:00, 2026-03-02T00:00:00+02:00',
    '2026-02-28T22',
    '2026-03-01T22',
  ],
  ['1772323200,1772409600', '2026-03-01T00', '2026-03-02T00'],
  ['1772323200-1772409600', '2026-03-01T00', '2026-03-02T00'],
])('%s', (text, start, end) => {
  expect(read(text)).toEqual([start, end]);
});

it.each([
  'never',
  '',
  '7y',
  '0d',
  '10m',
  '24h offset',
  '2026-03-02T00:00:00Z,2026-03-01T00:00:00Z',
  '2026-03-01T00:00:00Z,2026-03-01T00:00:00Z',
  '2026-13-01T00:00:00Z,2026-14-01T00:00:00Z',
  '2026-03-01,2026-03-02',
  '1772323200,2026-03-02T00:00:00Z',
])('%j is none', text => {
  expect(parseAllocationWindow(text, NOW)).toBeUndefined();
});

it('ends where the one that touches it begins', () => {
  const seconds = fc.integer({ min: 1_000_000_000, max: 2_000_000_000 });
  fc.assert(
    fc.property(fc.tuple(seconds, seconds, seconds), instants => {
      const [a, b, c] = instants.sort((x, y) => x - y);
      const [first, second, both] = [
        [a, b],
        [b, c],
        [a, c],
      ].map(pair => parseAllocationWindow(pair.join(','), NOW));
      expect(first?.end ?? second?.start).toBe(second?.start ?? first?.end);
      expect(both?.start).toBe((first ?? second)?.start);
      expect(both?.end).toBe((second ?? first)?.end);
    }),
  );
});

it('reads steps of whole hours', () => {
  expect(['1h', '60m', '1d', '1w', '90m', '0h', 'day'].map(parseStep)).toEqual([
    3_600_000,
    3_600_000,
    86_400_000,
    604_800_000,
    undefined,
    undefined,
    undefined,
  ]);
});
