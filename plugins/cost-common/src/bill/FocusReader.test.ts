import { BillFileError } from './BillFileError';
import { decimalText } from './Decimal';
import { focusColumnsOf } from './focusColumns';
import { FocusReader } from './FocusReader';

/** A row of an AWS export, FOCUS 1.0. */
const ROW = {
  BilledCost: '0.00001605990',
  EffectiveCost: '0.00000000000',
  ListCost: '0.008',
  ContractedCost: '0.007',
  BillingAccountId: '123456789012',
  BillingCurrency: 'USD',
  BillingPeriodStart: '2024-09-01 00:00:00',
  BillingPeriodEnd: '2024-10-01 00:00:00',
  ChargeCategory: 'Usage',
  ChargeClass: 'NULL',
  ChargeFrequency: 'Usage-Based',
  ChargePeriodStart: '2024-09-30 22:00:00',
  ProviderName: 'AWS',
  PublisherName: 'Amazon Web Services, Inc.',
  ServiceName: 'Elastic Load Balancing',
  ServiceCategory: 'Networking',
  RegionId: 'us-west-2',
  ResourceId: 'arn:aws:elasticloadbalancing:us-west-2:1:loadbalancer/app/a/1',
  SubAccountId: '210987654321',
  PricingCategory: 'Standard',
  CommitmentDiscountStatus: '',
  CommitmentDiscountId: null,
  Tags: '{"application": "web", "environment": "dev"}',
};

type Row = Record<string, string | null>;

function read(row: Row, before: Row[] = []) {
  const header = Object.keys(row);
  const reader = FocusReader.create({
    file: 'focus-00001.csv.gz',
    header,
    tags: ['application', 'team'],
  });
  before.forEach(each => reader.read(header.map(name => each[name])));
  return reader.read(header.map(name => row[name]));
}

const errorOf = (row: Row, before: Row[] = []) => {
  try {
    read(row, before);
  } catch (error) {
    expect(error).toBeInstanceOf(BillFileError);
    return (error as Error).message;
  }
  throw new Error('It was read');
};

describe('FocusReader', () => {
  it('reads a charge of version 1.0', () => {
    const { item, day, amounts } = read(ROW);
    expect(item).toEqual({
      period: '2024-09-01',
      currency: 'USD',
      provider: 'AWS',
      billingAccount: '123456789012',
      subAccount: '210987654321',
      service: 'Elastic Load Balancing',
      serviceCategory: 'Networking',
      region: 'us-west-2',
      resourceId: ROW.ResourceId,
      category: 'Usage',
      correction: false,
      frequency: 'Usage-Based',
      pricing: 'Standard',
      commitment: '',
      commitmentId: '',
      tags: { application: 'web' },
    });
    expect(day).toBe('2024-09-30');
    expect(decimalText(amounts.billed)).toBe('0.00001605990');
    expect(decimalText(amounts.effective)).toBe('0');
    expect(decimalText(amounts.list)).toBe('0.008');
  });

  it('takes the provider of version 1.3, which says who sells', () => {
    const { ProviderName, PublisherName, ...rest } = ROW;
    const row = {
      ...rest,
      ServiceProviderName: 'Databricks',
      HostProviderName: 'AWS',
    };
    expect(read(row).item.provider).toBe('Databricks');
  });

  it('finds columns whatever their order and case', () => {
    const row = Object.fromEntries(
      Object.entries(ROW)
        .reverse()
        .map(([name, value]) => [name.toLowerCase(), value]),
    );
    expect(read(row)).toEqual(read(ROW));
  });

  it('reads a correction of an earlier period, which may be below zero', () => {
    const { item, day, amounts } = read({
      ...ROW,
      ChargeClass: 'Correction',
      BillingPeriodStart: '2024-10-01T00:00:00Z',
      ChargePeriodStart: '2024-09-03T00:00:00.000Z',
      BilledCost: '-1.5',
    });
    expect(item.correction).toBe(true);
    expect([item.period, day]).toEqual(['2024-10-01', '2024-09-03']);
    expect(decimalText(amounts.billed)).toBe('-1.5');
  });

  it.each(['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'])(
    'knows the category %s',
    ChargeCategory => {
      expect(read({ ...ROW, ChargeCategory }).item.category).toBe(
        ChargeCategory,
      );
    },
  );

  it('takes what was billed for a list price that is not said', () => {
    const { amounts } = read({
      ...ROW,
      ListCost: 'NULL',
      ContractedCost: null,
    });
    expect(amounts.list).toEqual(amounts.billed);
    expect(amounts.contracted).toEqual(amounts.billed);
  });

  it('knows words in other letter case, and does without those that matter little', () => {
    const { item } = read({
      ...ROW,
      ChargeCategory: 'usage',
      ChargeFrequency: 'Usage-based',
      CommitmentDiscountStatus: 'Partly used',
    });
    expect(item).toMatchObject({
      category: 'Usage',
      frequency: 'Usage-Based',
      commitment: '',
    });
  });

  it('reads tags without a value, and other values than texts', () => {
    const tags = (Tags: string) => read({ ...ROW, Tags }).item.tags;
    expect(tags('{"application": true, "team": 7}')).toEqual({
      application: 'true',
      team: '7',
    });
    expect(tags('{"application": null, "toString": "x"}')).toEqual({});
    expect(tags('[{"key": "team", "value": "shop"}]')).toEqual({
      team: 'shop',
    });
  });

  it.each([
    ['BilledCost', '1,000.00', 'a decimal number'],
    ['BilledCost', null, 'a decimal number'],
    ['ChargeCategory', 'Refund', 'one of Usage, Purchase, Tax, Credit'],
    ['ChargeClass', 'Correct', 'one of Correction'],
    ['ChargePeriodStart', '2024-02-30T00:00:00Z', 'a moment in UTC'],
    ['ChargePeriodStart', '2024-02-03T00:00:00+02:00', 'a moment in UTC'],
    ['BillingPeriodStart', '09/01/2024', 'a moment in UTC'],
    ['Tags', 'team=web', 'a JSON object'],
    ['BillingCurrency', 'NULL', 'a currency'],
  ])(
    'refuses %s %j by file, row, column and value',
    (column, value, wanted) => {
      const message = errorOf({ ...ROW, [column]: value }, [ROW, ROW]);
      expect(message).toContain(`focus-00001.csv.gz, row 3: ${column} `);
      expect(message).toContain(
        value === null || value === 'NULL' ? 'is empty' : `is "${value}"`,
      );
      expect(message).toContain(`must be ${wanted}`);
    },
  );

  it('names the columns a bill needs, and those there are', () => {
    const { EffectiveCost, ServiceName, ...rest } = ROW;
    expect(errorOf(rest)).toMatch(
      /^focus-00001.csv.gz has no column EffectiveCost, ServiceName, .* its columns are BilledCost, /,
    );
  });
});

describe('focusColumnsOf', () => {
  it('leaves out what is not read', () => {
    expect(
      focusColumnsOf([
        'x_Operation',
        'BilledCost',
        'SkuId',
        'Tags',
        'PublisherName',
        'ProviderName',
      ]),
    ).toEqual(['BilledCost', 'Tags', 'ProviderName']);
  });
});
