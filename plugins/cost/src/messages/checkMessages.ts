/** Strings of the check of a cluster. */
export const checkMessages = {
  hint: 'The check asks the source and the Kubernetes API of this cluster what is there. It says what will be right, what will be missing and the line that mends it. It changes nothing and takes some seconds.',
  start: 'Check this cluster',
  startOf: 'Check this cluster: {{cluster}}',
  again: 'Check again',
  againOf: 'Check again: {{cluster}}',
  stop: 'Stop the check',
  stopOf: 'Stop the check: {{cluster}}',
  title: 'What was found in {{cluster}}',
  running: 'Checking {{cluster}}',
  asking: '{{subject}}: {{question}}',
  subject: {
    source: 'Source',
    prices: 'Prices',
    kubernetes: 'Kubernetes API',
  },
  doneAt: 'Checked at {{at}}.',
  stopped: 'The check was stopped; what it had found until then is below.',
  stoppedEarly: 'The check was stopped before it had found anything.',
  nothing: 'The check found nothing to say about this cluster.',
  allRight: 'Nothing is missing or wrong.',
  severity: {
    wrong: 'Wrong',
    missing: 'Missing',
    note: 'Worth knowing',
    right: 'Right',
  },
  counted: '{{severity}} ({{found}})',
  summary:
    '{{wrong}} wrong, {{missing}} missing, {{note}} worth knowing, {{right}} right',
  copy: 'Copy the line: {{line}}',
  copied: 'Copied',
  notAllowed:
    'You need the permission {{permission}} to have a cluster checked. Ask whoever looks after this portal’s permission policy.',
  failed: 'The check failed: {{reason}}',
  unreachable:
    'The check failed: the back end can’t be reached, or the connection to it was cut. Try again.',
} as const;
