import { createWorder } from '@headroom/common';

/**
 * What is wrong with a policy, and what would be right.
 *
 * @public
 */
export const ISSUE_SENTENCES = {
  missing: '{{field}} is missing; it is {{right}}.',
  shape: '{{field}} is {{value}}; it is {{right}}.',
  unknownFields:
    '{{field}} has {{names}}, which is not a field of it; take it away.',
  theWhole: 'The policy',

  rightString: 'a text',
  rightNumber: 'a number',
  rightArray: 'a list',
  rightObject: 'an object with fields',
  rightBoolean: 'true or false',
  rightOther: 'something else',
  rightOneOf: 'one of {{values}}',
  rightWhole: 'a whole number',
  rightLeast: '{{limit}} or more',
  rightMost: '{{limit}} or less',
  rightLong: 'a shorter text',
  rightMany: 'a shorter list',
  rightEmpty: 'a text that isn’t empty',
  rightEmptyList: 'a list that isn’t empty, or left out for all',
  rightDays: 'a list of days, such as mon',
  rightBounds: 'an object with floor, ceiling or both',
  rightTime: 'a time of day as HH:mm, such as 07:30',
  rightStartTime: 'a time before 24:00; midnight is 00:00',
  rightDate: 'a date as YYYY-MM-DD',
  rightInstant: 'an instant with its zone, such as 2026-12-01T18:00:00Z',
  rightEntityRef: 'a full entity ref, such as component:default/web',
  rightTimes:
    'start and end, start and durationMinutes, or allDay: true, with times as HH:mm',
  rightDuration:
    'the minutes that it lasts: a cron expression says only when it starts',
  rightExpiry:
    'the instant at which the override ends, such as 2026-12-01T18:00:00Z: no override is for ever',

  zone: '{{field}} is {{value}}, and there is no such time zone; it is a name of the IANA database, such as Europe/Berlin.',
  windowEmpty:
    '{{field}} is {{value}}, as is the start, so nothing is between them; set another end, or allDay: true.',
  windowsConflict: '{{conflict}} It is so first at {{at}}.',
  noWindow:
    'The policy has no window, and outside of windows it leaves everything as it is, so it does nothing; add a window.',
  floorAboveCeiling:
    '{{field}} is {{floor}}, above the ceiling of {{ceiling}}; lower it to {{ceiling}} or raise the ceiling.',
  floorAboveMaximum_one:
    '{{field}} is {{floor}}, above the maximum of the autoscaler of {{targets}}; set at most {{maximum}}, raise that maximum, or set a ceiling, too.',
  floorAboveMaximum_other:
    '{{field}} is {{floor}}, above the maximum of the autoscalers of {{count}} workloads ({{targets}}); set at most {{maximum}}, raise those maximums, or set a ceiling, too.',
  zeroForbidden_one:
    '{{field}} is zero, and the PodDisruptionBudget {{budget}} of {{targets}} forbids that; set a floor, exclude it, or change its budget.',
  zeroForbidden_other:
    '{{field}} is zero, and PodDisruptionBudgets of {{count}} workloads ({{targets}}) forbid that; set a floor, exclude them, or change their budgets.',
  selector: '{{field}} can’t be read: {{why}}.',
  matchesNothing:
    '{{scope}} is nothing that runs in the clusters of the policy; check the spelling, the namespaces and the clusters.',
  matchesHalf:
    '{{field}} matches {{matched}} of {{all}} workloads, half of all or more; make it narrower, or say so by the scope all.',
  cron: '{{field}} is {{value}}, which can’t be read ({{why}}); it has five fields: minute, hour, day, month, weekday.',
  cronNever:
    '{{field}} is {{value}}, which never comes; correct its day or month.',
  cronDense:
    '{{field}} is {{value}}, which starts again within 5 minutes; give fewer starts and a longer duration.',
  dateUnreal: '{{field}} is {{value}}, and there is no such date.',
  datesReversed:
    '{{field}} is {{value}}, before the first date, {{first}}; it is that date or a later one.',
  overrideReversed:
    '{{field}} is {{value}}, not after its start, {{first}}; it is a later instant.',
  overrideForever:
    '{{field}} is {{value}}, more than a year ahead: no override is for ever. What is to last belongs into the schedules of the policy, or into its outside.',
  overrideExpired:
    '{{field}} is {{value}}, which is over; take the override away.',
  calendarUnknown:
    '{{field}} is {{value}}, and there is no such calendar; there is {{calendars}}.',
  noCalendar: '{{field}} is {{value}}, and no calendar is configured.',
  calendarEnds:
    '{{field}} is {{value}}, which is filled in only until {{until}}; add the days that come.',
} as const;

/** @internal */
export const sayIssue = createWorder('scalingIssues', ISSUE_SENTENCES);
