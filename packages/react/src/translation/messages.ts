/** Every visible string of the shared components, in English. */
export const messages = {
  loading: 'Loading',
  retry: 'Try again',
  close: 'Close',
  severity: { info: 'Information', warning: 'Warning', error: 'Error' },

  table: {
    filter: 'Filter',
    region: 'Table: {{table}}',
    export: 'CSV',
    exportOf: 'Download as CSV: {{table}}',
    nothing: 'No row matches the filter.',
    total: 'Total',
    totalShown: 'Total of all rows shown',
    rowsPerPage: 'Rows per page',
    displayedRows: '{{from}}–{{to}} of {{all}}',
    previousPage: 'Previous page',
    nextPage: 'Next page',
  },

  chart: {
    showTable: 'Show as table',
    noData: 'no data',
    moreNotes_one: '{{count}} more day in the table',
    moreNotes_other: '{{count}} more days in the table',
  },

  explain: {
    open: 'Where does this come from?',
    openOf: 'Where does this come from? {{figure}}',
    meaning: 'What it is',
    formula: 'The numbers',
    window: 'Window',
  },

  changes: {
    absent: 'not set',
    setBy: '(was set by {{manager}})',
  },
  dialog: {
    undo: 'To undo it:',
    reason: 'Reason',
    reasonHint: 'Others read it in the ledger',
    failed: 'It didn’t work: {{reason}}',
    cancel: 'Cancel',
  },

  range: {
    between: '{{low}} to {{high}}',
    about: 'about {{amount}}',
  },

  saved: {
    title: 'Saved so far',
    notYet: 'Not yet',
    interval:
      'It is {{range}} with 90 % confidence, measured over {{hours}} hours.',
    notYetOf_one: '{{count}} action has too few hours yet.',
    notYetOf_other: '{{count}} actions have too few hours yet.',
    nothing: 'Nothing that was done has hours to compare yet.',
  },

  failed: {
    notAllowed: {
      title: 'You may not see this',
      text: 'You need the permission {{permission}} to see it. Ask whoever looks after this portal’s permission policy.',
    },
    notFound: {
      title: 'This was not read from the catalog yet',
      text: 'The back end has not met this entity yet. One that is new is met within minutes, and this page looks again by itself every 10 seconds for a quarter of an hour.',
    },
    badRequest: {
      title: 'This can’t be shown',
      reset: 'Back to the last 30 days',
    },
    source: {
      title: 'This could not be loaded',
      text: 'The back end failed. Nothing is wrong with your service.',
      unavailable:
        'The back end can’t answer right now. Nothing is wrong with your service.',
    },
  },
} as const;
