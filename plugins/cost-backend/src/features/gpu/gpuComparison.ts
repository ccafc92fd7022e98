import { Comparison } from '@headroom/plugin-cost-common';
import { ClusterCoverage } from '../../database/ReportStore';
import { Calendar } from '../../core/Calendar';
import { Coverage } from '../../core/report/coverage';
import { againstPrevious } from '../../core/report/headline';
import { ReportRequest } from '../../core/report/ReportRequest';
import { noSums } from '../../database/sums';

/** GPU money of a window against the window before, by the rules of every headline figure. */
export function gpuComparison(options: {
  request: ReportRequest;
  calendar: Calendar;
  clusters: ClusterCoverage[];
  /** Names of the clusters that are still read. */
  configured: ReadonlySet<string>;
  closedUntil: Date;
  /** Micros by day of both windows. */
  totals: ReadonlyMap<string, bigint>;
}): Comparison | undefined {
  const { request, totals, ...rest } = options;
  const days = new Map(
    [...totals].map(([day, gpu]) => {
      const sums = noSums();
      return [day, { ...sums, cost: { ...sums.cost, gpu } }];
    }),
  );
  return againstPrevious({
    request,
    calendar: rest.calendar,
    days,
    coverage: Coverage.create({ ...rest, today: request.today }),
  });
}
