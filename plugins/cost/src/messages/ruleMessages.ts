/** Strings of rules, and of what is over them. */
export const ruleMessages = {
  title: 'Rules',
  subtitle:
    'Closed hours are judged by these; who owns what is over one is told once, and once when it is over.',
  failed: 'What is over a rule can’t be shown: {{reason}}',
  over: 'Over a rule now',
  none: 'Nothing is over a rule.',
  noneYet:
    'No hour was judged yet: that begins when the first hours of a cluster are read.',
  allOff: 'No rule is enabled: headroom.cost.alerts.watch switches them on.',
  restricted:
    'You see what is over a rule where all of its cost is yours to see.',
  unknown_one:
    'Of {{count}} service, team or cluster the last hours are not known for a rule: it is neither told of nor said to be fine.',
  unknown_other:
    'Of {{count}} services, teams and clusters the last hours are not known for a rule: they are neither told of nor said to be fine.',
  unknownMore:
    'Of many services the last hours are not known; yours may be among them.',
  lastHours: 'Last hours not known',
  column: {
    subject: 'Of',
    rule: 'Rule',
    value: 'Last hour',
    perDay: 'A day',
    perDayHint:
      'What the measure is taken of: CPU and memory, GPUs, or all cost',
    since: 'Since',
    held: 'For',
    subjects: 'Looks at',
    floor: 'From, a day',
    floorHint: 'What costs less a day is not looked at',
    over: 'Over it',
    unknown: 'Not known',
    state: 'State',
  },
  cluster: 'Cluster {{name}}',
  hours_one: '{{count}} hour',
  hours_other: '{{count}} hours',
  subjects: { service: 'services', team: 'teams', cluster: 'clusters' },
  some: 'some {{subjects}}',
  measure: {
    'daily-cost': 'Cost of 24 hours, of the budget’s share of a day',
    utilisation: 'CPU and memory used, of what is paid for',
    'gpu-efficiency': 'GPUs used, of what is paid for',
    waste: 'Given and not used, of all cost',
    'hourly-spend': 'Cost of an hour',
    'spot-share': 'Core-hours on spot capacity',
  },
  above: '{{measure}}: above {{threshold}}',
  below: '{{measure}}: below {{threshold}}',
  enabled: 'On',
  disabled: 'Off',
} as const;
