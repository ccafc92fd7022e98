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

  detail: {
    back: 'All advice',
    container: 'Container {{container}}',
    others: 'Other containers of this workload',
    service: 'Service',
    figure: {
      saving: 'Saves per month',
      costs: 'Costs more per month',
      costsBase: 'it protects rather than saves',
      savingBase: 'of {{now}} that is charged now',
      savingBaseOnly: 'at the price that the Cost tab charges',
      heldBase: 'it is held back: don’t act on it yet',
      none: 'nothing is proposed',
      realisable: 'Nodes give back per month',
      realisableBase: 'if only this is done',
      realisableZero:
        'if only this is done, no node can go; with other advice one may',
      realisableAdds: 'if only this is done, nodes have to be added',
      realisableHeld: 'nothing is proposed, so no node can go',
      realisableUnknown: 'it is not known without the node pools',
      confidence: 'Confidence',
      confidenceBase:
        '{{days}}, {{coverage}} of the samples; risk appetite {{appetite}}',
      throttled: 'Throttled, {{days}}',
      oom: 'OOM kills, {{days}}',
      againstNow: 'against {{now}} as it is set now',
      measured:
        'as far as usage shows; today’s limit cuts off up to {{share}} of an hour',
      asNow: 'as it is set now: there is nothing else to try',
      noBacktest: 'there is no back-test without a number',
    },
    appetite: {
      dev: 'Dev',
      standard: 'Standard',
      critical: 'Critical',
    },
    appetiteTitle: 'Risk appetite',
    appetiteHint: {
      dev: 'bold: it saves most',
      standard: 'balanced',
      critical: 'careful: it leaves most room',
    },
    appetiteOrigin: {
      annotation: 'by the annotation headroom.io/appetite',
      policy: 'by a rule under headroom.cost.advice.appetite',
      lifecycle: 'by the lifecycle of the Component',
      default: 'by default',
    },
    resourceTitle: { cpu: 'CPU', memory: 'Memory' },
    distribution: 'How it was used',
    distributionNote:
      'Bars show the share of samples of all pods by amount. Their heights grow with the square root, so that rare peaks can be seen.',
    distributionSummary:
      'Distribution of {{resource}} use: half of the time below {{p50}}, 95 % below {{p95}}, peak {{peak}}. {{lines}}',
    distributionTable: 'Distribution of {{resource}}',
    history: 'When it was used',
    historyUsedFrom: 'The advice stands on {{days}}, from {{from}} on.',
    historyNote:
      'The line is the worst pod, the one that used most; each point is the highest of its {{step}}. Times are in {{timezone}}.',
    historySummary:
      'History of {{resource}} use of the worst pod, {{window}}. {{lines}}',
    historyTable: 'History of {{resource}}',
    from: 'From',
    upTo: 'Up to',
    share: 'Share of samples',
    at: 'From',
    used: 'Used',
    noSamples: 'There are no samples in this window.',
    offChart: 'beyond the chart',
    line: {
      request: 'Request now',
      proposedRequest: 'Request proposed',
      heldRequest: 'Request held back',
      limit: 'Limit now',
      proposedLimit: 'Limit proposed',
      heldLimit: 'Limit held back',
    },
    none: 'none',
    setting: 'Settings',
    settingNow: 'Now',
    settingProposed: 'Proposed',
    settingHeld: 'Held back',
    request: 'Request',
    limit: 'Limit',
    usage: 'Used by the worst pod',
    p50: 'half of the time below',
    p95: '95 % below',
    p99: '99 % below',
    peak: 'peak',
    why: 'Why',

    backtest: 'Back-test',
    backtestSubtitle:
      'Today’s setting and the proposed one are tried on the same days: {{window}} ({{days}})',
    backtestLabel: 'Back-test',
    backtestNone:
      'There is no back-test: neither CPU nor memory has a number to try.',
    outcome: 'In these days',
    now: 'Now',
    proposed: 'Proposed',
    throttledCutOff:
      'As measured, it is throttled now in up to {{share}} of an hour’s periods. Usage can’t rise above a limit that cuts it off, so the back-test, which is made from usage, can’t see what was wanted.',
    backtestNow:
      'No other setting is proposed, so this is of today’s alone: {{window}} ({{days}})',
    backtestFollowed: {
      cpu: 'Usage of CPU fell, so throttling is counted from {{from}} on: before that, the load was another one.',
      memory:
        'Usage of memory fell, so OOM kills are counted from {{from}} on: before that, the load was another one.',
    },
    backtestChanged: {
      cpu: 'Throttling is counted from {{from}} on: before that, CPU was used under another limit or image.',
      memory:
        'OOM kills are counted from {{from}} on: before that, memory was used under another limit or image.',
    },
    throttledMinutes: 'Time throttled',
    throttledShare: 'Share of the time throttled',
    oomKills: 'OOM kills',
    cost: 'Cost',
    difference: 'Difference',
    dayAhead:
      'When each of {{days}} is advised from the days before it, usage is above the request {{over}} of the time, and {{slack}} of what is requested is unused.',

    vpa: 'What VPA says',
    vpaSubtitle: '{{name}}, mode {{mode}}',
    vpaLabel: 'Recommendation of the VPA beside this advice',
    vpaSource: 'Source',
    vpaTarget: 'VPA target',
    vpaLower: 'VPA lower bound',
    vpaUpper: 'VPA upper bound',
    vpaUncapped: 'VPA target before its policy',
    ours: 'Headroom',
    oursHeld: 'Headroom, held back',
    today: 'Set now',

    steering: 'What steers it',
    steeringNone:
      'Nothing but its replica count steers it: there is no HPA, KEDA or VPA object.',
    steeringUnknown:
      'What steers it is unknown, because the Kubernetes API of cluster {{cluster}} could not be read. Give Headroom access under {{key}}, or in Backstage’s own {{backstageKey}} configuration.',
    replicas: '{{min}} to {{max}} replicas',
    targetUtilization: '{{resource}} at {{target}} % of the request',
    targetValue: '{{resource}} at {{target}} per pod',
    otherMetrics_one: '{{count}} metric that doesn’t move with requests',
    otherMetrics_other: '{{count}} metrics that don’t move with requests',
    paused: 'paused',
    updateMode: 'update mode {{mode}}',
    updateModeOff: 'update mode Off: it recommends, and changes nothing',
    move: '{{kind}} {{name}}: change its {{resource}} target from {{from}} % to {{to}} % together with the request, so that it scales at the same load as now.',
    moveTogether:
      '{{kind}} {{name}} measures all containers of the pod together: change its {{resource}} target from {{from}} % to {{to}} %, and at the same time {{members}}. One without the others would move the point at which it scales.',
    member: '{{name}} to {{request}}',
    limits: 'What it may request',
    limitsSubtitle:
      'LimitRanges and ResourceQuotas of namespace {{namespace}} and the largest node bound it',
    limitsNone: 'No LimitRange or ResourceQuota is about CPU or memory here.',
    limitsUnknown:
      'What bounds it is unknown, because LimitRanges and ResourceQuotas of cluster {{cluster}} could not be read. Let Headroom list limitranges and resourcequotas.',
    limitLine: '{{resource}} of a {{of}}: {{parts}}',
    limitOf: { Container: 'container', Pod: 'pod' },
    limitMin: 'at least {{amount}}',
    limitMax: 'at most {{amount}}',
    limitDefault: 'limit {{amount}} where none is given',
    limitDefaultRequest: 'request {{amount}} where none is given',
    limitRatio: 'limit at most {{ratio}} times the request',
    quotaLine: '{{field}}: {{used}} of {{hard}} used',
    largestNode: 'Largest node: {{cpu}}, {{memory}}',
    ofPod: '{{part}} of the pod',

    reasons: 'What to know about it',

    take: 'Take this advice',
    takeSubtitle:
      'Headroom changes nothing from here: copy the patch to where the workload is kept.',
    takeMove:
      'This moves the target of {{name}} as well: apply both together, or the number of replicas changes.',
    takeTogether:
      'This has the target of {{name}} and the requests of the pod’s other containers: apply all of it at once, or the number of replicas changes.',
    takeNone:
      'There is nothing to copy, because no change is proposed. What is held back is not offered for copying.',
    patch: {
      strategicMerge: 'YAML patch',
      kustomize: 'Kustomize',
      helmValues: 'Helm values',
    },
    patchHint: {
      strategicMerge:
        'kubectl patch {{workload}} --namespace {{namespace}} --patch-file patch.yaml',
      kustomize: 'This belongs in the overlay’s kustomization.yaml',
      helmValues:
        'This belongs in values.yaml; where a chart keeps resources may differ',
    },
    patchLabel: 'Forms of the patch',

    evidence: 'Evidence',
    evidenceTitle: 'This advice: where it comes from',
    evidenceMeaning:
      'It is computed from the samples of these days and from nothing else: with the same samples, the rule below gives the same numbers.',
    evidenceRule: 'Rule, {{resource}}',
    window: 'Window',
    usedFrom: 'Used from',
    samples: 'Samples',
    samplesText: '{{samples}}, {{coverage}} of those wanted, from {{pods}}',
    pods_one: '{{count}} pod',
    pods_other: '{{count}} pods',
    prices: 'Prices',
    pricesText:
      '{{cpu}} per core-hour and {{memory}} per GiB-hour: what was paid, divided by what was charged in this window',
    pricesUnknown: 'nothing was charged in this window, so they are unknown',
    spec: 'Set in the window',
    specText:
      'CPU request {{cpuRequest}}, limit {{cpuLimit}}; memory request {{memoryRequest}}, limit {{memoryLimit}}',
    followedFrom: 'Follows a load that falls, from',
    oomSeen: 'OOM kills seen',
    throttledSeen: 'Throttled, measured',
    startup: 'Start-up peak',
    policy: 'Policy',
    policyText:
      'looks back {{lookBack}}, needs {{minimum}} with {{coverage}} of the samples; floors {{cpuFloor}} and {{memoryFloor}}',
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
