/** What is wrong with objects of KEDA. */
export const KEDA_SENTENCES = {
  M11: '{{field}} is {{value}}, which KEDA does not read any more; leave it out, and name the trigger by {{name}} if it needs a name.',
  M11why:
    'The field was removed, so the metric that KEDA serves is called otherwise than the manifest says.',
  M12: '{{field}} is {{value}}, which KEDA 2.18 took away; write metricType: {{value}} beside the type of the trigger.',
  M12why:
    'Without metricType the trigger has no type of its own, and the object is refused or scales on another figure.',
  M13: '{{field}} is {{value}} without quotes; write "{{value}}".',
  M13why:
    'What a trigger is told is a map of texts: the API server refuses the object for a number or a boolean.',
  M14: '{{field}} is 0, which the cron trigger refuses; set minReplicaCount: 0 and let the cron raise it, or pause the object by its annotation.',
  M14why: 'A cron trigger is a floor and never scales down by itself.',
  M15: '{{field}} is {{value}}, below minReplicaCount, which is {{min}}; lower minReplicaCount and let the cron raise it.',
  M15why:
    'The greatest of all triggers and of the minimum holds, so a lower number of a cron has no effect.',
  M16: '{{field}} starts at {{start}} and ends at {{end}}, so the window of one day is open for {{shortest}} hours and that of another for {{longest}}; give both the same days.',
  M16never:
    '{{field}} starts at {{start}} and ends at {{end}}, and one of them never comes; correct it.',
  M16cron:
    '{{field}} is {{value}}, which can’t be read ({{why}}); it has five fields: minute, hour, day, month, weekday.',
  M16why:
    'A window is open from a start to the next end, whatever day that is, so days that differ leave it open.',
  M17: '{{field}} begins at {{at}}, when another window ends; let them overlap by a few minutes.',
  M17why:
    'Between one window and the next KEDA sees neither for a moment, and scales down and up again.',
  M18refused:
    'minReplicaCount is 0, and {{triggers}} alone can’t wake the workload; set it to 1, or add a trigger of events.',
  M18cron:
    'minReplicaCount is 0 with the triggers {{triggers}}, and outside of the window CPU and memory hold nothing up; set it to 1, or add a trigger of events.',
  M18why:
    'A workload without pods uses no CPU and no memory, so nothing ever asks for the first pod.',
  M19: '{{field}} is {{value}}, and it is about the last step to 0, which minReplicaCount {{min}} never takes; use {{instead}}.',
  M19why:
    'From many replicas to the minimum the HPA decides, by its stabilization window.',
  M20missing:
    '{{field}} is missing; it is a name of the IANA database, such as Europe/Berlin.',
  M20zone:
    '{{field}} is {{value}}, and there is no such time zone; it is a name of the IANA database, such as Europe/Berlin.',
  M20change:
    '{{field}} is {{value}}, within the hour in which clocks of {{zone}} change; choose a time outside of {{from}}–{{to}}.',
  M20why:
    'In that hour a time comes twice or never, so the window of that day is longer, shorter or missing.',
} as const;
