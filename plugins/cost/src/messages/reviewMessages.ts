import { FORECAST_SENTENCES } from '@headroom/common';

/** Strings of the weekly review, and of the meter of what was saved. */
export const reviewMessages = {
  title: 'Review',
  week: 'Week',
  weekOf: 'Week {{week}}',
  subtitle:
    'From Monday to Sunday of {{timezone}}; made on {{at}} and kept as it was.',
  simulated: 'What is spent here is made up by the demo.',
  restricted:
    'You see part of everything: all figures are of what you may see.',
  openIssue: 'Open an issue',
  openIssueHint:
    'A form of your issue tracker opens, filled in; nothing is sent before you do.',
  none: {
    title: 'There is no review yet',
    text: 'A week has a review when it is closed for 48 hours and all of it is read: that of {{week}} is made on {{from}} at the earliest.',
    now: 'That day has come: it waits for hours that are missing, for sums or for advice, and is made without them nine days after the week’s end.',
    retry: 'Look again',
  },
  noMonday: 'Weeks begin on Mondays: this is the one that has {{day}}.',
  missing: {
    title: 'There is no review of this week',
    text: 'A week has a review when it is closed for 48 hours and all of it is read.',
    newest: 'Show the newest',
  },
  comparison: {
    incomplete:
      'Hours are missing, {{before}} of the week before and {{after}} of this one: the change is also what is missing, and nothing is split.',
    none: 'Nothing is known of the week before, so there is nothing to compare with.',
  },
  restated:
    'What is known now makes it {{spend}}: {{difference}} than when this review was made. The figures below are those of then.',
  figure: {
    spend: 'Spend, {{window}}',
    against: '{{change}} ({{ratio}}) against {{before}} the week before',
    againstOnly: '{{change}} against {{before}} the week before',
    noBefore: 'The week before is not known',
    toDate: 'Month to date',
    toDateBase: 'From {{window}}',
    incomplete_one: 'Hours of {{count}} day are missing.',
    incomplete_other: 'Hours of {{count}} days are missing.',
    forecast: 'Forecast of {{month}}',
    forecastBase:
      '{{range}}, with {{confidence}} probability, as it looked on {{day}}',
    over: 'The month was over',
    notYet: 'Not yet',
    left: 'Left on the table, a month',
    leftBase_one: 'By advice on {{count}} service, when this was made',
    leftBase_other: 'By advice on {{count}} services, when this was made',
    leftUnknown: 'The advice of then is not known',
    unknown: 'Not known',
  },
  movers: {
    title: 'What moved',
    subtitle: 'Rows sum to the change of the spend, and parts to their row.',
    by: 'By',
    service: 'Service',
    team: 'Team',
    before: 'Before',
    after: 'This week',
    change: 'Change',
    idle: 'Idle',
    unallocated: 'Unallocated',
    unowned: 'Owned by nobody',
    others_one: '{{count}} other, which changed less',
    others_other: '{{count}} others, which changed less',
  },
  part: {
    volume: 'Volume',
    efficiency: 'Efficiency',
    price: 'Price',
    oneOff: 'One-off',
    unsplit: 'Not split',
  },
  hint: {
    volume:
      'More or less was used, or served where units are counted, at the price of before',
    efficiency:
      'More or less was paid for each thing that was used; of idle capacity all that is more or less of it',
    price: 'The same quantity had another price',
    oneOff: 'Jobs and single pods that ran in one of the two weeks only',
    unsplit: 'Quantity, use or price of either week is not known',
  },
  actions: {
    title: 'What to do',
    subtitle: 'At most three, those of the week before first.',
    none: 'There is nothing that asks for it.',
    budget: 'Bring the budget of {{what}} back: it is {{amount}} over.',
    budgetForecast:
      'Bring the budget of {{what}} back: it is forecast to be {{amount}} over by {{day}}.',
    budgetBoth:
      'Bring the budget of {{what}} back: it is {{spent}} over, and forecast to be {{amount}} over by {{day}}.',
    anomaly: 'Find out why {{what}} cost {{amount}} too much.',
    advice: 'Take the advice on {{what}}: it saves {{amount}} a month.',
    who: '{{owner}}, until {{due}}',
    nobody: 'Nobody owns it; until {{due}}',
    again: 'Since the week before',
    unallocated: 'workloads of no service',
    part: 'a part of everything',
  },
  anomalies: {
    title: 'Anomalies',
    subtitle:
      'Those with days in this week, as they stood when this review was made.',
    none: 'Nothing cost too much in this week.',
    of: 'Of',
    since: 'Since',
    excess: 'Too much',
    state: 'State',
    why: 'Why',
    open: 'Open',
    over: 'Over',
    level: 'Over: it stays, and is usual by now',
    overtaken: 'Over: other days are odd or expected since',
    restated: 'Restated: it was not too much after all',
    expected: 'Expected',
  },
  budgets: {
    title: 'Budgets at risk',
    subtitle: 'As they stood when this review was made.',
    none: 'No budget was over, or forecast to be.',
    unknown:
      'This review was made too long after its week to know how budgets stood then.',
    budget: 'Budget',
    until: 'Until',
    limit: 'Limit',
    spent: 'Spent',
    forecast: 'Forecast',
    over: 'Over by',
    furthest:
      'Of {{all}} budgets at risk these are the {{shown}} that were furthest over.',
    all: 'All budgets as they stand now',
  },
  savings: {
    title: 'Savings',
    subtitle:
      'Measured: what was changed through Headroom, against what the same hours cost before; as of today, not of this week. Promises are in the other figure.',
    advice: 'What advice would save most',
    service: 'Service',
    perMonth: 'A month',
    none: 'No advice would have saved anything.',
  },
  units: {
    title: 'Unit costs',
    subtitle:
      'Cost and units of the same hours, the dearest services first. The cost of a unit is the cost divided by the units.',
    none: 'No units of a business metric are counted.',
    service: 'Service',
    metric: 'Unit',
    perMany: '{{per}} {{title}}',
    quantity: 'Units',
    cost: 'Cost',
    price: 'Cost of a unit',
    before: 'The week before',
    reason: {
      'no-units': 'There were none',
      'below-minimum': 'Too few to say',
      'no-data': 'Not known',
    },
  },
  meter: {
    title: 'Saved of the hours that were steered',
    base: 'Against the {{baseline}} that the same {{hours}} hours of these workloads would have cost',
    interval: 'Between {{low}} and {{high}}, with 90 % confidence',
    meaning:
      'Each whole hour in which something that Headroom wrote was in effect is compared with the same hour of the week in the four weeks before the first write to that workload, at the demand that came where units are counted. It is measured from the ledger and from what was charged; nothing of it was promised.',
    baseline: 'What those hours would have cost',
    paid: 'What they did cost',
    saved: 'Saved',
    share: 'Share',
  },
  said: { forecast: FORECAST_SENTENCES },
} as const;
