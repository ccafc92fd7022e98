/** Strings of the page of the sources. */
export const sourcesMessages = {
  state: {
    ok: 'Up to date',
    waiting: 'Waiting for the first hour',
    down: 'Down',
    'back-filling': 'Back-filling',
    'no-source': 'No source',
  },
  source: 'Source',
  firstHour: 'First hour',
  dataUntil: 'Data until',
  lastRun: 'Last run',
  queriesPerHour: 'Queries per hour of data',
  queryPerHours: '1 per {{hours}} hours',
  never: 'none yet',
  down: 'The source can’t be reached.',
  noSource:
    'No source is configured for this cluster. Give it one under {{key}} in app-config.yaml.',
  waiting: 'The first hour is read a few minutes after it is over.',
  backfill: 'The back-fill from {{from}} has {{done}} of {{total}} hours',
  backfillDone:
    'The back-fill from {{from}} is finished, with {{done}} of {{total}} hours',
  backfillOf: 'Back-fill of {{cluster}}',
  again_one:
    '{{count}} hour is incomplete, in amounts or in unit metrics. It is read again, less and less often, until it is complete.',
  again_other:
    '{{count}} hours are incomplete, in amounts or in unit metrics. They are read again, less and less often, until they are complete.',
  left_one:
    '{{count}} older hour stays incomplete: it is further back than {{key}} reaches.',
  left_other:
    '{{count}} older hours stay incomplete: they are further back than {{key}} reaches.',
  noGaps: 'There are no gaps.',
  gapsOf: 'Gaps of {{cluster}}',
  gapStart: 'From',
  gapEnd: 'Until',
  gapHours: 'Hours',
  gapReason: 'Why',
  gapReasons: {
    'no-data': 'The source has no data of these hours.',
    'empty-answer': 'The source answered without any node or container.',
    'no-nodes': 'The source told of containers and of no node.',
    'source-down': 'The source could not be reached.',
    'source-error': 'The answer of the source could not be read.',
    partial: 'The source knew only a part of these hours.',
    unknown: 'Why is not known.',
  },
} as const;
