import { addDays, escapeMarkdown } from '@headroom/common';
import { REVIEW_PARTS, ReviewMover } from '../review/review';
import { changeText } from '../review/changeText';
import { PART_TITLES } from '../review/partTitles';
import { ReportMarkdownOptions } from '../review/reviewMarkdown';
import {
  LEVEL_MEASURES,
  LevelCheck,
  LevelMeasure,
  LevelReason,
} from '../serviceLevels/judgeLevels';
import { CompletionReport, CompletionWindow } from './completion';

/** Rows of a table; the page has all of them. */
const MOST_ROWS = 15;

const MEASURES: Record<LevelMeasure, string> = {
  p95: 'p95 latency',
  errorRate: 'Error rate',
  throughput: 'Served a second',
};
const REASONS: Record<LevelReason, string> = {
  'not-read': 'no query for it under headroom.cost.serviceLevels, or no series',
  'no-series': 'no series of it, or not of the same workloads in both windows',
  'few-days': 'series of less than half the hours',
  'few-requests': 'too few requests',
  'beyond-buckets': 'beyond the last bucket',
  new: 'new',
  gone: 'gone',
  'less-demand': 'less was asked for',
};

/**
 * A completion report as GitHub-flavoured Markdown. Whatever people named is escaped.
 *
 * @public
 */
export function completionMarkdown(
  report: CompletionReport,
  options: ReportMarkdownOptions,
): string {
  const money = (micros: string) =>
    options.amount(BigInt(micros), report.currency);
  const change = (micros: string) =>
    changeText(micros, size => options.amount(size, report.currency));
  const nameOf = (of: { entityRef?: string; title?: string }) =>
    escapeMarkdown(of.title ?? options.nameOf(of.entityRef ?? ''));
  return [
    [
      `# Completion report: ${spanOf(report.now)} against ${baseOf(
        report.baseline,
      )}`,
    ],
    spendLines(report, options, money, change),
    costLines(report, change, nameOf),
    levelLines(report, nameOf),
    [
      `Days are those of ${report.timezone}; made at ${report.madeAt}${
        report.simulated ? '; figures come from a simulation' : ''
      }.`,
    ],
  ]
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
    .concat('\n');
}

function spanOf({ start, end }: CompletionWindow): string {
  return `${start} to ${addDays(end, -1)}`;
}

function baseOf(window: CompletionWindow): string {
  return window.month ?? spanOf(window);
}

function spendLines(
  report: CompletionReport,
  options: ReportMarkdownOptions,
  money: (micros: string) => string,
  change: (micros: string) => string,
): string[] {
  const { spend, baseline, now, levels, restricted, monthMissing } = report;
  const { counts } = levels;
  const ratio =
    spend.changeRatio === undefined
      ? ''
      : ` (${spend.changeRatio > 0 ? '+' : ''}${(
          spend.changeRatio * 100
        ).toFixed(1)} %)`;
  const { savings } = options;
  return [
    `- A day costs **${money(spend.afterPerDay)}**; ${money(
      spend.beforePerDay,
    )} in the baseline`,
    `- Change over ${now.days} days: **${change(spend.change)}**${ratio}`,
    ...(savings
      ? [
          `- Measured by the ledger of what was done, and no part of the change above: ${options.amount(
            BigInt(savings.saved),
            savings.currency,
          )} saved so far`,
        ]
      : []),
    `- Service levels: **${counts.held} held, ${counts.broken} broken, ${counts.unknown} unknown**`,
    ...(baseline.month === undefined
      ? [
          `- No whole month is known before these days: the baseline is ${baseline.days} days.`,
        ]
      : []),
    ...(monthMissing === undefined
      ? []
      : [
          `- The month ${monthMissing} that was asked for is not there as a whole.`,
        ]),
    ...(baseline.leftOut + now.leftOut > 0
      ? [
          `- Days of which hours are missing are left out: ${baseline.leftOut} of the baseline, ${now.leftOut} of now.`,
        ]
      : []),
    ...(restricted
      ? ['- This is a part of everything: what the reader may see.']
      : []),
  ];
}

function costLines(
  { rows }: CompletionReport,
  change: (micros: string) => string,
  nameOf: (of: ReviewMover) => string,
): string[] {
  const shown = rows.services.slice(0, MOST_ROWS);
  const left = rows.services.length - shown.length;
  const rowName = (row: ReviewMover) => {
    switch (row.kind) {
      case 'idle':
        return 'Idle';
      case 'unallocated':
        return 'Unallocated';
      case 'others':
        return `${row.count} others`;
      default:
        return nameOf(row);
    }
  };
  return [
    '## Cost',
    '',
    `| Service | Change | ${REVIEW_PARTS.map(part => PART_TITLES[part]).join(
      ' | ',
    )} | Service level |`,
    `| --- | ---: | ${REVIEW_PARTS.map(() => '---:').join(' | ')} | --- |`,
    ...shown.map(
      row =>
        `| ${rowName(row)} | ${change(row.change ?? '0')} | ${REVIEW_PARTS.map(
          part => change(row.parts?.[part] ?? '0'),
        ).join(' | ')} | ${row.verdict ?? ''} |`,
    ),
    ...(left > 0 ? ['', `${left} more rows are on the page.`] : []),
  ];
}

function levelLines(
  { levels }: CompletionReport,
  nameOf: (of: { entityRef?: string; title?: string }) => string,
): string[] {
  const { services, tolerance } = levels;
  if (services.length === 0) {
    return [];
  }
  const shown = services.slice(0, MOST_ROWS);
  const left = services.length - shown.length + levels.others;
  return [
    '## Service levels',
    '',
    `Held = p95 latency at most ${tolerance.p95Percent} % longer, error rate at most ${tolerance.errorPoints} points higher, and at most ${tolerance.throughputPercent} % fewer requests served unless fewer were asked for.`,
    '',
    `| Service | Verdict | ${LEVEL_MEASURES.map(
      measure => MEASURES[measure],
    ).join(' | ')} |`,
    `| --- | --- | ${LEVEL_MEASURES.map(() => '---').join(' | ')} |`,
    ...shown.map(
      row =>
        `| ${nameOf(row)} | ${row.verdict} | ${LEVEL_MEASURES.map(measure =>
          checkText(measure, row.checks[measure]),
        ).join(' | ')} |`,
    ),
    ...(left > 0 ? ['', `${left} more services are on the page.`] : []),
  ];
}

function checkText(
  measure: LevelMeasure,
  { before, after, verdict, reason }: LevelCheck,
): string {
  const text = (value: number | undefined) =>
    value === undefined ? '?' : levelText(measure, value);
  return `${verdict}: ${text(before)} → ${text(after)}${
    reason ? ` (${REASONS[reason]})` : ''
  }`;
}

function levelText(measure: LevelMeasure, value: number): string {
  switch (measure) {
    case 'p95':
      return `${numberText(value * 1000)} ms`;
    case 'errorRate':
      return `${(value * 100).toFixed(2)} %`;
    default:
      return numberText(value);
  }
}

/** Three significant digits below a thousand, whole and grouped above, as on pages. */
function numberText(value: number): string {
  return value.toLocaleString(
    'en-US',
    value >= 1000
      ? { maximumFractionDigits: 0 }
      : { maximumSignificantDigits: 3 },
  );
}
