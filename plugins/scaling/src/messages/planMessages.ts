/** Words of plans, of their actions and of the ledger. */
export const planMessages = {
  plans: {
    mine_one: '{{count}} plan waits for you',
    mine_other: '{{count}} plans wait for you',
    mineText: 'Nothing of it is done before somebody says yes.',
    mineNone: 'No plan waits for an approval that you may give.',
    mineTable: 'Plans that wait for you',
    unresolved: 'Nobody can tell what happened',
    unresolvedText:
      'Headroom could not tell whether these writes were made. It never repeats them; look, and say what you see.',
    which: 'Which plans',
    open: { button: 'Open', title: 'Open plans' },
    all: { button: 'All', title: 'All plans' },
    none: 'There are no other plans.',
    noneOfService: 'No plan waits or settles for this service.',
    more_one: 'and {{count}} more',
    more_other: 'and {{count}} more',
    vetoed: 'Guards keep {{vetoed}} of {{all}} from being done',
    unknown: 'not known',
    byPolicy: 'the policy',
  },
  controller: { schedules: 'Schedule', rightsizing: 'Rightsizing' },
  plan: {
    back: 'All plans',
    notFoundTitle: 'There is no such plan',
    notFound:
      'It is gone, or it is of a service that you may not see. The page of plans has those that are there.',
    actions_one: '{{count}} action',
    actions_other: '{{count}} actions',
    askedBy: 'asked for by {{by}}',
    byPolicy: 'asked for by its policy',
    for: 'for {{at}}',
    expires: 'valid until {{at}}',
    hash: 'hash {{hash}}',
    changed: 'The plan changed meanwhile; look again. This is how it is now.',
    newer: 'A later plan took its place.',
    notWanted: 'Its policy doesn’t want this any more.',
    hidden_one: '{{count}} further action is on what you may not see.',
    hidden_other: '{{count}} further actions are on what you may not see.',
    openNewer: 'Open the later plan',
    done: 'Done. This is how it is now.',
    reason: 'Why',
    changes: 'Changes',
    target: 'On',
    expected: 'Expected',
    savingPerHour: 'It saves {{money}} an hour while it holds.',
    costsMorePerHour: 'It costs {{money}} more an hour while it holds.',
    savesNothing: 'It costs as much as before.',
    savingUnknown: 'What it saves isn’t known.',
    settle: 'It is compared with what happened {{time}} after the write.',
    evidence: 'Evidence',
    see: 'See it',
    undo: 'Undo',
    mend: 'This line mends it:',
    noVetoes: 'No guard speaks against it.',
    since: 'Since {{at}}.',
  },
  decide: {
    title: 'Decision',
    approve: 'Approve',
    reject: 'Reject',
    waits_one:
      '{{count}} action waits for a yes until {{until}}; after that it expires.',
    waits_other:
      '{{count}} actions wait for a yes until {{until}}; after that they expire.',
    twoPersons: 'Two persons are needed: who asked for it can’t approve it.',
    own: 'You asked for this plan, so somebody else has to approve it.',
    notAllowed: 'You need the permission scaling.approve to decide on it.',
    because: 'Reason: {{reason}}.',
    ofAnother: 'That was of an earlier version of the plan.',
    was: {
      approved: '{{by}} approved it on {{at}}.',
      rejected: '{{by}} rejected it on {{at}}.',
    },
    no: {
      observe:
        'Its policy observes: it is shown what would be done, and nothing is.',
      propose: 'Nothing of it waits for a decision any more.',
      enforce:
        'Its policy enforces: what guards let through is done without asking.',
    },
    dialog: {
      approved: {
        title: 'Approve this plan',
        text_one:
          'Its {{count}} action is done as soon as guards let it through; they look again right before.',
        text_other:
          'Its {{count}} actions are done as soon as guards let them through; they look again right before.',
        undo: 'Each action can be undone here and in the ledger afterwards.',
      },
      rejected: {
        title: 'Reject this plan',
        text_one:
          'Its {{count}} action isn’t done. The policy stays and may propose another plan.',
        text_other:
          'Its {{count}} actions aren’t done. The policy stays and may propose another plan.',
        undo: 'The next plan of the policy can be approved.',
      },
    },
  },
  state: {
    planned: {
      name: 'shown only',
      hint: 'The policy observes, so it is shown and not done.',
    },
    vetoed: { name: 'held back', hint: 'Guards keep it from being done.' },
    waiting: { name: 'waits', hint: 'It waits for an approval.' },
    approved: {
      name: 'approved',
      hint: 'It is done as soon as its turn comes.',
    },
    rejected: { name: 'rejected', hint: 'A person said no.' },
    expired: { name: 'expired', hint: 'Nobody did it in time.' },
    superseded: {
      name: 'superseded',
      hint: 'A later plan wants something else.',
    },
    intended: {
      name: 'being done',
      hint: 'The write has begun, and its outcome isn’t known yet.',
    },
    done: { name: 'done, settles', hint: 'The write was made; it settles.' },
    verified: {
      name: 'verified',
      hint: 'It settled, and nothing spoke against it.',
    },
    failed: {
      name: 'failed',
      hint: 'It was refused, and nothing was changed.',
    },
    unresolved: {
      name: 'what happened?',
      hint: 'Nobody can tell whether the write was made.',
    },
    undone: { name: 'undone', hint: 'It was taken back.' },
  },
  guard: {
    'kill-switch': 'Kill switch',
    'freeze-window': 'Freeze window',
    inventory: 'Inventory',
    'protected-namespace': 'Protected namespace',
    'blast-radius': 'Too much at once',
    'policy-limit': 'Limit of the policy',
    'disruption-budget': 'Disruption budget',
    'minimum-replicas': 'Minimum of replicas',
    hold: 'Hold',
    gitops: 'Owned by Git',
    contested: 'Taken back by somebody else',
    rate: 'Too often',
    overlap: 'Another action is under way',
    expired: 'Expired',
    approval: 'Approval',
  },
  resolve: {
    question:
      'What happened? Look at the object and say whether it is as the change wanted it.',
    notAllowed: 'You need the permission scaling.approve to answer.',
    done: 'It was done',
    doneOf: 'It was done: {{subject}}',
    notDone: 'It was not done',
    notDoneOf: 'It was not done: {{subject}}',
    title: 'What happened to {{subject}}',
    doneText:
      'The ledger says that the change was made; it is watched and can be undone like any other.',
    notDoneText:
      'The ledger says that nothing was changed; the policy may plan it again.',
    undo: 'Answers are kept in the ledger. A wrong one is mended by the next look at the object.',
  },
  undo: {
    button: 'Undo',
    buttonOf: 'Undo: {{subject}}',
    title: 'Undo what was done to {{subject}}',
    text: 'What it was before is put back, if it is still as the action left it; what somebody else changed since stays.',
    undo: 'The policy plans it again unless it is paused or changed.',
  },
  ledger: {
    title: 'Ledger',
    subtitle:
      'This is what was done and what became of it. Lines are added and never changed.',
    none: 'Nothing was done yet. What policies plan is on the page of plans.',
    byPolicy: 'policy {{policy}}',
  },
  savings: {
    title: 'What it saved',
    subtitle:
      'Each policy is measured on each workload against the same hours of the week before. What was undone counts until then, and what overlaps counts once.',
    none: 'Nothing that was done is measured yet.',
    notYet: 'not yet',
    over: 'It isn’t in effect any more.',
    interval: '{{range}}, over {{hours}} hours',
  },
  event: {
    applied: { name: 'applied' },
    refused: { name: 'refused' },
    unresolved: { name: 'unresolved' },
    resolved: { name: 'resolved' },
    verified: { name: 'verified' },
    undone: { name: 'undone' },
    contested: { name: 'contested' },
  },
} as const;
