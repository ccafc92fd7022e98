import { adviceDetailMessages } from './adviceDetailMessages';

/** Strings of the pages of advice, in English. */
export const adviceMessages = {
  title: 'Advice',
  loading: 'Loading advice',
  month: 'a month of 730 hours',
  facts: 'Every number here is of {{window}} in {{timezone}}',
  computedAt: 'it was computed at {{at}}',
  dayCount_one: '{{count}} day',
  dayCount_other: '{{count}} days',

  figure: {
    list: 'You could save per month',
    listBase_one: 'by changing {{count}} container, at what is charged now',
    listBase_other: 'by changing {{count}} containers, at what is charged now',
    realisable: 'Nodes give back per month',
    realisableBase: '{{share}} of what you could save, as nodes that can go',
    realisableNone: 'there is nothing to save now',
    includingHeld: 'With what is held back, per month',
    includingHeldBase: '{{held}} of it is advice that is held back',
    includingHeldNone: 'no advice is held back',
    containers: 'Containers to change',
    containersBase:
      'of {{all}}, of which right: {{keep}}, held back: {{withheld}}',
    decidedAgainst: 'Dismissed per month',
    decidedAgainstBase: 'it is dismissed or snoozed, and in no other figure',
  },
  explain: {
    title: '{{figure}}: where it comes from',
    list: 'This is what is charged now, less what would be charged with the proposed requests, at the price the Cost tab charges, for a month of 730 hours.',
    realisable:
      'A smaller request saves nothing until a node goes. This is the price of the nodes that can go once everything here is done, by node pool.',
    includingHeld:
      'This is what you could save, and what you could save but for a reason: too little history, a heap of fixed size, or another controller that decides. Don’t act on the latter before that reason is gone.',
    containers:
      'A change is proposed when it saves, or protects, more than the noise set under headroom.cost.advice.noise.',
    decidedAgainst:
      'This is advice that somebody dismissed, or snoozed until a date. It comes back on that date, or when its evidence changes.',
    saving: 'Could be saved',
    held: 'Held back',
    pool: '{{pool}}, {{cluster}}',
    poolFormula: '{{nodes}} × {{price}} per hour × 730 = {{money}}',
    poolFormulaCapped:
      '{{nodes}} × {{price}} per hour × 730, but no more than its advice saves: {{money}}',
    change: 'To change',
    keep: 'Right as they are',
    withheld: 'Held back',
  },

  table: {
    title: 'What to change',
    subtitle:
      'The table shows requests and limits of each container: now → proposed. A limit of “none” means that there is no limit.',
    label: 'Advice',
    container: 'Container',
    service: 'Service',
    cpu: 'CPU request',
    cpuHint:
      'Amounts are in cores: 250m is a quarter of one. The limit, where there is one, stands below the request.',
    memory: 'Memory request',
    memoryHint: 'The limit, where there is one, stands below the request.',
    saving: 'Saves per month',
    savingHint:
      'This is at the price that the Cost tab charges for what is requested. A minus means that the change costs more; the reasons say why.',
    realisable: 'Given back per month',
    realisableHint:
      'This is what node pools give back if only this is done: a smaller request saves nothing until a node can go.',
    throttled: 'Throttled',
    throttledHint:
      'These are the minutes of the window in which the pod that used most wanted more CPU than it would get: now → proposed.',
    oom: 'OOM kills',
    oomHint:
      'This is how often memory rose above the limit in the window: now → proposed.',
    confidence: 'Confidence',
    confidenceHint: 'It grows with history, and falls with drift and gaps.',
    status: 'Status and why',
    limit: 'limit {{limit}}',
    limitNone: 'none',
    notSet: 'not set',
    held: 'held back: {{amount}}',
    heldHint: 'This would be proposed but for the reasons beside it',
    steeredBy: 'steered by {{names}}',
    steering: {
      VerticalPodAutoscaler: 'VPA {{name}}',
      HorizontalPodAutoscaler: 'HPA {{name}}',
      ScaledObject: 'KEDA {{name}}',
    },
    unallocated: 'Unallocated',
    updating: 'Loading more rows',
    more_one: '{{count}} more',
    more_other: '{{count}} more',
    csvRequest: '{{resource}} request ({{unit}})',
    csvLimit: '{{resource}} limit ({{unit}})',
    csvProposedRequest: '{{resource}} request proposed ({{unit}})',
    csvProposedLimit: '{{resource}} limit proposed ({{unit}})',
    now: '{{title}}, now',
    proposed: '{{title}}, proposed',
  },
  filter: {
    status: 'Status',
    all: 'All',
    cluster: 'Cluster',
    allClusters: 'All clusters',
    decided: 'Show dismissed',
    decidedHint:
      'The table then has advice that was dismissed or snoozed as well',
  },
  status: { change: 'Change', keep: 'Right', withheld: 'Held back' },
  decisionState: { dismissed: 'Dismissed', snoozed: 'Snoozed' },
  decisionBy: '{{state}} by {{by}}, {{at}}: {{reason}}',
  decisionUntil: 'Until {{until}}.',

  reason: {
    'too-little-history': 'Not enough history yet',
    'too-few-samples': 'Too few samples',
    'no-samples': 'No samples',
    'spec-unknown': 'Settings not known',
    'spec-changed': 'Settings changed',
    drift: 'Usage drifts',
    'steering-unknown': 'What steers it is unknown',
    'vpa-controls': 'A VPA decides',
    'hpa-memory': 'An HPA scales on memory',
    'hpa-custom-target': 'An HPA target can’t move along',
    'several-controllers': 'Several controllers',
    'fixed-heap': 'Heap of fixed size',
    'memory-volumes': 'Volumes in memory',
    throttled: 'Throttled now',
    'oom-killed': 'OOM-killed',
    'restart-loop': 'Keeps restarting',
    'pending-pods': 'Pods wait for a node',
    'bare-pod': 'Pod without controller',
    'odd-node': 'One odd node',
    'feeds-gpu': 'Feeds a GPU',
    'runs-too-few': 'Too few runs',
    floor: 'At the floor',
    'startup-peak': 'Start-up needs more',
    'weekly-peak': 'Weekly peak',
    faded: 'Peak that stayed away',
    'hpa-moved': 'HPA target moves along',
    'worst-pod': 'Worst pod counts',
    'peak-of-runs': 'Peak of its runs',
    'init-container': 'Init container',
    'no-request-set': 'No request set',
    'limit-removed': 'Limit left off',
    'below-noise': 'Too small to matter',
    'already-right': 'Right already',
    falling: 'Follows a load that falls',
    'limit-range': 'Bounded by a LimitRange',
    quota: 'Bounded by a quota',
    'node-size': 'Bounded by the nodes',
    'limits-unknown': 'Quotas not known',
    'guaranteed-kept': 'Stays Guaranteed',
    'guaranteed-lost': 'No longer Guaranteed',
    'exclusive-cores': 'Whole cores of its own',
    'pod-level': 'Request is the pod’s',
    'pod-together': 'All containers together',
  },
  resource: { cpu: 'CPU', memory: 'Memory', both: 'CPU and memory' },

  pools: {
    title: 'Nodes that could go',
    subtitle: 'They are not needed once everything above is done',
    label: 'Node pools',
    nodes: 'Nodes',
    nodesHint:
      'This is the average over the window, as nodes come and go. Nodes that are there without being needed are no saving of advice.',
    needed: 'Needed now',
    neededHint: 'These nodes are needed for what is requested now',
    after: 'Needed after',
    price: 'Node price per hour',
    boundBy: 'Kept by',
    boundByHint: 'This resource keeps the rest of the nodes',
    bound: {
      cpu: 'CPU requests',
      memory: 'Memory requests',
      gpu: 'GPUs',
      minimum: 'Smallest size of the pool',
    },
    released: 'Gives back per month',
    releasedHint:
      'These are the nodes needed now less the nodes needed after, at the price of a node for 730 hours. It is never more than the advice on the pool saves at what is charged now.',
    none: 'No node pool gives a node back: what is freed makes room, but saves no money yet.',
  },

  state: {
    notComputedTitle: 'No advice has been computed yet',
    notComputed:
      'It is computed once an hour, from days that have all their data. You don’t have to do anything. How often, and from how many days, is set under {{key}}.',
    nothing: 'There is no container to advise on here.',
    notAdviceTitle: 'This advice is not there',
    notAdvice:
      'Its container may be gone, or there was never any advice on it. The table has all the advice there is.',
    back: 'All advice',
  },

  csv: 'CSV',
  csvOf: 'Download all advice as CSV',
  csvFailed:
    'The advice could not be downloaded. The back end can’t be reached; try again.',
  csvRefused: 'The advice could not be downloaded: {{reason}}',

  tab: {
    cost: 'Cost',
    gpu: 'GPU',
    advice: 'Advice',
    label: 'Cost of {{name}}',
  },
  tabSaving: 'save {{money}} per month',
  card: 'It could save {{money}} per month',

  detail: adviceDetailMessages,

  apply: {
    title: 'Have Headroom apply it',
    subtitle:
      'It is watched afterwards, and taken back by itself when containers are killed, pods fail or find no node.',
    how: 'How to apply this advice',
    ways: {
      'pull-request': 'As a pull request',
      cluster: 'On the cluster',
    },
    pullRequestText:
      'This changes {{path}} of {{repository}}; a person merges it there.',
    resizeText:
      'The pods that run get this in place, and nothing rolls out. It lasts as long as they do: a pod that comes later has what its template says.',
    clusterText:
      'This makes a plan that waits for an approval, and then rolls the workload out once. What is set now is put back when it is undone.',
    reason: 'Reason',
    reasonHint: 'It is kept with the plan, for those who approve or ask later.',
    makePlan: 'Make a plan',
    openPullRequest: 'Open a pull request',
    waits: 'The plan is made and waits for an approval.',
    begun: 'The plan is made, and its work begins within a minute.',
    seePlan: 'See the plan',
    failed: 'This was not done: {{reason}}',
    notNow:
      'How this advice could be applied is not known now: the scaling back end gave no answer, or you may not see it.',
  },

  decide: {
    title: 'Is this advice not for you?',
    subtitle:
      'Dismissed or snoozed advice leaves the table and the totals. Nothing in the cluster changes.',
    dismiss: 'Dismiss',
    snooze: 'Snooze',
    undo: 'Take back',
    dismissTitle: 'Dismiss this advice',
    snoozeTitle: 'Snooze this advice',
    dismissText:
      'The advice leaves the table and the totals for everybody, until its evidence changes: other usage, another setting, or another proposal. Nothing in the cluster changes. To undo it, switch on “Show dismissed” in the table, open it, and take it back.',
    snoozeText:
      'The advice leaves the table and the totals for everybody until the day you pick, or until its evidence changes. Nothing in the cluster changes. To undo it, switch on “Show dismissed” in the table, open it, and take it back.',
    reason: 'Why',
    reasonHint: 'A reason is required; everybody who sees this advice reads it',
    until: 'Until',
    untilHint: 'The advice is back on this day',
    untilPast: 'Pick a day after today, within a year',
    cancel: 'Cancel',
    failed: 'The decision could not be saved: {{reason}}',
    undone: 'The advice counts again.',
    notAllowed:
      'You may look at this advice, but to dismiss it you need the permission {{permission}} on {{entity}}. Its owners have it, as a rule.',
    noService:
      'Only advice on a service can be dismissed: this workload is linked to none. Link it, e.g. with the annotation {{annotation}}.',
  },
} as const;
