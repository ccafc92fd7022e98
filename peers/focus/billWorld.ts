import { DAY, machineOf } from './world';

/** The month that is billed, and that is exported. */
export const MONTH = '2026-03';

type Row = Record<string, string>;

/** With letters, as the validator takes a column of digits for numbers and wants texts. */
const ACCOUNT = 'account-999';
const PLAN = `arn:aws:savingsplans::${ACCOUNT}:savingsplan/1`;

/** What all charges have, as a provider fills FOCUS 1.2. */
const COMMON: Row = {
  AvailabilityZone: '',
  BilledCost: '',
  BillingAccountId: ACCOUNT,
  BillingAccountName: 'Shop',
  BillingAccountType: 'Management Account',
  BillingCurrency: 'USD',
  BillingPeriodEnd: '2026-04-01T00:00:00Z',
  BillingPeriodStart: '2026-03-01T00:00:00Z',
  ChargeCategory: 'Usage',
  ChargeClass: '',
  ChargeDescription: '',
  ChargeFrequency: 'Usage-Based',
  ChargePeriodEnd: '2026-03-30T00:00:00Z',
  ChargePeriodStart: `${DAY}T00:00:00Z`,
  CommitmentDiscountCategory: '',
  CommitmentDiscountId: '',
  CommitmentDiscountName: '',
  CommitmentDiscountQuantity: '',
  CommitmentDiscountStatus: '',
  CommitmentDiscountType: '',
  CommitmentDiscountUnit: '',
  ConsumedQuantity: '',
  ConsumedUnit: '',
  ContractedCost: '',
  ContractedUnitPrice: '',
  EffectiveCost: '',
  InvoiceId: 'invoice-2026-03',
  InvoiceIssuerName: 'AWS',
  ListCost: '',
  ListUnitPrice: '',
  PricingCategory: 'Standard',
  PricingQuantity: '',
  PricingUnit: 'Hours',
  ProviderName: 'AWS',
  PublisherName: 'AWS',
  RegionId: 'eu-central-2',
  RegionName: 'Europe (Zurich)',
  ResourceId: '',
  ResourceName: '',
  ResourceType: 'Instance',
  ServiceCategory: 'Compute',
  ServiceName: 'Amazon Elastic Compute Cloud',
  ServiceSubcategory: 'Virtual Machines',
  SkuId: '',
  SkuMeter: '',
  SkuPriceDetails: '',
  SkuPriceId: '',
  SubAccountId: 'account-111',
  SubAccountName: 'Production',
  SubAccountType: 'Account',
  Tags: '',
  x_Operation: 'RunInstances',
};

/** 24 hours at a list price, an agreed one, or as little as a plan covers. */
function hours(
  resource: string,
  price: string,
  amounts: { list: string; contracted: string; billed: string },
  more: Row = {},
): Row {
  return {
    ...COMMON,
    BilledCost: amounts.billed,
    EffectiveCost: amounts.contracted,
    ContractedCost: amounts.contracted,
    ListCost: amounts.list,
    ListUnitPrice: price,
    ContractedUnitPrice: price,
    PricingQuantity: '24',
    ConsumedQuantity: '24',
    ConsumedUnit: 'Hours',
    ChargeDescription: `${resource} for 24 hours`,
    ResourceId: resource,
    ResourceName: resource,
    SkuId: 'SKU-1',
    SkuMeter: 'Instance Hours',
    SkuPriceDetails: '{"CoreCount":4}',
    SkuPriceId: 'SKU-1.OnDemand',
    ...more,
  };
}

const same = (amount: string) => ({
  list: amount,
  contracted: amount,
  billed: amount,
});

/** Charges of the nodes of the day, and of what is none, of every category. */
const ROWS: Row[] = [
  hours(machineOf('node-1'), '0.23', same('5.52'), {
    Tags: '{"service":"nodes","env":"prod"}',
  }),
  hours(machineOf('spot-1'), '0.07', same('1.68'), {
    PricingCategory: 'Dynamic',
  }),
  hours(
    machineOf('gpu-1'),
    '55.04',
    { list: '1320.96', contracted: '1320.96', billed: '0' },
    {
      PricingCategory: 'Committed',
      CommitmentDiscountCategory: 'Spend',
      CommitmentDiscountId: PLAN,
      CommitmentDiscountName: 'Plan',
      CommitmentDiscountQuantity: '1320.96',
      CommitmentDiscountStatus: 'Used',
      CommitmentDiscountType: 'Savings Plan',
      CommitmentDiscountUnit: 'USD',
    },
  ),
  hours(
    'arn:aws:rds:eu-central-2:111111111111:db:orders',
    '0.60',
    same('14.4'),
    {
      ResourceType: 'Database',
      ServiceCategory: 'Databases',
      ServiceName: 'Amazon Relational Database Service',
      ServiceSubcategory: 'Relational Databases',
      Tags: '{"application":"web"}',
      x_Operation: 'CreateDBInstance',
    },
  ),
  // A correction of a node's charge, which gives some back.
  hours(machineOf('node-1'), '0.23', same('-0.013'), {
    ChargeClass: 'Correction',
    PricingQuantity: '-0.0565217391304348',
    ConsumedQuantity: '-0.0565217391304348',
  }),
];

/** Writes the month as an export of one file. */
export function billCsv(): string {
  const columns = Object.keys(COMMON);
  return [
    columns.join(','),
    ...ROWS.map(row => columns.map(name => quoted(row[name])).join(',')),
  ].join('\n');
}

export const BILLED_NODES = [
  machineOf('node-1'),
  machineOf('spot-1'),
  machineOf('gpu-1'),
];

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
