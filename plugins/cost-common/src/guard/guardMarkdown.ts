import { escapeMarkdown } from '@headroom/common';
import {
  changedRows,
  sayBudget,
  sayChange,
  sayCost,
  sayCounted,
  sayHeadline,
  sayRowChange,
  sayRuleState,
  saySide,
  VERDICT_WORDS,
} from './guardFigures';
import { GuardReport } from './GuardReport';

/** Forges take a comment of some 65,000 characters. */
const LONGEST = 60_000;
const MOST_ROWS = 40;
const MOST_SENTENCES = 40;
const KEY = /^[A-Za-z0-9][\w./-]{0,99}$/;

/**
 * The first line of a comment, by which it is found again: one comment a key and
 * change is brought up to date in place.
 *
 * @param key - tells several guardrails of one change apart
 * @throws RangeError unless it is of letters, digits, `.`, `_`, `/` and `-`
 * @public
 */
export function guardMarker(key = 'default'): string {
  if (!KEY.test(key) || key.includes('--')) {
    throw new RangeError(
      `The key is "${key.slice(
        0,
        100,
      )}"; it must be of letters, digits, ., _, / and single - such as shop/web`,
    );
  }
  return `<!-- headroom-guard: ${key} -->`;
}

/**
 * A report as the comment of a pull request: its marker, the verdict, what changes,
 * and why. Everything that somebody named is escaped.
 *
 * @param key - as {@link guardMarker} takes it
 * @public
 */
export function guardMarkdown(
  report: GuardReport,
  options: { key?: string } = {},
): string {
  const { sign, words } = VERDICT_WORDS[report.verdict];
  const blocks = [
    guardMarker(options.key),
    `### ${sign} ${words}`,
    `**${escapeMarkdown(sayHeadline(report))}**`,
    ...paragraphs(report),
    table(report),
    unknownList(report),
    details(report),
  ].filter(block => block !== '');
  let text = '';
  for (const block of blocks) {
    if (text.length + block.length > LONGEST) {
      return `${text}\nThe rest is too long for a comment; the JSON output has it.\n`;
    }
    text += `${text === '' || text.endsWith('-->\n') ? '' : '\n'}${block}\n`;
  }
  return text;
}

function paragraphs(report: GuardReport): string[] {
  const { rules, outage, override, ask, verdict } = report;
  const broken = rules.filter(({ state }) => state === 'broken');
  const budget = sayBudget(report);
  const isTooMuch = verdict === 'warn' || verdict === 'deny';
  return [
    ...(outage ? [escapeMarkdown(outage.message)] : []),
    broken
      .map(
        rule => `- ${sayRuleState(rule)}: ${escapeMarkdown(rule.said.message)}`,
      )
      .join('\n'),
    ...(override ? [escapeMarkdown(override.said.message)] : []),
    ...(isTooMuch && ask !== undefined
      ? [`Ask ${escapeMarkdown(ask)} about it.`]
      : []),
    ...(budget === undefined ? [] : [escapeMarkdown(budget)]),
  ];
}

function table(report: GuardReport): string {
  const { currency = '', before, after, difference } = report;
  if (!after) {
    return '';
  }
  const changed = changedRows(report);
  const rows = changed
    .slice(0, MOST_ROWS)
    .map(row => [
      escapeMarkdown(row.name),
      saySide(row.before, currency),
      saySide(row.after, currency),
      sayRowChange(row, currency),
    ]);
  const all = [
    '**All**',
    before ? sayCost(before.monthly, before.complete, currency) : 'not known',
    sayCost(after.monthly, after.complete, currency),
    difference ? sayChange(difference.monthly, currency) : 'not known',
  ];
  const left = changed.length - rows.length;
  return [
    '| a month | now | after | difference |',
    '| --- | ---: | ---: | ---: |',
    ...[...rows, all].map(cells => `| ${cells.join(' | ')} |`),
    ...(left > 0
      ? ['', `${left} more changed; the JSON output has them.`]
      : []),
  ].join('\n');
}

function unknownList({ unknown }: GuardReport): string {
  const sentences = [
    ...new Set(
      unknown.map(({ name, said }) =>
        [...(name === undefined ? [] : [`${name}:`]), said.message].join(' '),
      ),
    ),
  ];
  const left = sentences.length - MOST_SENTENCES;
  return sentences.length === 0
    ? ''
    : [
        'What is not known:',
        '',
        ...sentences
          .slice(0, MOST_SENTENCES)
          .map(sentence => `- ${escapeMarkdown(sentence)}`),
        ...(left > 0 ? [`- ${left} more; the JSON output has them.`] : []),
      ].join('\n');
}

function details(report: GuardReport): string {
  const { rules, remarks, judged, rows } = report;
  const counted = changedRows(report)
    .slice(0, MOST_ROWS)
    .flatMap(row =>
      sayCounted(row).map(sentence => `${row.name}: ${sentence}`),
    );
  const sentences = [
    ...(rows.length > 0
      ? [
          judged === 'most'
            ? 'The rules judge the most that the difference may be.'
            : 'The rules judge the least that the difference may be.',
        ]
      : []),
    ...rules
      .filter(({ state }) => state !== 'broken')
      .map(rule => `${sayRuleState(rule)}: ${rule.said.message}`),
    ...counted,
    ...remarks.map(({ message }) => message),
  ];
  return sentences.length === 0
    ? ''
    : [
        '<details><summary>How this was reckoned</summary>',
        '',
        ...sentences.map(sentence => `- ${escapeMarkdown(sentence)}`),
        '',
        '</details>',
      ].join('\n');
}
