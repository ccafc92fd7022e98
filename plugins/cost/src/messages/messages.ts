import { COST_SENTENCES } from '@headroom/plugin-cost-common';
import { adviceMessages } from './adviceMessages';
import { checkMessages } from './checkMessages';
import { gpuMessages } from './gpuMessages';
import { originMessages } from './originMessages';
import { sourcesMessages } from './sourcesMessages';

/** Every visible string of the plugin, in English. */
export const messages = {
  title: 'Cost',
  subtitle: 'What every service, team and cluster costs',
  tab: {
    overview: 'Overview',
    gpu: 'GPU',
    advice: 'Advice',
    sources: 'Sources',
  },
  simulated:
    'Simulated data: at least one of the sources is a demo, not a real cluster.',
  restricted:
    'You see part of the fleet: totals and movers count only what you may see. Idle and Unallocated are shown to those who may see everything.',
  sourceDown:
    '{{source}} of {{cluster}} has been out of reach since {{at}}. Figures after that are missing, not zero.',
  backfill:
    'The back-fill is still reading the past: {{done}} of {{total}} hours are in, so figures still grow.',
  sourcesLink: 'See Sources',
  sourcesNowhere: 'The tab Sources of the page Cost says more.',

  reportTools: {
    copy: 'Copy as Markdown',
    copied: 'Copied',
    copyFailed: 'The browser does not let it be copied.',
    print: 'Print or save as PDF',
    printHint: 'The browser’s dialog for printing also saves as PDF.',
  },

  scope: {
    label: 'What to show',
    window: 'Window',
    windows: {
      '7d': '7 days',
      '30d': '30 days',
      '90d': '90 days',
      mtd: 'Month to date',
      custom: 'Custom',
    },
    from: 'First day',
    to: 'Last day',
    apply: 'Show',
    toHint: 'The window includes this day',
    reversed: 'The last day is before the first',
    future: 'The last day is still to come',
    currency: 'Currency',
    shareIdle: 'Share idle',
    shareIdleHint:
      'This spreads the cost of idle capacity, which is paid for and given to nobody, and of namespaces that everybody needs over those who use the cluster.',
    charges: 'Charges (FOCUS)',
    chargesFailed:
      'The charges could not be downloaded. The back end can’t be reached; try again.',
    chargesRefused: 'The charges could not be downloaded: {{reason}}',
    chargesHint:
      'This downloads the charges of this window as CSV, with the columns of the FinOps Open Cost and Usage Specification. They are charges before any sharing, whatever “Share idle” says.',
  },

  part: {
    cpu: 'CPU',
    memory: 'Memory',
    gpu: 'GPU',
    storage: 'Storage',
    network: 'Network',
    shared: 'Shared',
  },
  unit: {
    'core-hour': 'core-hours',
    'GiB-hour': 'GiB-hours',
    'device-hour': 'device-hours',
    GiB: 'GiB',
  },
  capacity: { 'on-demand': 'On-demand', spot: 'Spot' },

  nobody: {
    idle: 'Idle',
    idleShare: '{{share}} of all spend is paid for and given to nobody',
    idleBase: 'This capacity is paid for and given to nobody',
    idleLeftShare: '{{share}} of all spend is idle and left after sharing',
    idleLeftBase: 'This idle capacity is left after sharing',
    unallocated: 'Unallocated',
    unallocatedShare: '{{share}} of all spend is linked to no service',
    unallocatedBase: 'These workloads are linked to no service',
  },

  comparison: {
    against: '{{change}} against {{base}}',
    noData: 'There is no data for the window before',
    nothingBefore: 'Nothing was spent {{base}}',
    unknown: 'It can’t be compared with {{base}}',
  },

  figure: {
    spend: 'Spend, {{window}}',
    monthToDate: '{{month}} to date',
    shareOfProjection: 'That is {{share}} of the {{projection}} projected',
    daysIn_one: 'It covers {{count}} day',
    daysIn_other: 'It covers {{count}} days',
    projection: 'Projection',
    projectionTo: 'Projection to {{day}}',
    notYet: 'Not yet',
    interval_one:
      '{{range}} with {{confidence}} confidence, from {{count}} whole day',
    interval_other:
      '{{range}} with {{confidence}} confidence, from {{count}} whole days',
    efficiency: 'Efficiency',
    efficiencyBase: 'of the cost of CPU, memory and GPU was used',
    efficiencyBefore: 'It was {{before}} in the window before',
    efficiencyUnknown: 'No usage was reported',
    unused: 'Unused',
    unusedShare:
      '{{share}} of the cost of CPU, memory and GPU was requested and not used',
    unusedBaseUnknown: 'No CPU, memory or GPU was paid for',
    unusedBefore: 'it was {{before}} in the window before',
  },

  chart: {
    title: 'Spend by day',
    zone: 'Calendar days in {{timezone}}',
    table: 'Spend by day',
    summary:
      'Bar chart of spend by day, {{window}}: {{total}} over {{days}} days; {{gaps}} days without data. The button above shows it as a table.',
  },
  day: {
    gap: 'no data',
    missingHours: '{{missing}} of {{hours}} hours missing',
    partial: 'not whole yet',
    clockChange: '{{hours}} hours, as clocks change',
  },

  table: {
    export: 'CSV',
    exportOf: 'Download as CSV: {{table}}',
    total: 'Total',
  },
  column: {
    day: 'Day',
    note: 'Note',
    change: 'Change',
    new: 'new',
    cluster: 'Cluster',
    region: 'Region',
    namespace: 'Namespace',
    workload: 'Workload',
    nodePool: 'Node pool',
    instanceType: 'Instance type',
    capacity: 'Capacity',
    hourlyPrice: 'Price per hour',
    nodeHours: 'Node-hours',
    priceOrigin: 'Where the price is from',
    provenance: 'Linked by',
    matched: 'What matched',
    gpuHours: 'GPU hours',
    gpuBusy: 'GPU busy',
    gpuBusyHours: 'GPU hours busy',
    metric: 'Metric',
  },
  hint: {
    shared:
      'While sharing is on, this is the row’s share of idle capacity and of shared namespaces',
    change: 'This compares with the window before, of the same number of days',
    efficiency: 'This is how much of the cost of CPU, memory and GPU was used',
    gpuHours:
      'These device-hours are paid for: one whole device for one hour is 1',
    gpuBusy: 'In these device-hours the GPU computed, where that is known',
  },
  dimension: {
    team: 'Team',
    service: 'Service',
    cluster: 'Cluster',
    region: 'Region',
    namespace: 'Namespace',
    workload: 'Workload',
    container: 'Container',
    capacity: 'Capacity',
  },
  unknownRow: {
    team: 'No owner',
    service: 'Unknown service',
    cluster: 'Unknown cluster',
    region: 'Unknown region',
    namespace: 'Unknown namespace',
    workload: 'Unknown workload',
    container: 'Unknown container',
    capacity: 'Unknown capacity',
  },

  breakdown: {
    title: 'Where it goes',
    by: 'Break down by',
    label: 'Cost by {{dimension}}',
    podLevel: 'volumes and traffic',
    noChange:
      'No change is known, because no day has all its data both in this window and at the same place of the window before.',
  },
  fleet: { title: 'Cost by {{dimension}}', groupBy: 'Group by' },
  team: {
    services: 'Services',
    groups: 'Includes',
    notAllocated_one:
      '{{count}} more belongs to this team. Nothing of it ran in a cluster in these days, so no cost is allocated to it. If it is billed on its own, its Cost tab says so:',
    notAllocated_other:
      '{{count}} more belong to this team. Nothing of them ran in a cluster in these days, so no cost is allocated to them. If one is billed on its own, its Cost tab says so:',
    more: 'and {{others}} more',
  },
  movers: {
    title: 'Biggest movers',
    against: 'Against {{base}}',
    none: 'No service changed.',
    notComparable:
      'The windows can’t be compared, because no day has all its data both in this one and at the same place of the one before.',
    ratio: 'In percent',
    before: 'Before',
    now: 'Now',
    up: 'up',
    down: 'down',
  },

  savings: {
    title: 'Savings',
    subtitle:
      'What was saved is measured from what was done, not promised; what is left is advice that nobody took yet.',
    left: 'Left on the table',
    leftBase: 'Advice that is not taken would save this per month',
  },
  gpu: {
    title: 'GPU hours',
    table: 'GPU hours by day',
    paidHours: 'Paid',
    busyHours: 'Busy',
    busyShare: 'Busy share',
    knownHours: 'Busy known for',
    knownFor:
      'How busy they were is known for {{known}} of {{paid}} device-hours; the share is of those.',
    summary:
      '{{paid}} device-hours cost {{cost}}; {{busy}} of them were busy ({{share}}).',
    summaryUnknown:
      '{{paid}} device-hours cost {{cost}}. No utilisation was reported, so how many were busy is not known.',
  },
  units: {
    title: 'Unit costs',
    subtitle:
      'This is the cost of days that are over, with what is unused and shared, divided by the units of the same days',
    perOne: '{{title}}, each',
    perMany: '{{title}}, per {{per}}',
    unitCost: 'Unit cost',
    quantity: 'Units',
    failed: 'Failed',
    failedHint:
      'They are kept apart, so that errors don’t look like efficiency',
    byDay: 'Unit costs by day',
    reason: {
      'no-units': 'no units in this window',
      'below-minimum': 'too few units to say',
      'no-data': 'no data',
    },
  },

  origin: originMessages,
  priceOrigin: {
    source: 'the source',
    config: 'headroom.prices',
    list: 'built-in list',
    default: 'assumed',
    unpriced: 'no price',
  },
  provenance: {
    annotation: 'annotation',
    'label selector': 'label selector',
    owner: 'owner label',
    config: 'rule in the configuration',
  },

  facts: {
    dataUntil: 'data until {{at}}',
    converted: 'converted from {{from}} to {{to}}',
  },

  card: {
    open: 'Where it goes',
    projection: '{{total}} projected ({{range}}, {{confidence}} confidence)',
    sparkline: 'Spend by day, {{window}}: {{total}}, {{comparison}}',
    window: '{{window}} ({{timezone}}): {{comparison}}',
    simulated: 'Simulated data',
    notAllowed: 'You may not see what this service costs.',
    failed: 'The cost could not be loaded. The Cost tab says why.',
  },

  noWorkloads: {
    title: 'No workloads are linked to this service',
    hasId:
      'The annotation backstage.io/kubernetes-id is “{{id}}”, but no pod in a connected cluster has that label.',
    hasSelector:
      'The annotation backstage.io/kubernetes-label-selector is “{{selector}}”, but it matches no pod in a connected cluster.',
    hasNothing:
      'Its catalog entry names no workloads. Any one of these is enough:',
    byId: 'The annotation {{annotation}}, and the same label on the pods',
    bySelector:
      'The annotation {{annotation}}, for labels that are there already',
    byConfig:
      'A rule under {{key}} in app-config.yaml, for many services at once',
  },
  noData: {
    title: 'No data for this window yet',
    service:
      'Workloads are linked to this service, but there is no data for {{window}} (days in {{timezone}}): they did not run, or no source had an answer. Pick another window, or see what the sources have.',
    team: 'The team owns services, but there is no data for any of them for {{window}} (days in {{timezone}}). Pick another window, or see what the sources have.',
    fleet:
      'Clusters are connected, but there is no data for {{window}} (days in {{timezone}}). Pick another window, or see what the sources have.',
  },
  noClusters: {
    title: 'No cluster is connected',
    text: 'Connect one under {{key}} in app-config.yaml and start the back end again:',
  },
  noServices: {
    title: 'This team owns no service',
    text: 'No Component has one of these groups as its owner: {{groups}}. Set spec.owner in the Component’s catalog-info.yaml.',
  },
  sources: sourcesMessages,

  check: checkMessages,
  advice: adviceMessages,
  gpuUse: gpuMessages,
  /** What back ends and sources say. */
  said: COST_SENTENCES,
} as const;
