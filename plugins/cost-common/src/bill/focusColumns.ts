import { BillFileError } from './BillFileError';

/**
 * Columns of FOCUS that are read, with the names they have had. A column is found
 * by any of them, whatever version the export says it is of: 1.3 splits the
 * provider into who sells and who hosts, and 1.4 drops the old name.
 *
 * @see https://focus.finops.org/focus-columns/
 */
const COLUMNS = {
  billed: ['BilledCost'],
  effective: ['EffectiveCost'],
  list: ['ListCost'],
  contracted: ['ContractedCost'],
  currency: ['BillingCurrency'],
  period: ['BillingPeriodStart'],
  day: ['ChargePeriodStart'],
  category: ['ChargeCategory'],
  service: ['ServiceName'],
  billingAccount: ['BillingAccountId'],
  class: ['ChargeClass'],
  frequency: ['ChargeFrequency'],
  provider: ['ServiceProviderName', 'ProviderName', 'PublisherName'],
  subAccount: ['SubAccountId'],
  serviceCategory: ['ServiceCategory'],
  region: ['RegionId', 'RegionName'],
  resourceId: ['ResourceId'],
  pricing: ['PricingCategory'],
  commitment: ['CommitmentDiscountStatus'],
  commitmentId: ['CommitmentDiscountId'],
  tags: ['Tags'],
} as const;

/** What a column is read as. */
export type FocusField = keyof typeof COLUMNS;

/** Without these there is no bill: all of them are mandatory in every version. */
const NEEDED: readonly FocusField[] = [
  'billed',
  'effective',
  'currency',
  'period',
  'day',
  'category',
  'service',
  'billingAccount',
];

/** Where each field stands in a row, and the name it has there. */
export type FocusColumns = {
  [field in FocusField]?: { index: number; name: string };
};

/**
 * The columns of an export that are read, in the order of `header`, for a reader
 * that need not read the others.
 *
 * @public
 */
export function focusColumnsOf(header: readonly string[]): string[] {
  const found = findColumns(header);
  const wanted = new Set(Object.values(found).map(({ index }) => index));
  return header.filter((_, index) => wanted.has(index));
}

/** @throws BillFileError that names the columns a bill needs and `header` lacks. */
export function columnsOf(
  file: string,
  header: readonly string[],
): FocusColumns {
  const columns = findColumns(header);
  const missing = NEEDED.filter(field => !columns[field]).map(
    field => COLUMNS[field][0],
  );
  if (missing.length > 0) {
    throw new BillFileError(
      `${file} has no column ${missing.join(
        ', ',
      )}, which a FOCUS export of version 1.0 or newer must have; its columns are ${header.join(
        ', ',
      )}`,
    );
  }
  return columns;
}

function findColumns(header: readonly string[]): FocusColumns {
  // Athena and some exports write names in lower case.
  const byName = new Map(
    header.map((name, index) => [name.toLowerCase(), { index, name }]),
  );
  return Object.fromEntries(
    Object.entries(COLUMNS).flatMap(([field, names]) => {
      const name = names.find(each => byName.has(each.toLowerCase()));
      return name ? [[field, byName.get(name.toLowerCase())]] : [];
    }),
  );
}
