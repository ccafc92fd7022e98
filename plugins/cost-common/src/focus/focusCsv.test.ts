import fc from 'fast-check';
import { decimalToMicros } from '@headroom/common';
import { FocusCharge } from './focusCharge';
import { focusHeader, focusLine } from './focusCsv';

const CHARGE: FocusCharge = {
  day: '2026-03-29',
  timezone: 'Europe/Berlin',
  cluster: 'eu-central',
  region: 'eu-central-1',
  namespace: 'shop',
  workloadKind: 'Deployment',
  workload: 'web',
  container: 'app',
  resource: 'cpu',
  capacityType: 'on-demand',
  costMicros: 1_234_567n,
  currency: 'EUR',
  quantity: 23.5,
  entityRef: 'component:default/web',
  idle: false,
};

/** The fields of a charge by column; empty fields are left out. */
function fields(change: Partial<FocusCharge> = {}): Record<string, string> {
  const line = focusLine({ ...CHARGE, ...change });
  const values = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(
    match => match[1].replace(/^"|"$/g, '').replaceAll('""', '"'),
  );
  return Object.fromEntries(
    focusHeader()
      .split(',')
      .map((column, index) => [column, values[index]])
      .filter(([, value]) => value !== ''),
  );
}

const MANDATORY_1_2 = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
];

describe('focusHeader', () => {
  const columns = focusHeader().split(',');

  it('has every mandatory column of FOCUS 1.2, each once', () => {
    expect(columns).toEqual(expect.arrayContaining(MANDATORY_1_2));
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('has the recommended columns that hold for a cluster', () => {
    expect(columns).toEqual(
      expect.arrayContaining([
        'ChargeFrequency',
        'InvoiceId',
        'ServiceSubcategory',
      ]),
    );
  });

  it('marks our own columns', () => {
    expect(columns.filter(column => column.startsWith('x_'))).toEqual([
      'x_Cluster',
      'x_Namespace',
      'x_WorkloadKind',
      'x_Workload',
      'x_Container',
      'x_EntityRef',
      'x_CapacityType',
      'x_Idle',
    ]);
  });
});

describe('focusLine', () => {
  it('says what was charged, for what and when', () => {
    expect(fields()).toEqual({
      BilledCost: '1.234567',
      BillingAccountId: 'eu-central',
      BillingAccountName: 'eu-central',
      BillingCurrency: 'EUR',
      // March in Berlin begins in winter time and ends in summer time.
      BillingPeriodStart: '2026-02-28T23:00:00Z',
      BillingPeriodEnd: '2026-03-31T22:00:00Z',
      ChargeCategory: 'Usage',
      ChargeDescription: 'CPU of Deployment shop/web, container app',
      ChargeFrequency: 'Usage-Based',
      // A day of 23 hours.
      ChargePeriodStart: '2026-03-28T23:00:00Z',
      ChargePeriodEnd: '2026-03-29T22:00:00Z',
      ConsumedQuantity: '23.5',
      ConsumedUnit: 'Core-Hours',
      ContractedCost: '1.234567',
      EffectiveCost: '1.234567',
      InvoiceIssuerName: 'Kubernetes',
      ListCost: '1.234567',
      PricingCategory: 'Standard',
      PricingQuantity: '23.5',
      PricingUnit: 'Core-Hours',
      ProviderName: 'Kubernetes',
      PublisherName: 'Kubernetes',
      RegionId: 'eu-central-1',
      RegionName: 'eu-central-1',
      ResourceId: 'eu-central',
      ResourceName: 'eu-central',
      ResourceType: 'Kubernetes Cluster',
      ServiceCategory: 'Compute',
      ServiceName: 'Kubernetes CPU',
      ServiceSubcategory: 'Containers',
      SubAccountId: 'eu-central',
      SubAccountName: 'eu-central',
      AllocatedMethodId: 'headroom-max-of-request-and-usage',
      AllocatedResourceId: 'eu-central/shop/Deployment/web/app',
      AllocatedResourceName: 'web',
      HostProviderName: 'Kubernetes',
      ServiceProviderName: 'Kubernetes',
      x_Cluster: 'eu-central',
      x_Namespace: 'shop',
      x_WorkloadKind: 'Deployment',
      x_Workload: 'web',
      x_Container: 'app',
      x_EntityRef: 'component:default/web',
      x_CapacityType: 'on-demand',
      x_Idle: 'false',
    });
  });

  it('prices spot capacity dynamically, and only capacity', () => {
    expect(fields({ capacityType: 'spot' }).PricingCategory).toBe('Dynamic');
    expect(
      fields({ capacityType: 'spot', resource: 'storage' }).PricingCategory,
    ).toBe('Standard');
  });

  it('meters storage and traffic without an allocation', () => {
    const storage = fields({ resource: 'storage' });
    expect(storage.AllocatedMethodId).toBeUndefined();
    expect(storage.AllocatedResourceId).toBeUndefined();
    expect(storage).toMatchObject({
      ServiceCategory: 'Storage',
      ServiceSubcategory: 'Other (Storage)',
      PricingUnit: 'GiB-Hours',
    });
    expect(fields({ resource: 'network' })).toMatchObject({
      ServiceCategory: 'Networking',
      ServiceSubcategory: 'Network Connectivity',
      PricingUnit: 'GiB',
    });
  });

  it('leaves what is not known empty', () => {
    const unknown = fields({ entityRef: undefined, region: '' });
    for (const column of [
      'InvoiceId',
      'x_EntityRef',
      'RegionId',
      'Tags',
      'ChargeClass',
    ]) {
      expect(unknown[column]).toBeUndefined();
    }
  });

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY])(
    'charges a day where the quantity is %p, and says so',
    quantity => {
      expect(fields({ resource: 'network', quantity })).toMatchObject({
        ChargeDescription:
          'Network of Deployment shop/web, container app, amount unknown',
        ConsumedQuantity: '1',
        ConsumedUnit: 'Days',
        PricingQuantity: '1',
        PricingUnit: 'Days',
      });
    },
  );

  it('says what pods have as a whole, and volumes that nobody mounted', () => {
    expect(
      fields({ resource: 'storage', container: '' }).ChargeDescription,
    ).toBe('Storage of Deployment shop/web');
    expect(
      fields({
        resource: 'storage',
        idle: true,
        namespace: '__idle__',
        workloadKind: 'Idle',
        workload: '__unmounted__',
        container: '',
      }).ChargeDescription,
    ).toBe('Storage of volumes no pod mounted');
  });

  it('gives idle capacity a line of its own', () => {
    const idle = fields({
      idle: true,
      namespace: '__idle__',
      workloadKind: 'Idle',
      workload: 'gpu-pool',
      container: '',
      entityRef: undefined,
    });
    expect(idle).toMatchObject({
      ChargeDescription: 'CPU nobody asked for, node pool gpu-pool',
      AllocatedResourceId: 'eu-central/__idle__/Idle/gpu-pool',
      x_Idle: 'true',
      x_Workload: 'gpu-pool',
    });
    expect(idle.x_Namespace).toBeUndefined();
    expect(idle.x_Container).toBeUndefined();
  });

  it('writes tags as JSON in a stable order', () => {
    expect(fields({ tags: { team: 'a "b"', owner: 'x' } }).Tags).toBe(
      '{"owner":"x","team":"a \\"b\\""}',
    );
    expect(fields({ tags: {} }).Tags).toBeUndefined();
  });

  it('writes numbers as FOCUS has them', () => {
    expect(fields({ quantity: 1e-9 }).PricingQuantity).toBe('1E-9');
    expect(fields({ quantity: 1e21 }).PricingQuantity).toBe('1E21');
  });

  it('takes the provider and the account that are given', () => {
    expect(fields({ provider: 'AWS', billingAccountId: '1234' })).toMatchObject(
      {
        ProviderName: 'AWS',
        HostProviderName: 'AWS',
        BillingAccountId: '1234',
        BillingAccountName: '1234',
      },
    );
  });

  it('loses no micro, of credits either', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(-(10n ** 18n), 10n ** 18n), { maxLength: 20 }),
        amounts => {
          const billed = amounts.map(
            costMicros => fields({ costMicros }).BilledCost,
          );
          expect(
            billed.reduce((sum, amount) => sum + decimalToMicros(amount), 0n),
          ).toBe(amounts.reduce((sum, amount) => sum + amount, 0n));
        },
      ),
    );
  });
});
