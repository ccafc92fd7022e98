/** Strings of the dialog that says where a figure comes from. */
export const originMessages = {
  title: '{{figure}}: where it comes from',
  figure: {
    spend: 'Spend',
    monthToDate: 'Month to date',
    projection: 'Projection',
    efficiency: 'Efficiency',
    unused: 'Unused',
    idle: 'Idle',
    unallocated: 'Unallocated',
    gpu: 'GPU hours',
    units: 'Unit costs',
  },
  explain: {
    spend:
      'Each node’s price is split over CPU, memory and GPU. A container is charged what it requested or used, whichever is more, hour by hour. Storage is charged by capacity and network by bytes.',
    monthToDate:
      'These are the same charges, from the first day of this month until now.',
    projection:
      'It adds up what this month has cost so far and, for the days that are left, what such weekdays cost lately. The interval comes from how much days differ.',
    efficiency:
      'It says how much of the cost of CPU, memory and GPU was used. An unused GPU counts for more than an unused core, because it costs more.',
    unused:
      'This is the cost of what was requested and not used. Smaller requests would free it.',
    idle: 'This is the cost of node capacity that is paid for and given to nobody. It belongs to the cluster, not to a service.',
    idleLeft:
      'Idle capacity is shared among those who use the cluster. This is what is left after sharing: it is of resources that nobody used in that hour.',
    unallocated:
      'This is the cost of workloads that no annotation, label selector or rule links to a service.',
    gpu: 'A device-hour is one whole GPU held for one hour, busy or not; slices count as their share. Busy is the share of that time in which it computed.',
    units:
      'The cost of the service is divided by its units. Both are of days that are over, have all their data, and for which units were reported. Failed units don’t count.',
  },
  unitFormula: 'cost of those days ÷ {{quantity}} × {{per}} = {{price}}',
  sumOf: 'sum of {{window}}',
  method: 'Method',
  projectionMethod_one: 'from {{count}} whole day, by weekday, to {{monthEnd}}',
  projectionMethod_other:
    'from {{count}} whole days, by weekday, to {{monthEnd}}',
  interval: 'Interval, {{confidence}}',
  backtest: 'Back-test',
  backtestNone: 'there is not enough history for one yet',
  backtestError:
    'it was {{error}} off on average when the same method was tried on past months',
  paid: 'Paid for CPU, memory and GPU',
  usedOverPaid: 'used ÷ paid',
  usedOverPaidKnown: 'used ÷ paid, where usage is known',
  idle: 'Node capacity given to nobody',
  idleLeft: 'Left after sharing',
  unallocated: 'Workloads without a service',
  windowText: '{{window}}, days in {{timezone}}',
  partialDay: '{{day}} is not over yet.',
  conversion:
    'Amounts are converted from {{from}} to {{to}}, each day at its rate: {{rates}}',
  rate: '{{rate}} from {{day}}',
  sources: 'Sources',
  noSources: 'No source answered for this window.',
  simulated: 'simulated',
  until: 'data until {{at}}',
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
    weighted:
      'These namespaces are shared in proportion to cost: {{namespaces}}.',
    even: 'These namespaces are shared evenly: {{namespaces}}.',
  },
  prices: 'Prices',
  pricesOf: 'Prices, {{window}}',
  validFrom: 'valid from {{day}}',
  links: 'Links',
  perService:
    'This is the sum of the team’s services. Open a service for its sources, prices and links.',
} as const;
