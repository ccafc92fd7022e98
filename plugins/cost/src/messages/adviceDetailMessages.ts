/** Strings of the page of one advice. */
export const adviceDetailMessages = {
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
} as const;
