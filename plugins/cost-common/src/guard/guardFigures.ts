import { MonthlyRange } from '../estimates/costEstimate';
import { formatGuardChange, formatGuardMoney } from './formatGuardMoney';
import {
  GuardReport,
  GuardReportRow,
  GuardRuleResult,
  GuardVerdict,
} from './GuardReport';

type Format = (micros: bigint, currency: string) => string;

/** One amount, or the range of them where they read differently. */
function formatRange(
  { min, max }: MonthlyRange,
  currency: string,
  format: Format,
): string {
  const [least, most] = [min, max].map(each => format(BigInt(each), currency));
  return least === most ? most : `${least} to ${most}`;
}

/** What a side costs; `at least` where something of it isn't known. */
export function sayCost(
  monthly: MonthlyRange,
  isComplete: boolean,
  currency: string,
): string {
  const amount = formatRange(monthly, currency, formatGuardMoney);
  return isComplete ? amount : `at least ${amount}`;
}

export function sayChange(monthly: MonthlyRange, currency: string): string {
  return formatRange(monthly, currency, formatGuardChange);
}

/** What a row says of a side; `—` where it isn't there. */
export function saySide(
  side: GuardReportRow['before'],
  currency: string,
): string {
  if (!side) {
    return '—';
  }
  const isNothing = BigInt(side.monthly.max) === 0n;
  return isNothing && side.unknown.length > 0
    ? 'not known'
    : sayCost(side.monthly, side.unknown.length === 0, currency);
}

/** How a row was counted, in sentences. */
export function sayCounted({ after }: GuardReportRow): string[] {
  return [after?.scaling, after?.kept].flatMap(said =>
    said ? [said.message] : [],
  );
}

/** The difference of a row, and whether it is all. */
export function sayRowChange(row: GuardReportRow, currency: string): string {
  if (!row.difference) {
    return 'not known';
  }
  const isOpen = [row.before, row.after].some(
    side => (side?.unknown.length ?? 0) > 0,
  );
  if (row.status === 'same' || !isOpen) {
    return sayChange(row.difference, currency);
  }
  const isNothing =
    BigInt(row.difference.min) === 0n && BigInt(row.difference.max) === 0n;
  return isNothing
    ? 'not known'
    : `${sayChange(row.difference, currency)} and what is not known`;
}

/** The answer in one sentence. */
export function sayHeadline(report: GuardReport): string {
  const { difference, after, before, currency = '', unknownCount } = report;
  if (report.outage || !after) {
    return 'What this change costs is not known.';
  }
  const rest = unknownCount > 0 ? `, ${unknownCount} unknown` : '';
  if (!difference) {
    const cost = sayCost(after.monthly, after.complete, currency);
    const what = before
      ? 'how much it is more is not known'
      : 'what is paid before is not known';
    return `After this change it costs ${cost} a month${rest}; ${what}.`;
  }
  const change = sayMore(difference.monthly, currency);
  if (difference.complete) {
    return `This change ${change}.`;
  }
  const isLeast = difference.atLeast && BigInt(difference.monthly.min) > 0n;
  return isLeast
    ? `This change ${change.replace('costs', 'costs at least')}${rest}.`
    : `As far as is known, this change ${change}${rest}.`;
}

function sayMore({ min, max }: MonthlyRange, currency: string): string {
  const [least, most] = [BigInt(min), BigInt(max)];
  const range = (from: bigint, to: bigint) =>
    formatRange(
      { min: from.toString(), max: to.toString() },
      currency,
      formatGuardMoney,
    );
  if (least === 0n && most === 0n) {
    return 'costs nothing more';
  }
  if (least >= 0n && most >= 0n) {
    return `costs ${range(least, most)} more a month`;
  }
  if (least <= 0n && most <= 0n) {
    return `saves ${range(-most, -least)} a month`;
  }
  return `changes the cost by ${sayChange({ min, max }, currency)} a month`;
}

export const VERDICT_WORDS: Record<
  GuardVerdict,
  { sign: string; words: string }
> = {
  ok: { sign: '✅', words: 'The cost of this change is fine' },
  unknown: { sign: '❔', words: 'Not all of the cost is known' },
  warn: { sign: '⚠️', words: 'The cost of this change needs a look' },
  deny: { sign: '⛔', words: 'This change costs too much' },
};

/** How a rule went, before what it found: its tier alone is a verdict only where it is broken. */
export function sayRuleState({ tier, state }: GuardRuleResult): string {
  return {
    broken: tier,
    held: `holds (${tier})`,
    undecided: `not known (${tier})`,
    skipped: `skipped (${tier})`,
  }[state];
}

/** Rows that were changed, the greatest difference first. */
export function changedRows({ rows }: GuardReport): GuardReportRow[] {
  const size = ({ difference, after }: GuardReportRow) => {
    const { min = '0', max = '0' } = difference ?? after?.monthly ?? {};
    const [least, most] = [BigInt(min), BigInt(max)];
    return -least > most ? -least : most;
  };
  return rows
    .filter(({ status }) => status !== 'same')
    .sort((a, b) => Number(size(b) - size(a)));
}

/** What is left of the budget, in a sentence; undefined where there is nothing to say. */
export function sayBudget({
  budget,
  budgetUnknown,
  currency = '',
}: GuardReport): string | undefined {
  if (!budget) {
    return (
      budgetUnknown && `The budget left is not known: ${budgetUnknown.message}`
    );
  }
  const money = (micros: string) => formatGuardMoney(BigInt(micros), currency);
  const { title, start, end, limit, spent, forecast, left, atMost } = budget;
  return `The budget ${title} from ${start} to ${end} has ${
    atMost ? 'at most ' : ''
  }${money(left)} left: ${money(limit)}, of which ${money(spent)} are spent${
    forecast === undefined ? '' : ` and ${money(forecast)} forecast by its end`
  }.`;
}
