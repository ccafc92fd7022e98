import { ResultByTime } from '@aws-sdk/client-cost-explorer';
import {
  BillCharge,
  BillFileError,
  ChargeCategory,
  Decimal,
  parseDecimal,
} from '@headroom/plugin-cost-common';

/** What one query is about, and what its groups are by. */
export interface Slice {
  /** First day of the billing month. */
  period: string;
  billingAccount: string;
  /** Whose charges they are. */
  account: string;
  /** Set = all are of this type, and groups are by service and tag; else by service and type. */
  recordType?: string;
  /** Key of the tag that groups are by. */
  tag?: string;
  /** Whether charges keep that tag. */
  keepsTag: boolean;
}

/** What is invoiced, and what was used of what is paid in advance. */
export const METRICS = { billed: 'UnblendedCost', effective: 'AmortizedCost' };

const NO_TAGS: Readonly<Record<string, string>> = {};

/**
 * The charges of a page of an answer, a group and day each.
 *
 * @throws BillFileError that names the day, the group and the value that is wrong.
 */
export function chargesOf(
  results: readonly ResultByTime[],
  slice: Slice,
): BillCharge[] {
  return results.flatMap(({ TimePeriod, Groups = [] }) =>
    Groups.map(({ Keys = [], Metrics = {} }) => {
      const day = TimePeriod?.Start ?? '';
      const place = `Cost Explorer, account ${
        slice.account
      }, ${day}, ${Keys.join(' / ')}`;
      if (!/^\d{4}-\d\d-\d\d$/.test(day) || Keys.length !== 2) {
        throw new BillFileError(`${place}: it must be a day and two groups`);
      }
      const [service, other] = Keys;
      const type = slice.recordType ?? other;
      const amount = (metric: string): Decimal => {
        const found = parseDecimal(Metrics[metric]?.Amount ?? '');
        if (!found) {
          throw new BillFileError(
            `${place}: ${metric} is "${
              Metrics[metric]?.Amount ?? ''
            }"; it must be a decimal number`,
          );
        }
        return found;
      };
      const currency = Metrics[METRICS.billed]?.Unit;
      if (!currency) {
        throw new BillFileError(`${place}: it says no currency`);
      }
      const billed = amount(METRICS.billed);
      return {
        day,
        item: {
          period: slice.period,
          currency,
          provider: 'AWS',
          billingAccount: slice.billingAccount,
          subAccount: slice.account,
          service,
          serviceCategory: '',
          region: '',
          resourceId: '',
          category: categoryOf(type),
          correction: false,
          frequency: '',
          pricing: isCovered(type) ? 'Committed' : '',
          commitment: isCovered(type) ? 'Used' : '',
          commitmentId: '',
          tags: tagsOf(slice, other),
        },
        amounts: {
          billed,
          effective: amount(METRICS.effective),
          // It says no list prices: what was billed stands for them.
          list: billed,
          contracted: billed,
        },
      };
    }),
  );
}

/** Groups of a tag are `team$checkout`, and `team$` of what has none. */
function tagsOf({ tag, keepsTag }: Slice, group: string) {
  if (tag === undefined || !keepsTag || !group.startsWith(`${tag}$`)) {
    return NO_TAGS;
  }
  const value = group.slice(tag.length + 1);
  return value === '' ? NO_TAGS : { [tag]: value };
}

const CATEGORIES: Array<[RegExp, ChargeCategory]> = [
  [/^tax$/, 'Tax'],
  [/^credit$/, 'Credit'],
  [/^refund$/, 'Adjustment'],
  [/discount$|discountprogram/, 'Adjustment'],
  [/^(upfront|recurring|fee|rifee|reservation.*fee)$/, 'Purchase'],
  [/^savingsplan.*fee$/, 'Purchase'],
];

/** `Savings Plan Upfront Fee` and `SavingsPlanUpfrontFee` are the same. What is not known was used. */
function categoryOf(recordType: string): ChargeCategory {
  const type = plain(recordType);
  return CATEGORIES.find(([pattern]) => pattern.test(type))?.[1] ?? 'Usage';
}

function isCovered(recordType: string): boolean {
  return /^(savingsplancoveredusage|discountedusage)$/.test(plain(recordType));
}

function plain(recordType: string): string {
  return recordType.toLowerCase().replace(/[^a-z]/g, '');
}
