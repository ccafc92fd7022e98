/** Strings of what cost too much. */
export const anomalyMessages = {
  title: 'Anomalies',
  subtitle:
    'Complete days of the last 90 that were odd for this series, and cost {{floor}} and {{percent}} % more than was expected of them.',
  none: 'Nothing cost too much in the last 90 days.',
  failed: 'What cost too much can’t be shown: {{reason}}',
  allOpen: 'Say why of all {{number}} that are open',
  onDay: 'On {{first}} ',
  onDays: 'From {{first}} to {{last}} ',
  more: '{{name}} cost {{excess}} more than the {{expected}} that the same weekdays cost before.',
  rise: '{{name}} cost {{excess}} more than the {{expected}} that the same weekdays cost four weeks before {{first}}, as it rose week by week.',
  isNew: '{{name}} cost {{actual}}, and is too new to expect anything of it.',
  byUsage: '{{what}} cost {{change}} more, {{part}} of it by using more.',
  byPrice: '{{what}} cost {{change}} more, {{part}} of it by a higher price.',
  byAny: '{{what}} cost {{change}} more.',
  rolledOut:
    '{{cause}} That day and the day before it was rolled out as {{rollouts}}.',
  differs:
    'That is {{sum}} and not {{excess}}: each is compared with its average of the 28 days before and not with the same weekdays, and at most five that cost more are named.',
  differsRise:
    'That is {{sum}} and not {{excess}}: each is compared with its average of the week it rose from and not with the same weekdays, and at most five that cost more are named.',
  differsNew:
    'That is {{sum}} and not {{excess}}: at most five are named, and of what ran before only what it cost more.',
  replicaSet: 'ReplicaSet {{name}} ({{hour}})',
  workload: '{{kind}} {{name}} in {{namespace}} on {{cluster}}',
  expectedBy: '{{by}} expects it until {{until}}: {{reason}}',
  past: 'What cost too much',
  column: {
    name: 'Of',
    since: 'Since',
    until: 'Until',
    excess: 'Too much',
    percent: 'Percent',
    state: 'State',
    why: 'Why',
  },
  state: {
    open: 'Open',
    over: 'Over',
    level: 'Over: it stays, and is usual by now',
    overtaken: 'Over: other days are odd or expected since',
    restated: 'Restated: it was not too much after all',
    expected: 'Expected',
  },
  expect: 'It is expected',
  expectTitle: 'This cost is expected',
  expectText:
    'It closes this anomaly, and opens none of this series until the day you name.',
  expectUndo: 'It can be taken back here at any time.',
  until: 'From this day on it is news again',
  untilHint: 'A day after today, at most a year away.',
  takeBack: 'It is not expected',
  takeBackFailed: 'It can’t be taken back: {{reason}}',
} as const;
