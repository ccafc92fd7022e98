import { NodeHour } from '../observations/observations';
import { builtInPriceBook } from './builtInPriceBook';
import { convertPriceBook } from './convertPriceBook';
import { createNodePricer } from './nodePricer';
import { priceBookSchema } from './priceBookSchema';
import { PriceBookPart } from './types';

const GIB = 2 ** 30;

function node(change: Partial<NodeHour> = {}): NodeHour {
  return {
    hour: '2026-02-01T05:00:00.000Z',
    node: 'n1',
    instanceType: 'm5.2xlarge',
    region: 'us-west-2',
    capacityType: 'on-demand',
    cpuCores: 8,
    memoryBytes: 32 * GIB,
    gpuDevices: 0,
    upSeconds: 3600,
    ...change,
  };
}

const config: PriceBookPart = {
  nodes: [
    {
      instanceType: 'm5.2xlarge',
      capacityType: 'on-demand',
      hourlyPrice: '0.30',
    },
  ],
};
const source: PriceBookPart = {
  currency: 'USD',
  nodes: [
    {
      instanceType: 'm5.2xlarge',
      region: 'us-west-2',
      capacityType: 'on-demand',
      hourlyPrice: '0.31',
    },
  ],
};

describe('createNodePricer', () => {
  it('takes configuration before the source, the source before the list', () => {
    const reported = node({ hourlyPrice: '0.29', priceCurrency: 'USD' });
    const all = createNodePricer({ config, source, builtIn: builtInPriceBook });
    expect(all(reported)).toMatchObject({
      hourlyPrice: '0.30',
      origin: {
        kind: 'config',
        description: 'm5.2xlarge, us-west-2, on-demand',
      },
    });
    const unconfigured = createNodePricer({
      source,
      builtIn: builtInPriceBook,
    });
    expect(unconfigured(reported)).toMatchObject({
      hourlyPrice: '0.29',
      origin: { kind: 'source' },
    });
    expect(unconfigured(node())).toMatchObject({
      hourlyPrice: '0.31',
      origin: { kind: 'source' },
    });
    const alone = createNodePricer({ builtIn: builtInPriceBook });
    expect(alone(node())).toMatchObject({
      hourlyPrice: '0.384',
      origin: { kind: 'list', validFrom: '2024-01-01' },
    });
  });

  it.each([
    ['0', 'USD'],
    ['-1', 'USD'],
    ['free', 'USD'],
    ['0.29', 'EUR'],
  ])('does not take %s %s from a source for a price', (price, currency) => {
    const price_ = createNodePricer({ builtIn: builtInPriceBook })(
      node({ hourlyPrice: price, priceCurrency: currency }),
    );
    expect(price_.origin.kind).toBe('list');
  });

  it.each([
    ['n1-standard-8', 'nvidia-tesla-t4', 1, 'on-demand', '0.729998', 'list'],
    [
      'n1-standard-32',
      'Tesla V100-SXM2-16GB',
      8,
      'on-demand',
      '21.359992',
      'list',
    ],
  ] as const)(
    'adds to %s the %s that are attached',
    (instanceType, gpuModel, gpuDevices, capacityType, hourlyPrice, kind) => {
      const price = createNodePricer({ builtIn: builtInPriceBook });
      const region = 'us-central1';
      expect(
        price(
          node({ instanceType, gpuModel, gpuDevices, capacityType, region }),
        ),
      ).toMatchObject({ hourlyPrice, origin: { kind } });
    },
  );

  it('adds to a spot machine devices at a spot price, and nothing to what includes them', () => {
    const price = createNodePricer({ builtIn: builtInPriceBook });
    const spot = {
      instanceType: 'n1-standard-8',
      region: 'us-central1',
      capacityType: 'spot',
      gpuModel: 'Tesla-T4',
    } as const;
    const bare = Number(price(node(spot)).hourlyPrice);
    const attached = Number(
      price(node({ ...spot, gpuDevices: 2 })).hourlyPrice,
    );
    expect(attached - bare).toBeCloseTo(0.28, 6);
    expect(
      price(
        node({
          instanceType: 'a2-highgpu-1g',
          region: 'us-central1',
          gpuDevices: 1,
          gpuModel: 'NVIDIA-A100-SXM4-40GB',
        }),
      ).hourlyPrice,
    ).toBe('3.673385');
  });

  it('says which region the list price of attached GPUs is of', () => {
    const gpu = {
      instanceType: 'n1-standard-8',
      gpuDevices: 1,
      gpuModel: 'Tesla-T4',
    };
    const list = createNodePricer({ builtIn: builtInPriceBook });
    const belgium = { ...gpu, region: 'europe-west1' };
    expect(list(node(belgium))).toMatchObject({
      origin: { kind: 'list' },
      devicesListedIn: 'us-central1',
    });
    expect(
      list(node({ ...gpu, region: 'us-central1' })).devicesListedIn,
    ).toBeUndefined();
    // That the machine's price is of another region says it already.
    expect(list(node({ ...gpu, region: 'asia-east1' }))).toMatchObject({
      caveat: { kind: 'other-region' },
    });
    expect(
      list(node({ ...gpu, region: 'asia-east1' })).devicesListedIn,
    ).toBeUndefined();
    const configured = createNodePricer({
      config: { gpus: [{ model: 'T4', hourlyPrice: '0.3' }] },
      builtIn: builtInPriceBook,
    });
    expect(configured(node(belgium)).devicesListedIn).toBeUndefined();
  });

  it('adds GPUs and licences in the currency of the list', () => {
    const euro = createNodePricer({
      builtIn: convertPriceBook(builtInPriceBook, 'EUR', '0.5'),
    });
    const dollar = createNodePricer({ builtIn: builtInPriceBook });
    for (const change of [
      {
        instanceType: 'n1-standard-8',
        region: 'us-central1',
        gpuDevices: 1,
        gpuModel: 'Tesla-T4',
      },
      { operatingSystem: 'windows' as const },
    ]) {
      expect(Number(euro(node(change)).hourlyPrice)).toBeCloseTo(
        Number(dollar(node(change)).hourlyPrice) / 2,
        5,
      );
    }
  });

  it('does not take a list price without the GPUs for one with them', () => {
    const price = createNodePricer({ builtIn: builtInPriceBook });
    expect(
      price(
        node({
          instanceType: 'n1-standard-8',
          region: 'us-central1',
          gpuDevices: 1,
        }),
      ).origin.kind,
    ).toBe('default');
  });

  it('adds the licence of Windows where its rule is known', () => {
    const price = createNodePricer({ builtIn: builtInPriceBook });
    const windows = { operatingSystem: 'windows' } as const;
    expect(price(node(windows)).hourlyPrice).toBe('0.752000');
    expect(
      price(
        node({ ...windows, instanceType: 'Standard_D8s_v5', region: 'eastus' }),
      ).hourlyPrice,
    ).toBe('0.752000');
    for (const instanceType of [
      't3.2xlarge',
      'Standard_B4ms',
      'Standard_A2_v2',
      // Eight of sixteen vCPUs are switched off; the licence is of sixteen.
      'Standard_E16-8as_v4',
    ]) {
      const other = { instanceType, region: 'us-east-1' };
      expect(price(node({ ...windows, ...other })).hourlyPrice).toBe(
        price(node(other)).hourlyPrice,
      );
    }
  });

  it('tells machines of one type by operating system and Auto Mode', () => {
    const m5 = { instanceType: 'm5.2xlarge' };
    const price = createNodePricer({
      config: priceBookSchema.parse({
        nodes: [
          { ...m5, hourlyPrice: 0.3, region: 'us-west-2' },
          { ...m5, hourlyPrice: 0.7, os: 'windows' },
          { ...m5, hourlyPrice: 0.65, os: 'windows', region: 'us-west-2' },
          { ...m5, hourlyPrice: 0.33, autoMode: true, os: 'linux' },
        ],
      }),
      builtIn: builtInPriceBook,
    });
    const windows = { operatingSystem: 'windows' } as const;
    const autoMode = { managedBy: 'eks-auto-mode' } as const;
    expect(price(node()).hourlyPrice).toBe('0.3');
    expect(price(node(windows))).toMatchObject({
      hourlyPrice: '0.65',
      origin: { description: 'm5.2xlarge, us-west-2, on-demand, Windows' },
    });
    expect(price(node({ ...windows, region: 'eu-west-1' })).hourlyPrice).toBe(
      '0.7',
    );
    expect(price(node(autoMode))).toMatchObject({
      hourlyPrice: '0.33',
      origin: {
        description: 'm5.2xlarge, us-west-2, on-demand, EKS Auto Mode',
      },
    });
    // Nothing is said of Windows in Auto Mode but what holds for all of Windows.
    expect(price(node({ ...windows, ...autoMode })).hourlyPrice).toBe('0.65');
    // A price of Windows alone is none of Linux.
    const windowsOnly = createNodePricer({
      config: {
        nodes: [
          {
            ...m5,
            capacityType: 'on-demand',
            os: 'windows',
            hourlyPrice: '0.7',
          },
        ],
      },
      builtIn: builtInPriceBook,
    });
    expect(windowsOnly(node()).origin.kind).toBe('list');
    expect(windowsOnly(node(windows)).origin.kind).toBe('config');
  });

  it('builds a price from unit prices when nothing else knows one', () => {
    const price = createNodePricer({ builtIn: builtInPriceBook });
    // 8 × 0.031611 + 32 × 0.004237
    expect(price(node({ instanceType: undefined }))).toEqual({
      hourlyPrice: '0.388472',
      weights: {
        cpuCore: '0.031611',
        memoryGib: '0.004237',
        gpuDevice: '0.95',
      },
      origin: {
        kind: 'default',
        description:
          'unknown instance type, us-west-2, on-demand: 8 cores + 32 GiB at unit prices',
      },
    });
  });

  it('prices the GPU of an unknown machine by its model', () => {
    const price = createNodePricer({ builtIn: builtInPriceBook })(
      node({
        instanceType: 'metal-1',
        gpuDevices: 2,
        gpuModel: 'NVIDIA-A100-SXM4-80GB',
      }),
    );
    expect(price.weights.gpuDevice).toBe('2.441');
    // 0.388472 + 2 × 2.441
    expect(price.hourlyPrice).toBe('5.270472');
    expect(price.origin.description).toBe(
      'metal-1, us-west-2, on-demand: 8 cores + 32 GiB + 2 × NVIDIA-A100-SXM4-80GB at unit prices',
    );
  });

  it.each([
    ['NVIDIA-A100-SXM4-40GB', '1.755'],
    ['NVIDIA A100-SXM4-80GB', '2.441'],
    ['nvidia-tesla-t4', '0.332'],
    ['Tesla-V100-SXM2-16GB', '2.549'],
    ['NVIDIA-L40S', '1.599'],
    ['NVIDIA-L4', '0.611'],
    // Not an L4, though its name begins like one.
    ['NVIDIA-L40', '0.95'],
  ])('knows a %s by its words', (gpuModel, gpuDevice) => {
    const price = createNodePricer({ builtIn: builtInPriceBook });
    expect(price(node({ gpuDevices: 1, gpuModel })).weights.gpuDevice).toBe(
      gpuDevice,
    );
  });

  it('takes a configured model before a closer built-in one', () => {
    const price = createNodePricer({
      config: { gpus: [{ model: 'A100', hourlyPrice: '2' }] },
      builtIn: builtInPriceBook,
    });
    const gpuModel = 'NVIDIA-A100-SXM4-80GB';
    expect(price(node({ gpuDevices: 1, gpuModel })).weights.gpuDevice).toBe(
      '2',
    );
  });

  it('keeps spot and on-demand apart and calls a listed spot price representative', () => {
    const price = createNodePricer({ config, builtIn: builtInPriceBook })(
      node({ capacityType: 'spot' }),
    );
    expect(price).toMatchObject({
      hourlyPrice: '0.153600',
      weights: { cpuCore: '0.006655' },
      origin: {
        kind: 'list',
        description: 'm5.2xlarge, us-west-2, spot (representative spot price)',
      },
    });
  });

  it('prefers the exact region, else an entry for any region, else none', () => {
    const price = createNodePricer({
      config: {
        nodes: [
          ...config.nodes!,
          { ...config.nodes![0], region: 'eu-central-1', hourlyPrice: '0.4' },
        ],
      },
      builtIn: builtInPriceBook,
    });
    expect(price(node({ region: 'eu-central-1' })).hourlyPrice).toBe('0.4');
    expect(price(node({ region: 'ap-south-1' })).hourlyPrice).toBe('0.30');
    const listed = createNodePricer({ builtIn: builtInPriceBook });
    expect(listed(node({ region: 'ap-south-1' })).origin.kind).toBe('default');
  });

  it('follows a price that changed: from inclusive, to exclusive', () => {
    const price = createNodePricer({ builtIn: builtInPriceBook });
    const p5 = (hour: string) =>
      price(node({ hour, instanceType: 'p5.48xlarge' })).hourlyPrice;
    expect(p5('2025-05-31T23:00:00.000Z')).toBe('98.32');
    expect(p5('2025-06-01T00:00:00.000Z')).toBe('55.04');
  });

  it('takes a discount off list and unit prices only', () => {
    const discounts = [
      { share: '0.10', capacityType: 'on-demand' as const },
      { share: '0.5' },
    ];
    const listed = createNodePricer(
      { builtIn: builtInPriceBook },
      { discounts },
    );
    expect(listed(node()).hourlyPrice).toBe('0.345600');
    expect(listed(node({ instanceType: undefined })).hourlyPrice).toBe(
      '0.349625',
    );
    expect(listed(node({ capacityType: 'spot' })).hourlyPrice).toBe('0.076800');
    const configured = createNodePricer(
      { config, builtIn: builtInPriceBook },
      { discounts },
    );
    expect(configured(node()).hourlyPrice).toBe('0.30');
  });

  it('refuses a discount that leaves nothing and books in two currencies', () => {
    expect(() =>
      createNodePricer(
        { builtIn: builtInPriceBook },
        { discounts: [{ share: '12' }] },
      ),
    ).toThrow('discounts.share is "12"');
    expect(() =>
      createNodePricer({
        config: { currency: 'EUR' },
        builtIn: builtInPriceBook,
      }),
    ).toThrow(
      'Price books are in EUR and USD; they must be in one currency, so convert them first',
    );
  });
});
