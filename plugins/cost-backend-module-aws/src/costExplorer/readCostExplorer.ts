import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** What is asked of Cost Explorer, and how much that may cost. */
export interface CostExplorerConfig {
  /** Account that is invoiced: twelve digits. */
  billingAccount: string;
  /** Whose credentials under `aws` are used. */
  accountId?: string;
  /** Accounts that are asked for; absent = those that Cost Explorer knows. */
  accounts?: string[];
  /** Key of the tag that charges keep. */
  tag?: string;
  refreshHours: number;
  /** In cents of a US dollar. */
  monthlyLimitCents: number;
  region: string;
  /** Of a Cost Explorer that is not that of AWS. */
  endpoint?: string;
}

/** AWS itself takes in charges about three times a day. */
const LEAST_HOURS = 6;
const ACCOUNT = /^\d{12}$/;

/** @throws InputError that names the key and what would be right. */
export function readCostExplorer(
  config: Config,
  at: string,
): CostExplorerConfig {
  const account = (key: string, value: string) => {
    if (!ACCOUNT.test(value)) {
      throw new InputError(
        `${at}.${key} is '${value}'; it must be the twelve digits of an account, in quotes`,
      );
    }
    return value;
  };
  const accounts = config.getOptionalStringArray('accounts');
  const accountId = config.getOptionalString('accountId');
  const refreshHours = config.getOptionalNumber('refreshHours') ?? 12;
  if (!(refreshHours >= LEAST_HOURS)) {
    throw new InputError(
      `${at}.refreshHours is ${refreshHours}; it must be ${LEAST_HOURS} or more, as each request costs money and AWS has nothing newer`,
    );
  }
  const limit = config.getOptionalNumber('monthlyLimit') ?? 5;
  if (!(limit >= 0)) {
    throw new InputError(
      `${at}.monthlyLimit is ${limit}; it must be an amount of US dollars, 0 or more`,
    );
  }
  const tag = config.getOptionalString('tag');
  const endpoint = config.getOptionalString('endpoint');
  return {
    billingAccount: account(
      'billingAccount',
      config.getString('billingAccount'),
    ),
    ...(accountId !== undefined && { accountId }),
    ...(accounts && {
      accounts: accounts.map((each, index) =>
        account(`accounts[${index}]`, each),
      ),
    }),
    ...(tag !== undefined && { tag }),
    refreshHours,
    monthlyLimitCents: Math.floor(limit * 100 + 1e-6),
    region: config.getOptionalString('region') ?? 'us-east-1',
    ...(endpoint !== undefined && { endpoint }),
  };
}
