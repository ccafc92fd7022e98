import { addDays, daysBetween } from '@headroom/common';
import { AnomalyDay } from '@headroom/plugin-cost-common';
import { Calendar } from '../../core/Calendar';
import { ClusterHours, ServiceDays } from '../../database/AnomalyInputStore';

/**
 * Days of its clusters without it after which a service is new: what runs once a week was
 * there by then. While history is read, newest hours first, everything seems to begin.
 */
const UNSEEN_DAYS = 7;

/** Days without a reading for which a cluster is down, and not gone. */
const AWAY_DAYS = 14;

/** What a service, or a team, cost day by day. */
export interface CostSeries {
  kind: 'service' | 'team';
  entityRef: string;
  days: AnomalyDay[];
  /** Its clusters were read for a while when it began: it is new, not only not known before. */
  isNew: boolean;
  /** The day that it begins anew with, as others of its clusters are read. */
  anewFrom?: string;
  /** Services of a team. */
  services?: CostSeries[];
}

/**
 * The days of a service that can be compared, from the first that it cost anything: a
 * day on which another set of its clusters was read tells of that and not of the
 * service, so that the series begins anew there. A complete day without cost has none.
 */
export function serviceSeries(
  service: ServiceDays,
  days: readonly string[],
  clusters: ClusterHours,
  calendar: Calendar,
): CostSeries {
  const read = service.clusters.flatMap(id => {
    const hours = clusters.get(id);
    const sorted = hours ? [...hours.keys()].sort() : [];
    return hours && sorted.length > 0
      ? [
          {
            hours,
            first: sorted[0],
            last: addDays(sorted[sorted.length - 1], AWAY_DAYS),
          },
        ]
      : [];
  });
  const counting = (day: string) =>
    read.filter(({ first, last }) => day >= first && day <= last);
  const series: AnomalyDay[] = [];
  let before: string | undefined;
  let anewFrom: string | undefined;
  for (const day of days) {
    const here = counting(day);
    const key = here.map(each => read.indexOf(each)).join();
    if (before !== undefined && key !== before) {
      series.length = 0;
      anewFrom = day;
    }
    before = key;
    const micros = service.days.get(day);
    if (series.length === 0 && micros === undefined) {
      continue;
    }
    const { hours } = calendar.bounds(day);
    series.push({
      day,
      micros: micros ?? 0n,
      complete:
        here.length > 0 &&
        here.every(each => (each.hours.get(day) ?? 0) >= hours),
    });
  }
  return {
    kind: 'service',
    entityRef: service.entityRef,
    days: series,
    isNew:
      anewFrom === undefined &&
      series.length > 0 &&
      read.length > 0 &&
      read.every(
        ({ first }) => daysBetween(first, series[0].day) >= UNSEEN_DAYS,
      ),
    ...(anewFrom && { anewFrom }),
  };
}

/**
 * Teams with the groups below them, as sums of their services. A day is complete when it
 * is for each service; it begins with the last of them that is read anew, as a service
 * that others begin to be seen beside is no dearer team. A service that is new counts
 * from its first day.
 */
export function teamSeries(
  services: ReadonlyArray<{ series: CostSeries; ownerRefs: string[] }>,
  groups: ReadonlyArray<{ groupRef: string; parents: string[] }>,
): CostSeries[] {
  const parents = new Map(groups.map(each => [each.groupRef, each.parents]));
  const members = new Map<string, Set<CostSeries>>();
  for (const { series, ownerRefs } of services) {
    for (const group of withAbove(ownerRefs, parents)) {
      const known = members.get(group) ?? new Set();
      members.set(group, known.add(series));
    }
  }
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([entityRef, all]) => ({
      kind: 'team' as const,
      entityRef,
      days: summed([...all]),
      isNew: [...all].every(each => each.isNew),
      services: [...all],
    }));
}

/** Groups that are known, and all above them. */
export function withAbove(
  groups: readonly string[],
  parents: ReadonlyMap<string, string[]>,
): Set<string> {
  const found = new Set<string>();
  const open = groups.filter(group => parents.has(group));
  for (let group = open.pop(); group !== undefined; group = open.pop()) {
    if (!found.has(group)) {
      found.add(group);
      open.push(...(parents.get(group) ?? []).filter(ref => parents.has(ref)));
    }
  }
  return found;
}

function summed(all: readonly CostSeries[]): AnomalyDay[] {
  const days = new Map<string, AnomalyDay>();
  const from = all.reduce(
    (latest, { anewFrom = '' }) => (anewFrom > latest ? anewFrom : latest),
    '',
  );
  for (const { day, micros, complete } of all.flatMap(each => each.days)) {
    const sum = days.get(day);
    days.set(day, {
      day,
      micros: (sum?.micros ?? 0n) + micros,
      complete: (sum?.complete ?? true) && complete,
    });
  }
  return [...days.values()]
    .filter(({ day }) => day >= from)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}
