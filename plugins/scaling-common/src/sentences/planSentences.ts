import { createWorder } from '@headroom/common';

/**
 * What a schedule changes, leaves and reports.
 *
 * @public
 */
export const PLAN_SENTENCES = {
  noPolicy: 'No policy is for it any more.',
  sets: '{{field}} of {{object}} goes from {{before}} to {{after}}.',
  setsNew: '{{field}} of {{object}} is set to {{after}}.',
  restores:
    '{{field}} of {{object}} is put back to {{after}}, as it was before Headroom set it to {{before}}.',
  restoresAbsent:
    '{{field}} of {{object}}, which Headroom set to {{before}}, is taken away again.',
  wakes:
    '{{field}} of {{object}} goes from 0 to {{after}}, its floor, and its autoscaler goes on from there.',
  forgets:
    'The note {{annotation}} of {{object}} is taken away, as nothing of it is Headroom’s to put back any more.',
  undo: 'Set {{field}} of {{object}} to {{before}}.',
  undoAbsent: 'Take {{field}} of {{object}} away.',
  undoNote: 'Nothing is to be undone: the note had no effect.',

  seenRunning: '{{subject}} starts its jobs.',
  seenSuspended: '{{subject}} is suspended.',
  seenUnsaid: 'How many replicas {{subject}} has isn’t said.',
  seenReplicas_one: '{{subject}} has one replica.',
  seenReplicas_other: '{{subject}} has {{count}} replicas.',
  seenReady_one: '{{subject}} has one replica, {{ready}} of which is ready.',
  seenReady_other:
    '{{subject}} has {{count}} replicas, {{ready}} of which are ready.',
  seenScaled_one:
    '{{subject}} has one replica, as {{autoscaler}} decides, {{ready}} of which is ready.',
  seenScaled_other:
    '{{subject}} has {{count}} replicas, as {{autoscaler}} decides, {{ready}} of which are ready.',
  costsNow_one:
    '{{subject}} cost {{cost}} {{currency}} in the last hour that is known.',
  costsNow_other:
    '{{subject}} cost {{cost}} {{currency}} an hour in the last {{count}} hours that are known.',
  costsUnknown:
    'What {{subject}} costs an hour isn’t known, as no hour of the last day is priced; so neither is what this saves.',
  costsUnread:
    'What {{subject}} costs an hour could not be asked of the cost plugin; so what this saves isn’t known.',
  savesAtMost:
    '{{autoscaler}} may go down to {{after}} of {{replicas}} replicas; what is saved is that share at most.',
  startUpUnknown:
    'How long pods of {{subject}} take to be ready isn’t known yet, as none was seen to start.',
  startUpMeasured_one:
    'A pod of {{subject}} was ready {{seconds}} seconds after it was made.',
  startUpMeasured_other:
    'Nine of ten of the last {{count}} pods of {{subject}} were ready within {{seconds}} seconds after they were made.',
  leadMeasured_one:
    'Its windows begin {{seconds}} seconds earlier: that long its only pod that was seen to start took to be ready.',
  leadMeasured_other:
    'Its windows begin {{seconds}} seconds earlier: that long nine of ten of its last {{count}} pods took to be ready at most.',
  leadUnknown:
    'Its windows begin without a lead: none of its pods was seen to start yet.',

  controlled:
    '{{subject}} is made by {{owner}}, which would put it back; set the policy on that.',
  contestedAutoscalers:
    '{{subject}} is steered by {{autoscalers}}, and nobody can say what a change would do; leave one of them.',
  restoreUnreadable:
    'The annotation {{annotation}} of {{object}} can’t be read, so what it was before isn’t known; correct it or take it away.',
  kind: '{{subject}} has no number of replicas and can’t be suspended; a policy can be for a Deployment, a StatefulSet, a Rollout or a CronJob.',
  grace:
    '{{subject}} was created, rolled out or changed less than {{minutes}} minutes ago; it isn’t scaled down before {{until}}.',
  budget:
    '{{subject}} isn’t brought to {{replicas}}: PodDisruptionBudget {{budget}} wants more. Change the budget or the policy.',
  gitOps:
    '{{field}} of {{object}} is kept by {{manager}}, which would take a change back; it is left alone. With these lines in Git Headroom may set it.',
  gitOpsLeaveOut:
    '{{field}} of {{object}} is kept by {{manager}}, which would take a change back; it is left alone. Leave the field out of what {{manager}} applies and add these lines, and Headroom may set it.',
  pausedByOthers:
    '{{object}} is paused by somebody else ({{annotation}}: {{value}}); it is left alone until that is taken away.',
  switchedOff:
    '{{subject}} has 0 replicas, and it wasn’t Headroom that set them, so its autoscaler rests; it is left alone.',
  changedSince:
    '{{field}} of {{object}} was set to {{set}} and is {{current}} now: somebody changed it, and it is left so until something else is wanted.',
  changedByOthers:
    '{{field}} of {{object}} isn’t put back to {{was}}: Headroom had set it to {{set}}, and somebody has made it {{current}} since.',
  floorAboveMaximum:
    'A floor of {{floor}} is above the maximum of {{autoscaler}}, {{maximum}}; the maximum is taken. Raise the maximum, or set a ceiling, too.',
  floorOfAutoscaler:
    '{{autoscaler}} doesn’t take a minimum below {{least}}; that is taken instead of {{floor}}. For none at all the policy says zero.',
  boundsInconsistent:
    'Minimum and maximum of {{autoscaler}} would exclude each other, as one of them isn’t Headroom’s to change; both are left alone.',
  kedaStillPaused:
    '{{object}} says that it is paused, and no annotation asks for it; restart the operator of KEDA if that lasts.',
  late: '{{subject}} should have {{floor}} ready since {{since}} and has {{ready}}.',

  absent: 'nothing',
} as const;

/** Says one of {@link PLAN_SENTENCES}. @public */
export const sayPlan = createWorder('scalingPlans', PLAN_SENTENCES);
