import { addDays } from '@headroom/common';
import { BudgetScope } from '../budgets';
import { CostAlert } from './costAlert';
import { entityLink } from './entityLink';
import { CostRule, RuleStep } from './rules';

/** Why something is not over a threshold any more. @public */
export type RuleEnd =
  /** It was back for long enough. */
  | 'back'
  /** There is nothing that it could be measured of. */
  | 'nothing'
  /** Hours were restated, and it never held. */
  | 'restated'
  /** A budget leaves another share of a day by now, by which it does not hold. */
  | 'budget'
  /** The rule is another one by now. */
  | 'changed';

/** That a rule begins or ends to hold of a subject, with both as they were then. @public */
export interface RuleOccurrence {
  kind: RuleStep['kind'];
  /** When it was found, ISO 8601 UTC. */
  at: string;
  /** First hour of those in a row, ISO 8601 UTC; absent = there are none, as it never was. */
  since?: string;
  rule: Pick<
    CostRule,
    'id' | 'measure' | 'side' | 'threshold' | 'severity' | 'notify'
  >;
  subject: BudgetScope;
  /** Name of the subject for people. */
  title: string;
  /** Of the last hour, as the threshold is. */
  value?: number;
  /** Whole micros a day of what it is taken of. */
  perDay?: number;
  end?: RuleEnd;
}

/**
 * What people are told of a rule.
 *
 * @param amount - prints micros with their currency
 * @public
 */
export function ruleAlert(
  event: RuleOccurrence,
  amount: (micros: bigint) => string,
): CostAlert {
  const { kind, at, rule, subject, title } = event;
  const { does, base, what } = wordsOf(rule);
  const began = kind === 'began';
  const when = whenOf(event);
  const value = valueOf(event, amount);
  return {
    kind: 'rule',
    severity: began ? rule.severity : 'low',
    scope: `rule:${rule.id}:${subjectText(subject)}`,
    subject,
    notify: [...rule.notify],
    title: began
      ? `${title} ${does} ${what}`
      : `${title} does not ${base} ${what} any more`,
    sentence: value ? `${value} ${when}` : when,
    plain: when,
    link:
      'entityRef' in subject ? entityLink(subject.entityRef) : '/cost/budgets',
    // Amounts are of 24 hours.
    from: addDays(at.slice(0, 10), -1),
    at,
  };
}

function wordsOf({ measure, side, threshold }: RuleOccurrence['rule']): {
  does: string;
  base: string;
  what: string;
} {
  const than = `${side === 'above' ? 'more' : 'less'} than`;
  const percent = `${than} ${percentText(threshold)}`;
  switch (measure) {
    case 'daily-cost':
      return {
        does: 'costs',
        base: 'cost',
        what: `${
          threshold === 100 ? than : `${percent} of`
        } its budget’s share of a day`,
      };
    case 'utilisation':
      return {
        does: 'uses',
        base: 'use',
        what: `${percent} of the CPU and memory that is paid for`,
      };
    case 'gpu-efficiency':
      return {
        does: 'uses',
        base: 'use',
        what: `${percent} of the GPUs that are paid for`,
      };
    case 'waste':
      return { does: 'wastes', base: 'waste', what: `${percent} of its cost` };
    case 'hourly-spend':
      return {
        does: 'costs',
        base: 'cost',
        what: `${than} a rule allows an hour`,
      };
    default:
      return {
        does: 'runs',
        base: 'run',
        what: `${percent} of its CPU on spot capacity`,
      };
  }
}

function whenOf({ kind, since, end }: RuleOccurrence): string {
  const from = since ? ` since ${hourText(since)}` : '';
  if (kind === 'began') {
    return `It has been so in every hour${from}.`;
  }
  switch (end) {
    case 'restated':
      return 'Hours were corrected, or services changed hands, and by what counts now it was not so.';
    case 'budget':
      return 'The budget’s share of a day was changed, and it is not so by the new one.';
    case 'changed':
      return 'The rule was changed, and it is not so by the new one.';
    case 'nothing':
      return `There is nothing to measure it of${from}.`;
    default:
      return `It has not been so in any hour${from}.`;
  }
}

function valueOf(
  { rule, value, perDay }: RuleOccurrence,
  amount: (micros: bigint) => string,
): string | undefined {
  if (value === undefined || perDay === undefined) {
    return undefined;
  }
  const day = amount(BigInt(Math.round(perDay)));
  const percent = percentText(value);
  switch (rule.measure) {
    case 'daily-cost':
      return `The last 24 hours cost ${day}, ${percent} of the budget’s share of a day.`;
    case 'utilisation':
      return `In the last hour ${percent} was used of CPU and memory that cost ${day} a day.`;
    case 'gpu-efficiency':
      return `In the last hour ${percent} was used of GPUs that cost ${day} a day.`;
    case 'waste':
      return `In the last hour ${percent} was given and not used, of ${day} a day.`;
    case 'hourly-spend':
      return `The last hour cost ${amount(
        BigInt(Math.round(value)),
      )}; the rule allows ${amount(BigInt(Math.round(rule.threshold)))}.`;
    default:
      return `In the last hour ${percent} of core-hours ran on spot capacity; it costs ${day} a day.`;
  }
}

function percentText(value: number): string {
  return `${Math.round(value * 10) / 10} %`;
}

/** To the hour; hours begin in UTC. */
function hourText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

function subjectText(subject: BudgetScope): string {
  if ('entityRef' in subject) {
    return subject.entityRef;
  }
  return subject.type === 'cluster' ? `cluster:${subject.cluster}` : '';
}
