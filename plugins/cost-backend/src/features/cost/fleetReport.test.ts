import { GroupSums } from '../../database/MoneyStore';
import { readCostConfig } from '../../core/config/readCostConfig';
import { configOf } from '../../__testUtils__/backend';
import { Calendar } from '../../core/Calendar';
import { Coverage } from '../../core/report/coverage';
import { Currencies } from '../../core/Currencies';
import { buildFleetReport } from './fleetReport';
import { parseReportRequest } from '../../core/report/ReportRequest';
import { noSums } from '../../database/sums';

const TODAY = '2026-06-21';

/** One service that cost 100 in each window, as far as they are known. */
function mover(period: GroupSums['period'], cpu: bigint): GroupSums {
  const sums = noSums();
  sums.cost.cpu = cpu;
  return {
    dimension: 'mover',
    period,
    compared: true,
    kind: 'normal',
    values: ['component:default/web'],
    sums,
  };
}

/** Report of seven days, by default the last ones, of a cluster that was read from `firstDay` on. */
function report(
  firstDay: string,
  hoursOfFirstDay: number,
  query: object = { window: '7d' },
) {
  const calendar = Calendar.create({ zone: 'UTC' });
  const currencies = Currencies.create({ stored: 'USD', rates: [] });
  const days = calendar.days(firstDay, TODAY);
  const clusters = [
    {
      cluster: 'c1',
      source: 'fake',
      firstDay,
      lastHour: `${TODAY}T10:00:00Z`,
      days: new Map(
        days.map((day, i) => [
          day,
          { hours: i === 0 ? hoursOfFirstDay : 24, unitHours: 0 },
        ]),
      ),
      problems: [],
    },
  ];
  return buildFleetReport({
    config: readCostConfig(configOf()),
    currencies,
    simulated: new Set(),
    clusterCount: 1,
    groupBy: 'team',
    restricted: false,
    facts: {
      request: parseReportRequest(
        query,
        currencies,
        'UTC',
        new Date(`${TODAY}T12:00:00Z`),
      ),
      calendar,
      coverage: Coverage.create({
        clusters,
        configured: new Set(['c1']),
        calendar,
        closedUntil: new Date(`${TODAY}T11:00:00Z`),
        today: TODAY,
      }),
      days: new Map(),
    },
    money: {
      days: new Map(),
      groups: [mover('current', 100n), mover('previous', 1n)],
    },
    clusters,
    prices: [],
  });
}

describe('buildFleetReport', () => {
  it('names movers against a window that is known', () => {
    expect(report('2026-06-01', 24).movers).toMatchObject([{ change: '99' }]);
  });

  it('calls nobody a mover against a sliver of a window', () => {
    expect(report('2026-06-13', 2).movers).toEqual([]);
  });

  it('says no-data of a window in which no day is known', () => {
    const window = { window: 'custom', from: '2026-05-01', to: '2026-05-08' };
    expect(report('2026-06-01', 24, window).status).toBe('no-data');
    expect(report('2026-05-07', 24, window).status).toBe('ok');
  });
});
