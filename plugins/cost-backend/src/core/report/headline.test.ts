import { addDays, eachDay } from '@headroom/common';
import { ClusterCoverage } from '../../database/ReportStore';
import { Calendar } from '../Calendar';
import { Coverage } from './coverage';
import { Currencies } from '../Currencies';
import {
  daysNotCompared,
  headline,
  ReportFacts,
  rowBase,
  rowBaseOfPairs,
} from './headline';
import { parseReportRequest } from './ReportRequest';
import { noSums } from '../../database/sums';

const TODAY = '2026-06-21';
const NOW = new Date(`${TODAY}T12:00:00Z`);
const CPU_MICROS = 1_000_000n;

/** A cluster that was read from a day on; the first `gap` days of that only half. */
function cluster(name: string, firstDay: string, gap = 0): ClusterCoverage {
  const days = eachDay(firstDay, TODAY);
  return {
    cluster: name,
    source: 'fake',
    firstDay,
    lastHour: `${TODAY}T10:00:00Z`,
    days: new Map([
      ...days.map(
        (day, i) => [day, { hours: i < gap ? 12 : 24 }] as [string, object],
      ),
      [TODAY, { hours: 11 }],
    ]) as ClusterCoverage['days'],
    problems: [],
  };
}

/** Every cluster costs the same a day, half of it used. */
function facts(clusters: ClusterCoverage[]): ReportFacts {
  const calendar = Calendar.create({ zone: 'UTC' });
  const request = parseReportRequest(
    { window: '7d' },
    Currencies.create({ stored: 'USD', rates: [] }),
    'UTC',
    NOW,
  );
  const spent = eachDay(request.readFrom, addDays(TODAY, 1)).flatMap(day => {
    const read = clusters.filter(({ days }) => days.has(day)).length;
    const sums = noSums();
    sums.cost.cpu = BigInt(read) * CPU_MICROS;
    sums.known = sums.cost.cpu;
    sums.used = sums.known / 2n;
    return read > 0 ? [[day, sums] as const] : [];
  });
  return {
    request,
    calendar,
    days: new Map(spent),
    coverage: Coverage.create({
      clusters,
      configured: new Set(clusters.map(each => each.cluster)),
      calendar,
      closedUntil: new Date(`${TODAY}T11:00:00Z`),
      today: TODAY,
    }),
  };
}

describe('headline', () => {
  it('compares with a window before that is complete', () => {
    const known = facts([cluster('c1', '2026-05-20')]);
    expect(rowBase(known)).toEqual({ previousWhole: true, comparable: true });
    expect(headline(known)).toMatchObject({
      previous: { total: '7000000', changeRatio: 0 },
      previousEfficiency: 0.5,
      projection: { status: 'ok' },
    });
  });

  it('compares unused money of windows that are over, not a part with a whole', () => {
    const open = facts([cluster('c1', '2026-05-20')]);
    expect(headline(open)).not.toHaveProperty('previousUnusedCost');
    const window = { ...open.request.window, end: TODAY };
    const over = { ...open, request: { ...open.request, window } };
    expect(headline(over)).toMatchObject({ previousUnusedCost: '3500000' });
  });

  it('gives no figures of a window before that is partly known', () => {
    const sliver = facts([cluster('c1', '2026-06-14')]);
    expect(rowBase(sliver)).toEqual({
      previousWhole: false,
      comparable: false,
    });
    const { previous, ...rest } = headline(sliver);
    expect(previous).not.toHaveProperty('total');
    expect(rest).not.toHaveProperty('previousUnusedCost');
    expect(rest).not.toHaveProperty('previousEfficiency');
  });

  it('does not take half-known days for a rise', () => {
    const gappy = facts([cluster('c1', '2026-06-08', 2)]);
    expect(rowBase(gappy)).toEqual({ previousWhole: false, comparable: false });
    expect(headline(gappy).previous).toMatchObject({
      changeRatio: 0,
      comparedDays: 4,
    });
    // Rows stand on the same days once those of no use are left out.
    expect(rowBaseOfPairs(gappy).comparable).toBe(true);
    expect(daysNotCompared(gappy)).toEqual([
      '2026-06-15',
      '2026-06-08',
      '2026-06-16',
      '2026-06-09',
    ]);
  });

  it('does not take a cluster that was connected for a rise', () => {
    // Read for the days of the window, and for none before.
    const grown = facts([
      cluster('c1', '2026-05-20'),
      cluster('c2', '2026-06-15'),
    ]);
    expect(grown.coverage.complete('2026-06-14')).toBe(true);
    expect(rowBase(grown)).toEqual({ previousWhole: false, comparable: false });
    expect(headline(grown).previous).not.toHaveProperty('changeRatio');
    expect(headline(grown).previous).not.toHaveProperty('total');
  });

  it('projects no month a back-fill is not through with', () => {
    const backfilled = (cursor: string) =>
      headline(
        facts([
          {
            ...cluster('c1', '2026-06-10'),
            backfillFrom: '2026-03-01T00:00:00.000Z',
            backfillStart: '2026-06-20T00:00:00.000Z',
            backfillCursor: cursor,
          },
        ]),
      ).projection;
    expect(backfilled('2026-06-10T00:00:00.000Z')).toMatchObject({
      status: 'not-yet',
      reason:
        'The back-fill has not read all of this month yet; 9 days are not in.',
    });
    expect(backfilled('2026-06-01T00:00:00.000Z').status).toBe('ok');
  });

  it('projects from days of the clusters of today', () => {
    const { projection } = headline(
      facts([cluster('c1', '2026-05-20'), cluster('c2', '2026-06-15')]),
    );
    expect(projection).toMatchObject({ status: 'ok', completeDays: 6 });
  });
});
