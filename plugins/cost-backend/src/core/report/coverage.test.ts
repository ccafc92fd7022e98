import { ClusterCoverage } from '../../database/ReportStore';
import { Calendar } from '../Calendar';
import { Coverage } from './coverage';

const BERLIN = 'Europe/Berlin';

function cluster(
  days: Record<string, number>,
  change: Partial<ClusterCoverage> = {},
): ClusterCoverage {
  return {
    cluster: 'c1',
    source: 'fake',
    firstDay: Object.keys(days)[0],
    days: new Map(
      Object.entries(days).map(([day, hours]) => [
        day,
        { hours, unitHours: hours },
      ]),
    ),
    problems: [],
    ...change,
  };
}

function coverage(
  clusters: ClusterCoverage[],
  closedUntil: string,
  today: string,
  {
    zone = 'UTC',
    configured = clusters.map(each => each.cluster),
  }: { zone?: string; configured?: string[] } = {},
) {
  return Coverage.create({
    clusters,
    configured: new Set(configured),
    calendar: Calendar.create({ zone }),
    closedUntil: new Date(closedUntil),
    today,
  });
}

describe('Coverage', () => {
  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-06-01', 24],
  ])('knows that %s has %s hours in Berlin', (day, hours) => {
    const full = coverage(
      [cluster({ [day]: hours })],
      '2026-12-01T00:00:00Z',
      '2026-12-01',
      { zone: BERLIN },
    );
    expect(full.day(day)).toMatchObject({ hours, missingHours: 0 });
    expect(full.complete(day)).toBe(true);
  });

  it('expects of today only the hours that are closed', () => {
    const today = coverage(
      [cluster({ '2026-06-01': 10 })],
      '2026-06-01T11:00:00Z',
      '2026-06-01',
    );
    expect(today.day('2026-06-01')).toEqual({
      hours: 24,
      missingHours: 1,
      known: true,
      partial: true,
    });
  });

  it.each([
    ['not in yet', '2026-06-02T10:00:00Z', {}, 0],
    ['not in yet for two hours', '2026-06-02T09:00:00Z', {}, 0],
    ['missing after that', '2026-06-02T08:00:00Z', {}, 3],
    [
      'missing while the source is down',
      '2026-06-02T10:00:00Z',
      { downSince: '2026-06-02T11:10:00Z' },
      1,
    ],
  ])(
    'calls a closed hour after the last one %s',
    (_, lastHour, change, lacks) => {
      const hours = new Date(lastHour).getUTCHours() + 1;
      const one = cluster(
        { '2026-06-01': 24, '2026-06-02': hours },
        { lastHour, ...change },
      );
      const today = coverage([one], '2026-06-02T12:00:00Z', '2026-06-02');
      expect(today.day('2026-06-02')).toMatchObject({
        missingHours: lacks,
        partial: true,
      });
      expect(today.missingOf(one, ['2026-06-01', '2026-06-02'])).toBe(lacks);
    },
  );

  it('calls yesterday partial, not lacking, until its last hour is in', () => {
    const behind = coverage(
      [cluster({ '2026-06-01': 23 }, { lastHour: '2026-06-01T22:00:00Z' })],
      '2026-06-02T00:00:00Z',
      '2026-06-02',
    );
    expect(behind.day('2026-06-01')).toMatchObject({
      missingHours: 0,
      partial: true,
    });
    expect(behind.complete('2026-06-01')).toBe(false);
  });

  it('awaits the days a back-fill goes back to, and calls none of them missing', () => {
    const one = cluster(
      { '2026-06-05': 24, '2026-06-06': 24 },
      {
        backfillFrom: '2026-06-03T00:00:00.000Z',
        backfillStart: '2026-06-07T00:00:00.000Z',
        backfillCursor: '2026-06-05T00:00:00.000Z',
        lastHour: '2026-06-09T23:00:00Z',
      },
    );
    const running = coverage([one], '2026-06-10T00:00:00Z', '2026-06-10');
    expect(running.day('2026-06-04')).toEqual({
      hours: 24,
      missingHours: 0,
      known: false,
      partial: true,
    });
    expect(running.awaitsBackfill('2026-06-04')).toBe(true);
    expect(running.awaitsBackfill('2026-06-05')).toBe(false);
    expect(running.complete('2026-06-05')).toBe(true);
    expect(running.missingOf(one, ['2026-06-03', '2026-06-04'])).toBe(0);

    const finished = coverage(
      [{ ...one, backfillCursor: one.backfillFrom }],
      '2026-06-10T00:00:00Z',
      '2026-06-10',
    );
    expect(finished.awaitsBackfill('2026-06-04')).toBe(false);
    expect(finished.day('2026-06-04').missingHours).toBe(24);
  });

  it('expects of a day the back-fill is in only the hours it has passed', () => {
    const within = coverage(
      [
        cluster(
          { '2026-06-05': 6 },
          {
            backfillFrom: '2026-06-01T00:00:00.000Z',
            backfillStart: '2026-06-06T00:00:00.000Z',
            backfillCursor: '2026-06-05T16:00:00.000Z',
          },
        ),
      ],
      '2026-06-06T00:00:00Z',
      '2026-06-06',
    );
    expect(within.day('2026-06-05')).toMatchObject({
      missingHours: 2,
      partial: true,
    });
  });

  it('takes the worst of several clusters, from the day each was first read', () => {
    const both = coverage(
      [
        cluster({ '2026-06-01': 24, '2026-06-02': 24, '2026-06-03': 23 }),
        cluster({ '2026-06-03': 20 }, { cluster: 'c2' }),
      ],
      '2026-06-10T00:00:00Z',
      '2026-06-10',
    );
    expect(both.day('2026-05-31')).toMatchObject({
      missingHours: 24,
      known: false,
    });
    expect(both.day('2026-06-02').missingHours).toBe(0);
    expect(both.day('2026-06-03').missingHours).toBe(4);
    // Known clusters that said nothing: a gap.
    expect(both.day('2026-06-04')).toMatchObject({
      missingHours: 24,
      known: false,
    });
    expect(both.complete('2026-06-04')).toBe(false);
  });

  it('calls a day partial whose last hours are not in yet', () => {
    const behind = coverage(
      [
        cluster(
          { '2026-06-01': 24, '2026-06-02': 6 },
          { lastHour: '2026-06-02T05:00:00Z' },
        ),
      ],
      '2026-06-03T00:00:00Z',
      '2026-06-03',
    );
    expect(behind.day('2026-06-01').partial).toBe(false);
    expect(behind.day('2026-06-02').partial).toBe(true);
  });

  it('counts what one cluster lacks', () => {
    const one = cluster({ '2026-06-01': 24, '2026-06-02': 20 });
    const all = coverage([one], '2026-06-10T00:00:00Z', '2026-06-10');
    expect(
      all.missingOf(one, [
        '2026-05-31',
        '2026-06-01',
        '2026-06-02',
        '2026-06-03',
      ]),
    ).toBe(28);
  });

  it('counts a cluster that was removed up to its last hour', () => {
    const removed = cluster(
      { '2026-06-01': 24, '2026-06-02': 6 },
      { cluster: 'gone', lastHour: '2026-06-02T05:00:00Z' },
    );
    const stays = cluster({
      '2026-06-01': 24,
      '2026-06-02': 24,
      '2026-06-03': 24,
    });
    const both = coverage(
      [removed, stays],
      '2026-06-10T00:00:00Z',
      '2026-06-10',
      { configured: ['c1'] },
    );
    // The rest of its last day never comes.
    expect(both.day('2026-06-02')).toMatchObject({
      missingHours: 18,
      partial: false,
    });
    expect(both.complete('2026-06-03')).toBe(true);
    expect(both.missingOf(removed, ['2026-06-02', '2026-06-03'])).toBe(18);
    expect(both.comparable('2026-06-01', '2026-06-03')).toBe(false);
  });

  it('compares days of the same clusters only', () => {
    const both = coverage(
      [
        cluster({ '2026-06-01': 24, '2026-06-02': 24, '2026-06-03': 24 }),
        cluster({ '2026-06-03': 24 }, { cluster: 'new' }),
      ],
      '2026-06-10T00:00:00Z',
      '2026-06-10',
    );
    expect(both.comparable('2026-06-01', '2026-06-02')).toBe(true);
    expect(both.complete('2026-06-03')).toBe(true);
    expect(both.comparable('2026-06-02', '2026-06-03')).toBe(false);
    expect(both.sameClusters(['2026-06-01', '2026-06-03'])).toBe(false);
  });
});
