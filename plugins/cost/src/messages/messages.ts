import { adviceMessages } from './adviceMessages';
import { checkMessages } from './checkMessages';
import { gpuMessages } from './gpuMessages';

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
    'You see part of the fleet: totals, idle capacity and movers are of what you may see, not of everything.',
  sourceDown:
    '{{source}} of {{cluster}} can’t be reached since {{at}}. Figures after that are missing, not zero.',
  backfill:
    'Back-fill: {{done}} of {{total}} hours are in; figures still grow.',
  sourcesLink: 'See Sources',
  sourcesNowhere: 'The page Cost, tab Sources, says more.',

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
    toHint: 'Belongs to the window',
    reversed: 'The last day is before the first',
    future: 'The last day is not here yet',
    currency: 'Currency',
    shareIdle: 'Share idle',
    shareIdleHint:
      'Spread the cost of capacity nobody asked for, and of namespaces that everybody needs, over those who use the cluster.',
    charges: 'Charges (FOCUS)',
    chargesFailed:
      'The charges could not be downloaded. The back end can’t be reached; try again.',
    chargesRefused: 'The charges could not be downloaded: {{reason}}',
    chargesHint:
      'Download the charges of this window as CSV with the columns of the FinOps Open Cost and Usage Specification. Charges are before any sharing, whatever “Share idle” says.',
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
    idleShare: '{{share}} of all spend; paid for, and asked for by nobody',
    idleBase: 'Capacity that is paid for and that nobody asked for',
    idleLeftShare: '{{share}} of all spend; left after sharing',
    idleLeftBase: 'Left after sharing',
    unallocated: 'Unallocated',
    unallocatedShare: '{{share}} of all spend; linked to no service',
    unallocatedBase: 'Workloads that are linked to no service',
  },

  comparison: {
    against: '{{change}} against {{base}}',
    noData: 'No data for the window before',
    nothingBefore: 'Nothing was spent {{base}}',
    unknown: 'Can’t be compared with {{base}}',
  },

  figure: {
    spend: 'Spend, {{window}}',
    monthToDate: '{{month}} to date',
    shareOfProjection: '{{share}} of the {{projection}} projected',
    daysIn_one: '{{count}} day in',
    daysIn_other: '{{count}} days in',
    projection: 'Projection',
    projectionTo: 'Projection to {{day}}',
    notYet: 'Not yet',
    interval_one:
      '{{low}} to {{high}} with {{confidence}} confidence, from {{count}} whole day',
    interval_other:
      '{{low}} to {{high}} with {{confidence}} confidence, from {{count}} whole days',
    efficiency: 'Efficiency',
    efficiencyBase: 'used of what is paid for CPU, memory and GPU',
    efficiencyBefore: '{{before}} in the window before',
    efficiencyUnknown: 'No usage was reported',
    unused: 'Reserved, not used',
    unusedShare: '{{share}} of the cost of CPU, memory and GPU',
    unusedBaseUnknown: 'No CPU, memory or GPU was paid for',
    unusedBefore: '{{before}} in the window before',
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
    clockChange: '{{hours}} hours, clocks change',
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
    hourlyPrice: 'Price an hour',
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
      'Share of idle capacity and of shared namespaces, while sharing is on',
    change: 'Against the window before, of the same number of days',
    efficiency:
      'Used of what is paid for CPU, memory and GPU, weighted by cost',
    gpuHours: 'Device-hours paid for: one whole device for one hour is 1',
    gpuBusy: 'Device-hours in which the GPU computed, where that is known',
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

  breakdown: {
    title: 'Where it goes',
    by: 'Break down by',
    label: 'Cost by {{dimension}}',
    noChange:
      'No change is known: no day is completely in here and at the same place of the window before.',
  },
  fleet: { title: 'Cost by {{dimension}}', groupBy: 'Group by' },
  team: { services: 'Services', groups: 'Includes' },
  movers: {
    title: 'Biggest movers',
    against: 'Against {{base}}',
    none: 'No service changed.',
    notComparable:
      'Can’t be compared: no day is completely in here and at the same place of the window before.',
    ratio: 'In percent',
    before: 'Before',
    now: 'Now',
    up: 'up',
    down: 'down',
  },

  gpu: {
    title: 'GPU hours',
    table: 'GPU hours by day',
    paidHours: 'Paid',
    busyHours: 'Busy',
    busyShare: 'Busy share',
    knownHours: 'Busy known for',
    knownFor:
      'Busy is known for {{known}} of {{paid}} device-hours; the share is of those.',
    summary:
      '{{paid}} device-hours paid for {{cost}}, {{busy}} of them busy ({{share}}).',
    summaryUnknown:
      '{{paid}} device-hours paid for {{cost}}. No utilisation was reported, so how many were busy is not known.',
  },
  units: {
    title: 'Unit costs',
    subtitle:
      'Cost over units of the same closed days, with what is reserved and shared',
    perOne: '{{title}}, each',
    perMany: '{{title}}, per {{per}}',
    unitCost: 'Unit cost',
    quantity: 'Units',
    failed: 'Failed',
    failedHint: 'Kept apart, so that errors don’t look like efficiency',
    byDay: 'Unit costs by day',
    reason: {
      'no-units': 'no units in this window',
      'below-minimum': 'too few units to say',
      'no-data': 'no data',
    },
  },

  origin: {
    title: '{{figure}}: where it comes from',
    figure: {
      spend: 'Spend',
      monthToDate: 'Month to date',
      projection: 'Projection',
      efficiency: 'Efficiency',
      unused: 'Reserved, not used',
      idle: 'Idle',
      unallocated: 'Unallocated',
      gpu: 'GPU hours',
      units: 'Unit costs',
    },
    explain: {
      spend:
        'Each node’s price is split over CPU, memory and GPU. A container is charged what it reserved or used, whichever is more, hour by hour; storage by capacity, network by bytes.',
      monthToDate:
        'The same charges, from the first day of this month until now.',
      projection:
        'What is in of this month, and for the days left what such weekdays cost lately. The interval comes from how much days differ.',
      efficiency:
        'How much of what is paid for CPU, memory and GPU was used, weighted by cost: an idle GPU counts for more than an idle core.',
      unused:
        'The cost of what was reserved and not used. Smaller requests would free it.',
      idle: 'The cost of node capacity that no container asked for. It belongs to the cluster, not to a service.',
      idleLeft:
        'Idle capacity is shared among those who use the cluster. This is what is left after sharing: of resources that nobody used in that hour.',
      unallocated:
        'The cost of workloads that no annotation, label selector or rule links to a service.',
      gpu: 'A device-hour is one whole GPU reserved for one hour, busy or not; slices count as their share. Busy is the share of the reserved time in which it computed.',
      units:
        'Cost of the service on days that are over, completely in, and for which units were reported, divided by the units of the same days. Failed units don’t count.',
    },
    unitFormula: 'cost of those days ÷ {{quantity}} × {{per}} = {{price}}',
    sumOf: 'sum of {{window}}',
    method: 'Method',
    projectionMethod_one:
      'from {{count}} whole day, by weekday, to {{monthEnd}}',
    projectionMethod_other:
      'from {{count}} whole days, by weekday, to {{monthEnd}}',
    interval: 'Interval, {{confidence}}',
    backtest: 'Back-test',
    backtestNone: 'not enough history for one yet',
    backtestError:
      '{{error}} off on average when the same method was put to past months',
    paid: 'Paid for CPU, memory and GPU',
    usedOverPaid: 'used ÷ paid',
    usedOverPaidKnown: 'used ÷ paid, where usage is known',
    idle: 'Node capacity nobody asked for',
    idleLeft: 'Left after sharing',
    unallocated: 'Workloads without a service',
    windowText: '{{window}}, days in {{timezone}}',
    partialDay: '{{day}} is not over yet.',
    conversion:
      'Converted from {{from}} to {{to}}, each day at its rate: {{rates}}',
    rate: '{{rate}} from {{day}}',
    sources: 'Sources',
    noSources: 'No source answered for this window.',
    simulated: 'simulated',
    until: 'in until {{at}}',
    missingHours_one: '{{count}} hour missing',
    missingHours_other: '{{count}} hours missing',
    downSince: 'down since {{at}}',
    sharing: 'Sharing',
    sharingIdle: {
      separate: 'Nothing is shared: idle capacity is charged to no service.',
      shared:
        'Idle capacity is spread over those who use the cluster, in proportion to what they cost.',
    },
    sharedNamespaces: {
      none: 'No namespace is shared.',
      weighted: 'Shared in proportion to cost: the namespaces {{namespaces}}.',
      even: 'Shared evenly: the namespaces {{namespaces}}.',
    },
    prices: 'Prices',
    pricesOf: 'Prices, {{window}}',
    validFrom: 'valid from {{day}}',
    links: 'Links',
    perService:
      'The sum of the team’s services. Open a service for its sources, prices and links.',
  },
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
    projection:
      '{{total}} projected ({{low}} to {{high}}, {{confidence}} confidence)',
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
    hasNothing: 'Its catalog entry names no workloads. Any one of these does:',
    byId: 'The annotation {{annotation}}, and the same label on the pods',
    bySelector:
      'The annotation {{annotation}}, for labels that are there already',
    byConfig:
      'A rule under {{key}} in app-config.yaml, for many services at once',
  },
  noData: {
    title: 'No data for this window yet',
    service:
      'Workloads are linked to this service, but nothing is in for {{window}} (days in {{timezone}}): they did not run, or no source had an answer. Pick another window, or see what the sources have.',
    team: 'The team owns services, but nothing is in for any of them for {{window}} (days in {{timezone}}). Pick another window, or see what the sources have.',
    fleet:
      'Clusters are connected, but nothing is in for {{window}} (days in {{timezone}}). Pick another window, or see what the sources have.',
  },
  noClusters: {
    title: 'No cluster is connected',
    text: 'Connect one under {{key}} in app-config.yaml and start the back end again:',
  },
  noServices: {
    title: 'This team owns no service',
    text: 'No Component has one of these groups as its owner: {{groups}}. Set spec.owner in the Component’s catalog-info.yaml.',
  },
  sources: {
    state: {
      ok: 'Up to date',
      waiting: 'Waiting for the first hour',
      down: 'Down',
      'back-filling': 'Back-filling',
      'no-source': 'No source',
    },
    source: 'Source',
    firstHour: 'First hour',
    dataUntil: 'Data until',
    lastRun: 'Last run',
    queriesPerHour: 'Queries an hour of data',
    queryPerHours: '1 per {{hours}} hours',
    never: 'none yet',
    down: 'The source can’t be reached.',
    noSource:
      'No source is configured for this cluster. Give it one under {{key}} in app-config.yaml.',
    waiting: 'The first hour comes in a few minutes after the hour is over.',
    backfill: 'Back-fill from {{from}}: {{done}} of {{total}} hours',
    backfillDone:
      'Back-fill from {{from}} finished: {{done}} of {{total}} hours',
    backfillOf: 'Back-fill of {{cluster}}',
    again_one:
      '{{count}} hour is not all there, in amounts or in unit metrics. It is read again, less and less often, until it is.',
    again_other:
      '{{count}} hours are not all there, in amounts or in unit metrics. They are read again, less and less often, until they are.',
    left_one:
      '{{count}} older hour stays as it is: it is further back than {{key}} reaches.',
    left_other:
      '{{count}} older hours stay as they are: they are further back than {{key}} reaches.',
    noGaps: 'No gaps.',
    gapsOf: 'Gaps of {{cluster}}',
    gapStart: 'From',
    gapEnd: 'Until',
    gapHours: 'Hours',
    gapReason: 'Why',
  },

  check: checkMessages,
  advice: adviceMessages,
  gpuUse: gpuMessages,
} as const;
