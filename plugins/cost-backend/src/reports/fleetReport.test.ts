import { GroupSums } from '../database/MoneyStore';
import { readCostConfig } from '../config/readCostConfig';
import { configOf } from '../__testUtils__/backend';
import { Calendar } from './Calendar';
import { Coverage } from './coverage';
import { Currencies } from './Currencies';
import { buildFleetReport } from './fleetReport';
import { parseReportRequest } from './ReportRequest';
import { noSums } from './sums';

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

/** Movers of the last seven days, of a cluster that was read from `firstDay` on. */
function movers(firstDay: string, hoursOfFirstDay: number) {
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
  const report = buildFleetReport({
    config: readCostConfig(configOf()),
    currencies,
    simulated: new Set(),
    clusterCount: 1,
    groupBy: 'team',
    restricted: false,
    facts: {
      request: parseReportRequest(
        { window: '7d' },
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
  return report.movers;
}

describe('buildFleetReport', () => {
  it('names movers against a window that is known', () => {
    expect(movers('2026-06-01', 24)).toMatchObject([{ change: '99' }]);
  });

  it('calls nobody a mover against a sliver of a window', () => {
    expect(movers('2026-06-13', 2)).toEqual([]);
  });
});
