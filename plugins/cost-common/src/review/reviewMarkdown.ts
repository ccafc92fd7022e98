import { addDays, escapeMarkdown } from '@headroom/common';
import { BudgetOver, budgetOverOf } from './budgetOverrun';
import { changeText } from './changeText';
import { PART_TITLES } from './partTitles';
import {
  Review,
  ReviewAction,
  ReviewMover,
  ReviewPart,
  ReviewUnitCost,
} from './review';

/** What was saved, measured by the ledger; micros, with the interval it lies in. @public */
export interface ReviewSavings {
  saved: string;
  low: string;
  high: string;
  currency: string;
}

/** How amounts and names are printed. @public */
export interface ReportMarkdownOptions {
  amount: (micros: bigint, currency: string) => string;
  /** Of an entity, by its reference. */
  nameOf: (entityRef: string) => string;
  /** Absent = not known. */
  savings?: ReviewSavings;
}

/** The same of a review. @public */
export interface ReviewMarkdownOptions extends ReportMarkdownOptions {
  /** Of a unit cost, a decimal. */
  price: (decimal: string, currency: string) => string;
}

const PARTS = Object.keys(PART_TITLES) as ReviewPart[];
/** Rows of a table; pages have all of them. */
const MOST_ROWS = 15;

/** Prints amounts and names of one review. */
class Printer {
  readonly #currency: string;
  readonly #options: ReviewMarkdownOptions;

  static of({ currency }: Review, options: ReviewMarkdownOptions) {
    return new Printer(currency, options);
  }

  private constructor(currency: string, options: ReviewMarkdownOptions) {
    this.#currency = currency;
    this.#options = options;
  }

  money(micros: string, currency = this.#currency): string {
    return this.#options.amount(BigInt(micros), currency);
  }

  price(decimal: string): string {
    return this.#options.price(decimal, this.#currency);
  }

  change(micros: string): string {
    return changeText(micros, size =>
      this.#options.amount(size, this.#currency),
    );
  }

  name(of: { entityRef?: string; title?: string }, otherwise: string): string {
    const name =
      of.title ?? (of.entityRef && this.#options.nameOf(of.entityRef));
    return name ? escapeMarkdown(name) : otherwise;
  }
}

/**
 * A review as GitHub-flavoured Markdown, for an issue, a mail or a wiki. Whatever people
 * named is escaped: it is text, no markup, no link and mentions nobody.
 *
 * @public
 */
export function reviewMarkdown(
  review: Review,
  options: ReviewMarkdownOptions,
): string {
  const print = Printer.of(review, options);
  return [
    [`# Cost review of the week ${span(review.week, review.end)}`],
    paceLines(review, print),
    moverLines(review, print),
    anomalyLines(review, print),
    savingLines(review, print, options.savings),
    budgetLines(review, print),
    unitLines(review, print),
    actionLines(review, print),
    [
      `Days are those of ${review.timezone}; made at ${review.madeAt}${
        review.simulated ? '; costs come from a simulation' : ''
      }.`,
    ],
  ]
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
    .concat('\n');
}

function span(start: string, end: string): string {
  return `${start} to ${addDays(end, -1)}`;
}

function percent(ratio: number): string {
  return `${ratio > 0 ? '+' : ''}${(ratio * 100).toFixed(1)} %`;
}

function paceLines(review: Review, print: Printer): string[] {
  const { pace, restatement, restricted, comparison, hours } = review;
  const { month } = pace;
  const lines = [`- Spend: **${print.money(pace.spend)}**`];
  if (pace.change !== undefined) {
    lines.push(
      `- Change: ${print.change(pace.change)}${
        pace.changeRatio === undefined ? '' : ` (${percent(pace.changeRatio)})`
      } against the week before`,
    );
  }
  lines.push(`- From ${month.start} on: ${print.money(month.toDate)}`);
  if (month.projection?.status === 'ok') {
    const { total, low, high } = month.projection;
    lines.push(
      `- Forecast of the month: ${print.money(total)} (${print.money(
        low,
      )} to ${print.money(high)})`,
    );
  }
  if (restatement && restatement.difference !== '0') {
    lines.push(
      `- Restated since: ${print.change(
        restatement.difference,
      )}, to ${print.money(restatement.spend)}`,
    );
  }
  if (restricted) {
    lines.push('- This is a part of everything: what the reader may see.');
  }
  if (comparison === 'none') {
    lines.push('- Nothing is known of the week before.');
  }
  if (comparison === 'incomplete') {
    const missing = (['before', 'after'] as const).map(
      week => hours[week].wanted - hours[week].complete,
    );
    lines.push(
      `- Hours are missing: ${missing[0]} of the week before, ${missing[1]} of this one; changes are not split.`,
    );
  }
  return lines;
}

function moverLines({ movers }: Review, print: Printer): string[] {
  const rows = movers.services.slice(0, MOST_ROWS);
  if (!rows.some(({ parts }) => parts)) {
    return [];
  }
  const left = movers.services.length - rows.length;
  return [
    '## What moved',
    '',
    `| Service | Change | ${PARTS.map(part => PART_TITLES[part]).join(
      ' | ',
    )} |`,
    `| --- | ---: | ${PARTS.map(() => '---:').join(' | ')} |`,
    ...rows.map(
      row =>
        `| ${moverName(row, print)} | ${print.change(
          row.change ?? '0',
        )} | ${PARTS.map(part => print.change(row.parts?.[part] ?? '0')).join(
          ' | ',
        )} |`,
    ),
    ...(left > 0 ? ['', `${left} more rows are on the page.`] : []),
  ];
}

function moverName(row: ReviewMover, print: Printer): string {
  switch (row.kind) {
    case 'idle':
      return 'Idle';
    case 'unallocated':
      return 'Unallocated';
    case 'others':
      return `${row.count} others`;
    default:
      return print.name(row, 'Unowned');
  }
}

function anomalyLines({ anomalies }: Review, print: Printer): string[] {
  return anomalies.length === 0
    ? []
    : [
        '## Anomalies',
        '',
        ...anomalies.map(
          row =>
            `- ${print.name(row, '')}: ${print.money(
              row.excess,
            )} too much since ${row.firstDay}, ${row.end ?? 'open'}`,
        ),
      ];
}

function savingLines(
  { advice }: Review,
  print: Printer,
  savings: ReviewSavings | undefined,
): string[] {
  const lines: string[] = [];
  if (savings) {
    const money = (micros: string) => print.money(micros, savings.currency);
    lines.push(
      `- Saved so far, measured: **${money(savings.saved)}** (${money(
        savings.low,
      )} to ${money(savings.high)}), as of when this text was made`,
    );
  }
  if (advice && advice.services > 0) {
    lines.push(
      `- Advice leaves ${print.money(advice.perMonth)} a month on the table:`,
      ...advice.top.map(
        row =>
          `  - ${print.name(row, 'Unallocated')}: ${print.money(
            row.perMonth,
          )} a month`,
      ),
    );
  }
  return lines.length > 0 ? ['## Savings', '', ...lines] : [];
}

function budgetLines(
  { budgetRisks = [], budgetsAtRisk = budgetRisks.length }: Review,
  print: Printer,
): string[] {
  const shown = budgetRisks.slice(0, MOST_ROWS);
  const more = budgetsAtRisk - shown.length;
  return budgetRisks.length === 0
    ? []
    : [
        '## Budgets at risk',
        '',
        ...shown.map(budget => {
          const { currency, limit, scope } = budget;
          const name = print.name(
            { title: budget.title, ...('entityRef' in scope && scope) },
            escapeMarkdown(budget.id),
          );
          const over = overText(budgetOverOf(budget), micros =>
            print.money(micros, currency),
          );
          return `- ${name}, with a limit of ${print.money(
            limit,
            currency,
          )}: ${over}`;
        }),
        ...(more > 0 ? [`- and ${more} more`] : []),
      ];
}

function overText(
  { spent, forecast, lastDay }: BudgetOver,
  money: (micros: string) => string,
): string {
  return [
    ...(spent === undefined ? [] : [`${money(spent)} over`]),
    ...(forecast === undefined
      ? []
      : [`forecast to be ${money(forecast)} over by ${lastDay}`]),
  ].join(', and ');
}

function unitLines({ unitCosts }: Review, print: Printer): string[] {
  const known = unitCosts.filter(({ unitCost }) => unitCost !== undefined);
  return known.length === 0
    ? []
    : [
        '## Unit costs',
        '',
        ...known.slice(0, MOST_ROWS).map(row => unitLine(row, print)),
      ];
}

function unitLine(row: ReviewUnitCost, print: Printer): string {
  const { unitCost = '0', previousUnitCost, per } = row;
  const name = print.name(row, '');
  const metric = escapeMarkdown(row.metricTitle);
  const price = print.price(unitCost);
  const now =
    per === 1
      ? `${name}, ${metric}: ${price} each`
      : `${name}: ${price} per ${per.toLocaleString('en-US')} ${metric}`;
  return `- ${now}${
    previousUnitCost === undefined
      ? ''
      : `, ${print.price(previousUnitCost)} the week before`
  }`;
}

const ACTION_TEXTS: Record<
  ReviewAction['kind'],
  (what: string, amount: string) => string
> = {
  budget: (what, over) => `Bring the budget of ${what} back: ${over}`,
  anomaly: (what, amount) => `Find out why ${what} cost ${amount} too much`,
  advice: (what, amount) => `Take the advice on ${what}: ${amount} a month`,
};

function actionLines({ actions }: Review, print: Printer): string[] {
  return actions.length === 0
    ? []
    : [
        '## Actions',
        '',
        ...actions.map(action => {
          const { kind, over, amount, currency } = action;
          const { ownerRef, due, again } = action;
          const money = (micros: string) => print.money(micros, currency);
          const text = ACTION_TEXTS[kind](
            print.name(action, kind === 'advice' ? 'Unallocated' : 'a part'),
            over ? overText(over, money) : money(amount),
          );
          return `- [ ] ${text} (${print.name(
            { entityRef: ownerRef },
            'nobody owns it',
          )}, until ${due}${again ? ', since last week' : ''})`;
        }),
      ];
}
