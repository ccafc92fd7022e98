/** Strings of what cost too much. */
export const anomalyMessages = {
  title: 'Anomalies',
  subtitle:
    'Complete days of the last 90 that were odd for this series, and cost {{floor}} and {{percent}} % more than was expected of them.',
  none: 'Nothing cost too much in the last 90 days.',
  failed: 'What cost too much can’t be shown: {{reason}}',
  onDay: 'On {{first}} ',
  onDays: 'From {{first}} to {{last}} ',
  more: '{{name}} cost {{excess}} more than the {{expected}} that the same weekdays cost before.',
  isNew: '{{name}} cost {{actual}}, and is too new to expect anything of it.',
  byUsage: '{{what}} cost {{change}} more, {{part}} of it by using more.',
  byPrice: '{{what}} cost {{change}} more, {{part}} of it by a higher price.',
  byAny: '{{what}} cost {{change}} more.',
  rollout:
    '{{cause}} It was rolled out anew before: ReplicaSet {{replicaSet}} first ran on {{hour}}.',
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
