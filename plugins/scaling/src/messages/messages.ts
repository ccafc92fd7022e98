import { formMessages } from './formMessages';
import { manifestMessages } from './manifestMessages';
import { planMessages } from './planMessages';
import { policyMessages } from './policyMessages';
import { SCALING_SENTENCES } from './sentences';
import { stampingMessages } from './stampingMessages';

/** Every visible string of the plugin, in English. */
export const messages = {
  title: 'Scaling',
  subtitle: 'What is in force, what comes next, and what was saved',
  tab: {
    now: 'Now',
    next: 'Next',
    plans: 'Plans',
    policies: 'Policies',
    ledger: 'Ledger',
  },
  simulated:
    'Simulated clusters: at least one of them is a demo. What is changed there changes what the demo runs and costs.',

  column: {
    workload: 'Workload',
    wanted: 'Wanted',
    actual: 'Runs',
    state: 'State',
    policy: 'Policy',
    because: 'Because',
    next: 'Next change',
    act: 'Do',
    cluster: 'Cluster',
    namespace: 'Namespace',
    from: 'From',
    to: 'To',
    length: 'Length',
    lengthMinutes: 'Length (minutes)',
    plan: 'Plan',
    what: 'What',
    mode: 'Mode',
    expectedSaving: 'Expected saving per hour',
    askedBy: 'Asked for by',
    made: 'Made',
    expires: 'Expires',
    scope: 'For',
    origin: 'Made in',
    schedule: 'Schedule',
    wins: 'Wins',
    window: 'Window',
    when: 'When',
    lead: 'Lead',
    clocks: 'Clock change',
    at: 'At',
    event: 'What happened',
    changes: 'Before → after',
    by: 'Wanted by',
    approvedBy: 'Approved by',
    measured: 'Saved so far',
    since: 'Since',
    actions: 'Actions',
    baseline: 'Before, per hour',
  },
  hint: {
    wanted: 'What the policy that wins wants now',
    actual: 'Replicas, and the bounds in which they may move',
    expectedSaving: 'What the plan promises; the ledger measures it',
    wins: 'Workloads for which it is the narrowest policy, of all that it matches',
    lead: 'How much earlier it begins, so that capacity is there in time',
    baseline: 'What an hour cost before, on average of those that are compared',
    measured:
      'What was paid less than in the same hours of the week before, with 90 % confidence',
  },

  workload: { steeredBy: 'steered by {{steeredBy}}' },
  bounds: {
    left: 'as its owner has it',
    suspended: 'suspended',
    zero: 'none',
    exactly: 'exactly {{replicas}}',
    between: '{{floor}} to {{ceiling}}',
    floor: 'at least {{floor}}',
    ceiling: 'at most {{ceiling}}',
  },

  timeline: {
    zone: 'Times in {{timezone}}',
    sentence: '{{name}}, {{span}}: {{wanted}}. {{because}}',
    leadSentence:
      '{{name}}, {{span}}: started early, so that it is up in time: {{wanted}}. {{because}}',
    leadWanted: '{{wanted}} (started early)',
    hint: 'Choose a stretch to read why; the arrow keys lead from one to the next.',
    kind: {
      bounds: 'within bounds',
      lead: 'started early',
      zero: 'none',
      left: 'as its owner has it',
    },
  },

  now: {
    covered: 'Workloads with a policy',
    coveredBase_one: '{{count}} policy is there',
    coveredBase_other: '{{count}} policies are there',
    asWanted: 'As wanted',
    asWantedNone: 'No workload has a policy',
    asWantedAll: 'All of them are as their policies want them',
    asWantedBase_one: '{{count}} is otherwise; the table says why',
    asWantedBase_other: '{{count}} are otherwise; the table says why',
    waiting: 'Waits for you',
    waitingOpen: 'Look at them',
    waitingNone: 'No plan waits for your approval',
    problems: 'Problems',
    problemsNone:
      'Every write is accounted for, and nobody takes anything back',
    unresolved_one: '{{count}} action of which nobody can tell what happened',
    unresolved_other:
      '{{count}} actions of which nobody can tell what happened',
    contested_one: '{{count}} workload that somebody else takes back',
    contested_other: '{{count}} workloads that somebody else takes back',
    blind_one: '{{count}} cluster in which nothing is done',
    blind_other: '{{count}} clusters in which nothing is done',
  },
  inForce: {
    title: 'In force',
    subtitle: 'This is how it was at {{at}}.',
    asWanted: 'as wanted',
    otherwise: 'otherwise',
    none: 'no policy',
    unknown: 'not known',
    ready: '{{ready}} of {{replicas}} ready',
    noNext: 'none in sight',
    losers_one: '{{count}} other policy matches and doesn’t win',
    losers_other: '{{count}} other policies match and don’t win',
    contestedSince: '{{manager}} takes it back since {{at}}.',
    patch: 'The patch that mends it',
    goOn: 'Go on',
    goOnOf: 'Go on with {{subject}}',
    goOnText:
      'Policies write to it again, from the next change of what they want of it. Do so once {{manager}} leaves the field alone, or it is taken back again.',
    goOnUndo:
      'What is taken back several times in a row is left alone again, by itself.',
  },
  next: {
    title: 'What comes next',
    subtitle: 'Times are in {{timezone}}.',
    until:
      'This is the next change of each workload, up to {{until}}; times are in {{timezone}}.',
    nothing: 'Nothing changes in this time.',
  },
  cluster: {
    readOnly:
      'No identity that may change anything is configured, so plans for it are shown and not done.',
    seenAt: 'It was last seen whole on {{at}}.',
    neverSeen: 'It was never seen whole.',
    freeze: '{{title}}: nothing is changed from {{from}} to {{to}}.',
  },
  kill: {
    isOn: 'Everything is stopped.',
    isOnFor_one: '{{count}} service is stopped.',
    isOnFor_other: '{{count}} services are stopped.',
    by: '{{by}} stopped it on {{at}}: {{reason}}.',
    meanwhile:
      'Policies plan nothing and change nothing; what they changed stays as it is.',
    meanwhileFor:
      'Policies change nothing of them; what was changed stays as it is.',
    stop: 'Stop everything',
    goOn: 'Let it go on',
    on: {
      title: 'Stop everything',
      text: 'Every policy stops at once, also in the middle of a run: nothing is planned, changed, restored or undone by itself any more. What was changed stays as it is.',
      undo: 'The same button lets it go on; policies then do what is wanted at that time.',
    },
    off: {
      title: 'Let it go on',
      text: 'Policies go on: what is wanted now is planned, and done where they enforce it.',
      undo: 'The same button stops everything again.',
    },
  },
  override: {
    undo: 'It ends by itself, or at once by the button “End it” beside the reason.',
    until: 'Until',
    nextWindow: 'the next change of its schedule',
    hours_one: '{{count}} hour from now',
    hours_other: '{{count}} hours from now',
    never: 'There is no “for ever”: a lasting wish is a policy.',
    end: 'End it',
    buttonOf: '{{button}}: {{of}}',
    wake: {
      button: 'Wake now',
      title: 'Wake now',
      text: 'These are brought back to what their owner has, whatever their schedule says:',
      submit: 'Wake',
    },
    up: {
      button: 'Keep up',
      title: 'Keep up',
      text: 'These stay up, whatever their schedule says:',
      submit: 'Keep up',
      holds: '{{by}} keeps it up until {{until}}: {{reason}}.',
    },
    down: {
      button: 'Put to sleep',
      title: 'Put to sleep',
      text: 'These are scaled down to none, whatever their schedule says:',
      submit: 'Put to sleep',
      holds: '{{by}} keeps it down until {{until}}: {{reason}}.',
    },
  },
  dialog: {
    reason: 'Reason',
    failed: 'It didn’t work: {{reason}}',
    cancel: 'Cancel',
  },
  filter: {
    label: 'Narrow down',
    allClusters: 'All',
    policyId: 'Id of a policy',
    text: 'Name has',
    more: 'The first {{shown}} of {{total}} are loaded. Narrow down by cluster, namespace or name to see others.',
  },
  entity: {
    of: '{{part}} of {{all}}',
    waiting: 'Plans that wait',
    waitingBelow: 'They are listed below',
    waitingNone: 'No plan waits for an approval',
    inForce: 'Of the workloads of this service',
    noPolicy:
      'No policy is for workloads of this service; they are left as they are.',
    plans: 'Plans',
    plansText: 'These wait for an approval or settle.',
    policiesText: 'These are for workloads of this service.',
  },
  noWorkloads: {
    title: 'No workloads are linked to this service',
    text: 'What can’t be found can’t be scaled. The annotation {{annotation}} and the same label on the workloads link them:',
  },
  ...manifestMessages,
  ...planMessages,
  ...policyMessages,
  ...formMessages,
  ...stampingMessages,
  /** What the back end says. */
  said: SCALING_SENTENCES,
} as const;
