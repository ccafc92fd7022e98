/** Words of policies: who made them, what they are for, how far they go. */
export const policyMessages = {
  mode: {
    observe: {
      name: 'observes',
      hint: 'It is shown what would be done, and nothing is',
    },
    propose: { name: 'proposes', hint: 'A person has to say yes first' },
    enforce: { name: 'enforces', hint: 'What guards let through is done' },
  },
  origin: {
    config: {
      name: 'configuration',
      short: 'from configuration',
      where:
        'It stands in the configuration under headroom.scaling.policies and is changed there.',
    },
    annotation: {
      name: 'annotation',
      short: 'from an annotation',
      where:
        'It stands in the annotations headroom.io/* of {{of}} and is changed there.',
    },
    page: {
      name: 'page',
      short: 'made on the page',
      where: '{{by}} made it on the page, where it is changed.',
    },
  },
  scope: {
    type: {
      workload: 'a workload',
      selector: 'workloads with labels',
      service: 'a service',
      namespace: 'a namespace',
      system: 'a system',
      team: 'a team',
      all: 'everything',
    },
    text: {
      selector: 'labels {{selector}} in {{where}}',
      everywhere: 'all namespaces',
      service: 'service {{name}}',
      namespace: 'namespace {{namespace}}',
      system: 'system {{name}}',
      team: 'team {{name}}',
      all: 'everything',
    },
  },
  policies: {
    title: 'Policies',
    subtitle:
      'Of the policies that match a workload the one of the narrowest scope wins, whole.',
  },
  policy: {
    new: 'New policy',
    back: 'All policies',
    edit: 'Change',
    pause: 'Pause',
    goOn: 'Let it go on',
    delete: 'Delete',
    says: 'What it says',
    outsideLine: 'Outside of all windows: {{wanted}}',
    winsOf: '{{wins}} of {{matches}} matching',
    twoPersons: 'Who asks for a plan of it can’t approve it.',
    paused: 'paused',
    pausedUntil: 'paused until {{until}}',
    isPaused:
      'It is paused until {{until}}: it changes nothing, and nothing is put back.',
    issues_one: '{{count}} issue',
    issues_other: '{{count}} issues',
    notAllowed:
      'You need the permission scaling.policy.write on what it is for to change it.',
    notFoundTitle: 'There is no such policy',
    notFound:
      'It was deleted, or it is for something that you may not see. The page of policies has those that are there.',
    pauseTitle: 'Pause {{title}}',
    pauseText:
      'It does nothing until the time is over. What it changed stays as it is.',
    pauseUndo: 'The same button lets it go on at any time.',
    pauseFor: 'For',
    deleteTitle: 'Delete {{title}}',
    deleteText_one:
      'It is deleted for good. What it changed on {{count}} workload is put back to what it was before, where nobody changed it since; workloads that match another policy follow that.',
    deleteText_other:
      'It is deleted for good. What it changed on {{count}} workloads is put back to what it was before, where nobody changed it since; workloads that match another policy follow that.',
    deleteUndo: 'It can’t be undone; the policy can be made again.',
  },
  noPolicies: {
    title: 'No policy is there yet',
    text: 'A policy says when workloads are up, how many of them, and when they sleep. It begins by observing: it shows what it would do and does nothing.',
    notAllowed:
      'You need the permission scaling.policy.write to make one on this page.',
    byConfig: 'Or write it under {{key}}:',
  },
} as const;
