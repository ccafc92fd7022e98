import { HOUR_MS } from '@headroom/common';
import { createHourOfWeek, HeatMap, HOURS_OF_WEEK } from './HeatMap';

it('starts on Monday at midnight in the zone', () => {
  const berlin = createHourOfWeek('Europe/Berlin');
  // 2026-03-02 is a Monday.
  expect(berlin(Date.parse('2026-03-01T23:00:00Z'))).toBe(0);
  expect(berlin(Date.parse('2026-03-01T22:00:00Z'))).toBe(167);
  expect(
    createHourOfWeek('Asia/Kolkata')(Date.parse('2026-03-02T03:00:00Z')),
  ).toBe(8);
});

it('sums the weeks and leaves cells nobody saw empty', () => {
  const map = HeatMap.create({ hourOfWeek: createHourOfWeek('UTC') });
  const monday = Date.parse('2026-03-02T00:00:00Z');
  map.add(monday + 9 * HOUR_MS, 4, 3, 1.5);
  map.add(monday + (HOURS_OF_WEEK + 9) * HOUR_MS, 4, 4, 2);
  map.add(monday + 10 * HOUR_MS, 2, 0, 0);
  const cells = map.cells();
  expect(cells).toHaveLength(HOURS_OF_WEEK);
  expect(cells[9]).toEqual({ held: 8, known: 7, busy: 3.5 });
  expect(cells[10]).toEqual({ held: 2, known: 0, busy: null });
  expect(cells.filter(Boolean)).toHaveLength(2);
});
