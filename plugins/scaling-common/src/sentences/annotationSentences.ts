import { createWorder } from '@headroom/common';

/**
 * What is wrong with an annotation that says a policy.
 *
 * @public
 */
export const ANNOTATION_SENTENCES = {
  unread:
    'The annotation {{annotation}} of {{of}} says "{{part}}", in which {{what}}',
  checked: 'The annotation {{annotation}} of {{of}} can’t be: {{what}}',
  noted: 'The annotation {{annotation}} of {{of}}: {{what}}',

  empty:
    'there is nothing; write a window, such as Mon-Fri 07:00-19:00 Europe/Berlin.',
  word: '"{{word}}" isn’t understood; {{right}}',
  noMore: 'more is expected; {{right}}',
  rightWindow:
    'a part is a window (Mon-Fri 07:00-19:00, Fri 20:00-Mon 06:00, 2026-12-24 all day, cron "0 7 * * 1-5" for 10h), an exception (except 2026-12-24) or a setting (outside=zero).',
  rightDays: 'days are Mon, Mon-Fri, Mon,Wed or daily.',
  rightTimes: 'times are 07:00-19:00, 07:00 for 90m or all day.',
  rightDuration: 'a duration is 90m or 10h.',
  rightCron:
    'a cron expression stands in double quotes and has a duration: cron "0 7 * * 1-5" for 10h.',
  rightWish:
    'what is wanted is untouched, zero, fixed=3, min=2, max=5 or min=2 max=5; then the zone may follow, such as Europe/Berlin.',
  rightException:
    'an exception is except 2026-12-24 or except 2026-12-24..2026-12-26, with times and a wish where it has them.',
  rightLead: 'the lead is measured, none or a duration such as 5m.',
  rightMode: 'the mode is observe, propose or enforce.',
  rightApproval: 'the approval is two or one.',
  rightSetting:
    'settings are zone, outside, mode, grace, lead, holidays, approval and title.',
  zoneMissing:
    'there is no zone; write it after the times, such as Europe/Berlin, or zone=Europe/Berlin as a part of its own.',
  zonesMany:
    'there is no zone, and the windows are of several; write it at the end of the part.',
  twice: '"{{word}}" is said twice; take one of them away.',
  json: 'there is no JSON ({{why}}).',
  fieldTaken:
    '"{{word}}" is set; it follows from where the annotation is, so take it away.',
  override:
    'an override can’t be read; it is until 2026-12-01T18:00:00Z by user:default/ada because the demo is late.',
  exclude:
    'an exclusion can’t be read; it is true, or until 2026-12-01T18:00:00Z.',
  minimum: 'The annotation {{annotation}} of {{of}} says so.',
  minimumUnread:
    '"{{part}}" is no number of replicas, such as 2, so that nobody knows how many have to run.',
  entityKind:
    'an entity of this kind has no workloads; set it on a Component, a System or a Group.',
} as const;

/** @internal */
export const sayAnnotation = createWorder(
  'scalingAnnotations',
  ANNOTATION_SENTENCES,
);
