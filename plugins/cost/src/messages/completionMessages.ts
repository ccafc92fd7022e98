/** Strings of the completion report. */
export const completionMessages = {
  title: 'Completion',
  heading: '{{now}} against {{baseline}}',
  subtitle:
    'Days are those of {{timezone}}; made on {{at}}. The baseline is scaled to as many hours as the newer window has, so that two times of the same length are compared.',
  simulated: 'What is spent and served here is made up by the demo.',
  restricted:
    'You see part of everything: all figures are of what you may see.',
  noMonth:
    'No whole month is known before these days, so the baseline is {{days}} days of whole weeks.',
  monthMissing:
    'The month {{month}} that app-config.yaml asks for is not known as a whole, or not over before now.',
  leftOut:
    'Days of which hours are missing are left out: {{before}} of the baseline, {{after}} of now.',
  none: {
    title: 'There is no completion report yet',
    text: 'It is made when fourteen days are closed for 48 hours and summed, and anew with every day after.',
    retry: 'Look again',
  },
  figure: {
    perDay: 'A day costs now',
    perDayBase: '{{before}} a day in the baseline ({{ratio}})',
    perDayOnly: '{{before}} a day in the baseline',
    change: 'Change over {{days}} days',
    changeBase: '{{after}} against {{before}} at equal length',
    levels: 'Services that held their level',
    levelsValue: '{{held}} of {{all}}',
    levelsBase: '{{broken}} broken, {{unknown}} not known',
    measured: 'Measured by the ledger',
    measuredBase:
      'What Headroom’s own actions saved so far, {{range}}; no part of the change beside it',
  },
  part: {
    volume: 'Volume',
    efficiency: 'Efficiency',
    price: 'Price',
    oneOff: 'One-off',
    unsplit: 'Not split',
  },
  hint: {
    volume: 'More or less was used, at the price of before',
    efficiency: 'More or less was paid for each thing that was used',
    price: 'The same quantity had another price',
    oneOff: 'Jobs and single pods that ran in one of the windows only',
    unsplit: 'Quantity, use or price of either window is not known',
  },
  costs: {
    title: 'What costs another amount',
    subtitle: 'Rows sum to the change, and parts to their row.',
    by: 'By',
    service: 'Service',
    team: 'Team',
    change: 'Change',
    before: 'Baseline',
    after: 'Now',
    measured: 'Saved, by the ledger',
    measuredHint:
      'Measured of Headroom’s own actions since they were done; stands beside the change and is never added to it',
    verdict: 'Service level',
    idle: 'Idle',
    unallocated: 'Unallocated',
    unowned: 'Nobody owns it',
    others_one: '{{count}} other',
    others_other: '{{count}} others',
  },
  levels: {
    title: 'Service levels',
    subtitle:
      'Held = p95 latency at most {{p95}} % longer, error rate at most {{errors}} points higher, and at most {{throughput}} % fewer requests served unless fewer were asked for.',
    none: 'No service ran in either window.',
    others_one: '{{count}} more service is not in this table.',
    others_other: '{{count}} more services are not in this table.',
    service: 'Service',
    verdict: 'Verdict',
    p95: 'p95 latency',
    errorRate: 'Error rate',
    throughput: 'Served a second',
    change: '{{before}} → {{after}}',
    notKnown: '?',
    seconds: '{{value}} ms',
    notRead:
      'No {{measure}} is read of any service, so it is unknown. In app-config.yaml, set headroom.cost.serviceLevels.convention to opentelemetry, istio or ingress-nginx, or {{key}} to a PromQL query.',
  },
  verdict: { held: 'Held', broken: 'Broken', unknown: 'Not known' },
  reason: {
    'not-read': 'nothing is read',
    'no-series':
      'no series in one of the windows, or of other workloads: the query’s result must keep entity_ref, or namespace and workload',
    'few-days': 'series of less than half the hours',
    'few-requests': 'too few requests',
    'beyond-buckets': 'beyond the histogram’s last bucket',
    new: 'it is new',
    gone: 'it is gone',
    'less-demand': 'less was asked for',
  },
  link: 'Against a baseline',
} as const;
