import { createWorder } from '@headroom/common';

/**
 * What pages are told of what is in force, and notifications say.
 *
 * @public
 */
export const REPORT_SENTENCES = {
  costMissing:
    'The cost plugin isn’t installed, and it alone says which workload is which service’s; what it said last is used, and any other workload is nobody’s.',
  costSilent:
    'The cost plugin doesn’t answer which workload is which service’s; what it said last is used, and any other workload is nobody’s.',
  linksNeverRead:
    'Which workload is which service’s was not read yet; until then every workload is nobody’s.',
  linksUnread:
    'Which workload is which service’s was not read yet, and there are policies of services, systems or teams: until then nothing is taken from it, and nothing is let go.',
  limitPerRun:
    'The policy lets {{limit}} actions that take capacity happen in one run; this one waits for a later one.',
  limitPercent:
    'The policy lets {{percent}} % of its {{matches}} workloads, which is {{limit}}, be taken from in one run; this one waits for a later one.',
  limitPerDay:
    'The policy lets {{limit}} actions that take capacity happen in 24 hours, and {{today}} did; this one waits.',
  clusterUnreachable:
    'Nothing says how to reach the Kubernetes API of this cluster: name it under headroom.clusters[].kubernetes.',
  clusterLoading: 'What runs in this cluster is being read.',
  noPolicy: 'No policy is for it; it is left as its owner has it.',
  gapObserves:
    'Its policy observes: what it would change is in its plan, and nothing is done.',
  gapAnnotation:
    'An annotation wants it kept up, kept down or left alone, and annotations may only {{mode}} here, which is less than its policy does: it changes nothing. headroom.scaling.annotations says how far they may go.',
  gapProposes: 'What its policy would change waits for somebody’s approval.',
  gapPaused: 'Its policy is paused until {{until}}.',
  gapNext: 'It is changed with the next run, within a minute.',
  gapRefused:
    'It could not be changed, and is tried again a quarter of an hour after that: {{reason}}',
  gapCluster:
    'Nothing is done in cluster {{cluster}}, as what is known of it can’t be trusted.',
  gapCannotAct:
    'No identity that may act is configured for cluster {{cluster}}: give it one with headroom.clusters[].kubernetes.act.token.',
  contested: '{{manager}} takes back what the policy writes.',
  overrideTitle: 'For a while',
  restoreTitle: 'Put back',
  expectedRestored: 'It is as it was before Headroom changed it.',
  expectedUp: 'It has the capacity that is wanted.',
  expectedDown: 'What is not needed is no longer paid for.',
  expectedNeutral: 'It is as it is wanted.',
  readyLate:
    'Its {{wanted}} pods were ready {{minutes}} minutes after it was written.',
  notReady:
    '{{ready}} of {{wanted}} pods were ready {{minutes}} minutes after it was written; look at what keeps the others.',
  toldNotReady: '{{subject}} is not up: {{reason}}',
  undoneBy: '{{by}} took it back: {{reason}}',
  toldFirst:
    'Headroom begins to scale {{entity}}: {{policy}} changes {{subject}}. {{reason}}',
  toldWaits: 'A plan of {{policy}} for {{entity}} waits for an approval.',
  toldFailed: 'Headroom could not change {{subject}}: {{reason}}',
  toldUnresolved:
    'Nobody can tell whether a change of {{subject}} was made; look at it and say so.',
  toldContested:
    '{{manager}} takes back what {{policy}} writes to {{subject}}; the policy leaves it alone.',
  toldUndone: 'A change of {{subject}} was taken back: {{reason}}',
} as const;

/** Words what a page is told. @public */
export const sayReport = createWorder('scalingReports', REPORT_SENTENCES);
