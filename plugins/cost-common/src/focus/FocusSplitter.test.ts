import fc from 'fast-check';
import { decimalText, DecimalSum, parseDecimal } from '../bill/Decimal';
import { FocusSplitter } from './FocusSplitter';
import { SplitShare, splitRatios } from './splitRatios';

const ROW: Record<string, string | null> = {
  BilledCost: '0.7',
  EffectiveCost: '0.70',
  ListCost: '1',
  ContractedCost: '0.7',
  ListUnitPrice: '0.25',
  PricingQuantity: '4',
  ConsumedQuantity: '4.000000000000001',
  BillingCurrency: 'USD',
  BillingAccountId: '999',
  BillingPeriodStart: '2026-11-01 00:00:00',
  ChargePeriodStart: '2026-11-03T05:00:00Z',
  ChargeCategory: 'Usage',
  ServiceName: 'EC2',
  ResourceId: 'i-0abc',
  Tags: '{"team":"shop","service":"node"}',
  x_BilledCostInUsd: '7e-1',
  x_CostCenter: '42',
};

const service = (name: string, micros: bigint): SplitShare => ({
  to: 'service',
  id: `component:default/${name}`,
  name,
  entityRef: `component:default/${name}`,
  tags: { service: `component:default/${name}`, owner: 'group:default/shop' },
  uses: [{ unit: 'CPU', quantity: 12.5, micros }],
});

const IDLE: SplitShare = {
  to: 'idle',
  tags: {},
  uses: [{ unit: 'Memory', quantity: 3, micros: 1_000_000n }],
};

function split(
  shares: readonly SplitShare[],
  change: Record<string, string | null> = {},
): Array<Record<string, string>> {
  const row = { ...ROW, ...change };
  const parts = splitRatios(shares);
  const splitter = FocusSplitter.create({
    file: 'november.csv',
    columns: Object.keys(row),
    period: '2026-11-01',
    partsOf: machine => (machine === 'i-0abc' ? parts : undefined),
  });
  const names = splitter.header.split(',');
  return Array.from(splitter.lines(Object.values(row)), line => {
    const values = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
    return Object.fromEntries(
      names.map((name, i) => [
        name,
        values[i][1]?.replaceAll('""', '"') ?? values[i][2],
      ]),
    );
  });
}

const sumOf = (texts: string[]) => {
  const sum = DecimalSum.create();
  texts.forEach(text => sum.add(parseDecimal(text)!));
  return sum.value;
};

const isSame = (texts: string[], text: string) => {
  const all = sumOf([...texts, `-${text}`.replace('--', '')]);
  return all.digits === 0n;
};

const SUMMABLE = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'PricingQuantity',
  'ConsumedQuantity',
  'x_BilledCostInUsd',
];

describe('FocusSplitter', () => {
  it('replaces a charge of a node by its parts', () => {
    const rows = split([
      service('a', 6_000_000n),
      service('b', 3_000_000n),
      IDLE,
    ]);
    expect(
      rows.map(row => [
        row.x_AllocatedTo,
        row.AllocatedResourceId,
        row.AllocatedResourceName,
        row.BilledCost,
        row.EffectiveCost,
        row.ConsumedQuantity,
        row.x_BilledCostInUsd,
      ]),
    ).toEqual([
      [
        'service',
        'component:default/a',
        'a',
        '0.42',
        '0.42',
        '2.4000000000000006',
        '0.42',
      ],
      [
        'service',
        'component:default/b',
        'b',
        '0.21',
        '0.21',
        '1.2000000000000003',
        '0.21',
      ],
      ['idle', '', '', '0.07', '0.07', '0.4000000000000001', '0.07'],
    ]);
    expect(rows.map(row => row.AllocatedMethodDetails)).toEqual([
      '{"Elements":[{"AllocatedRatio":0.6,"UsageUnit":"CPU","UsageQuantity":12.5}]}',
      '{"Elements":[{"AllocatedRatio":0.3,"UsageUnit":"CPU","UsageQuantity":12.5}]}',
      '{"Elements":[{"AllocatedRatio":0.1,"UsageUnit":"Memory","UsageQuantity":3}]}',
    ]);
  });

  it('leaves prices and dimensions, and adds only tags that are not there', () => {
    const [row] = split([service('a', 1n)]);
    expect(row).toMatchObject({
      ListUnitPrice: '0.25',
      ResourceId: 'i-0abc',
      Tags: '{"team":"shop","service":"node"}',
      AllocatedTags: '{"owner":"group:default/shop"}',
      AllocatedMethodId: 'headroom-billed-by-estimate',
      BillingPeriodStart: '2026-11-01T00:00:00Z',
      x_CostCenter: '42',
      x_EntityRef: 'component:default/a',
    });
  });

  it('leaves what is no node as it is, with nothing where nothing is known', () => {
    const change = { ResourceId: 'arn:db', Tags: 'NULL', ListCost: '' };
    const [row, ...others] = split([service('a', 1n)], change);
    expect(others).toEqual([]);
    expect(row).toEqual({
      ...ROW,
      ...change,
      Tags: '',
      BillingPeriodStart: '2026-11-01T00:00:00Z',
      x_BilledCostInUsd: '0.7',
      AllocatedMethodId: '',
      AllocatedMethodDetails: '',
      AllocatedResourceId: '',
      AllocatedResourceName: '',
      AllocatedTags: '',
      x_AllocatedTo: '',
      x_EntityRef: '',
    });
  });

  it('leaves what the provider has split, and other periods out', () => {
    const own = {
      AllocatedMethodId: 'aws-split',
      AllocatedResourceId: 'pod/1',
    };
    expect(split([service('a', 1n), IDLE], own)).toMatchObject([
      { ...own, BilledCost: '0.7' },
    ]);
    expect(split([], { BillingPeriodStart: '2026-10-01T00:00:00Z' })).toEqual(
      [],
    );
  });

  it('writes tags that come as a list as the object that FOCUS has', () => {
    const Tags = '[{"key":"team","value":"shop"},{"key":"owner","value":"x"}]';
    expect(split([service('a', 1n)], { Tags })).toMatchObject([
      {
        Tags: '{"team":"shop","owner":"x"}',
        AllocatedTags: '{"service":"component:default/a"}',
      },
    ]);
  });

  it('never loses a charge that nobody is known to have used', () => {
    expect(split([])).toMatchObject([
      {
        x_AllocatedTo: 'unallocated',
        AllocatedResourceId: '',
        BilledCost: '0.7',
        AllocatedMethodDetails: '{"Elements":[{"AllocatedRatio":1}]}',
      },
    ]);
  });

  it('sums to the origin to the last digit, credits too', () => {
    const amount = fc
      .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(18))
      .map(([digits, scale]) => decimalText({ digits, scale }));
    const shares = fc.array(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 12n }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.tuple(...SUMMABLE.map(() => amount)),
        shares,
        (amounts, estimates) => {
          const change = Object.fromEntries(
            SUMMABLE.map((name, i) => [name, amounts[i]]),
          );
          const rows = split(
            estimates.map((micros, i) => service(`s${i}`, micros)),
            change,
          );
          for (const name of SUMMABLE) {
            expect(
              isSame(
                rows.map(row => row[name]),
                change[name],
              ),
            ).toBe(true);
          }
          const ratios = rows.flatMap(({ AllocatedMethodDetails }) =>
            [
              ...AllocatedMethodDetails.matchAll(/"AllocatedRatio":([\d.]+)/g),
            ].map(([, ratio]) => ratio),
          );
          expect(isSame(ratios, '1')).toBe(true);
          for (const row of rows) {
            expect(JSON.parse(row.AllocatedMethodDetails)).toHaveProperty(
              'Elements',
            );
          }
        },
      ),
    );
  });

  it('keeps quantity times unit price the cost of every part', () => {
    const rows = split([service('a', 1n), service('b', 1n), service('c', 1n)]);
    for (const row of rows) {
      const quantity = parseDecimal(row.PricingQuantity)!;
      const cost = {
        digits: -quantity.digits * 25n,
        scale: quantity.scale + 2,
      };
      expect(isSame([row.ListCost, decimalText(cost)], '0')).toBe(true);
    }
  });
});
