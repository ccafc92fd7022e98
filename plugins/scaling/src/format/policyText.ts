import {
  DayTimes,
  Policy,
  PolicyScope,
  ScheduleWindow,
  WEEKDAYS,
  Weekday,
  Wish,
} from '@headroom/plugin-scaling-common';
import { entityName } from '@headroom/react';
import { ScalingTranslate } from '../useScalingTranslation';
import { boundsOfWish, boundsText } from './bounds';
import { lengthText } from './moments';

/** What a policy is for, in a few words. */
export function scopeText(scope: PolicyScope, t: ScalingTranslate): string {
  switch (scope.type) {
    case 'workload':
      return `${scope.kind} ${scope.namespace}/${scope.name}`;
    case 'selector':
      return t('scope.text.selector', {
        selector: scope.selector,
        where: scope.namespaces?.join(', ') ?? t('scope.text.everywhere'),
      });
    case 'namespace':
      return t('scope.text.namespace', { namespace: scope.namespace });
    case 'service':
    case 'system':
    case 'team':
      return t(`scope.text.${scope.type}`, {
        name: entityName(scope.entityRef),
      });
    default:
      return t('scope.text.all');
  }
}

/** What is wanted, in a few words. */
export function wishText(wish: Wish, t: ScalingTranslate): string {
  return boundsText(boundsOfWish(wish), t);
}

/** `Mon–Fri`, `Mon, Wed`, `every day`: neighbours are a span. */
export function daysText(
  days: readonly Weekday[],
  t: ScalingTranslate,
): string {
  if (days.length === WEEKDAYS.length) {
    return t('days.all');
  }
  const runs: Weekday[][] = [];
  WEEKDAYS.forEach((day, index) => {
    if (!days.includes(day)) {
      return;
    }
    const last = runs[runs.length - 1];
    if (last && index > 0 && last[last.length - 1] === WEEKDAYS[index - 1]) {
      last.push(day);
    } else {
      runs.push([day]);
    }
  });
  return runs
    .map(run => {
      const first = t(`days.short.${run[0]}`);
      const end = t(`days.short.${run[run.length - 1]}`);
      if (run.length === 1) {
        return first;
      }
      return run.length === 2 ? `${first}, ${end}` : `${first}\u2013${end}`;
    })
    .join(', ');
}

function timesText(times: DayTimes, t: ScalingTranslate): string {
  if ('allDay' in times) {
    return t('days.allDay');
  }
  return 'end' in times
    ? `${times.start}\u2013${times.end}`
    : t('days.from', {
        start: times.start,
        time: lengthText(times.durationMinutes * 60_000),
      });
}

/** When a window holds and what it wants: `Mon–Fri 07:00–19:00: at least 3`. */
export function windowText(
  window: ScheduleWindow,
  t: ScalingTranslate,
): string {
  const wanted = wishText(window.wish, t);
  switch (window.type) {
    case 'weekly':
      return `${daysText(window.days, t)} ${timesText(
        window.times,
        t,
      )}: ${wanted}`;
    case 'cron':
      return `${t('days.from', {
        start: window.cron,
        time: lengthText(window.durationMinutes * 60_000),
      })}: ${wanted}`;
    default:
      return `${[window.date, window.lastDate]
        .filter(Boolean)
        .join(' \u2013 ')} ${timesText(window.times, t)}: ${wanted}`;
  }
}

/** All windows of a policy and what holds outside of them, a line each. */
export function scheduleLines(policy: Policy, t: ScalingTranslate): string[] {
  return [
    ...policy.schedules.flatMap(({ zone, windows }) =>
      windows.map(window => `${windowText(window, t)} (${zone})`),
    ),
    t('policy.outsideLine', { wanted: wishText(policy.outside, t) }),
  ];
}
