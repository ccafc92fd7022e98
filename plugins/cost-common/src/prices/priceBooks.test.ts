import { builtInPriceBook } from './builtInPriceBook';
import { GPU_DEVICES, DEFAULT_UNIT_PRICES } from './builtInPrices.data';
import { convertPriceBook } from './convertPriceBook';
import { mergePriceBooks } from './mergePriceBooks';
import { createNetworkPricer } from './networkPricer';
import { priceBookSchema } from './priceBookSchema';
import { PriceBookPart } from './types';
import { createVolumePricer } from './volumePricer';

const GIB = 2 ** 30;
const HOUR = '2026-02-01T05:00:00.000Z';

describe('builtInPriceBook', () => {
  it('has one price for an instance, region, capacity type and day', () => {
    const keys = builtInPriceBook.nodes.map(
      ({ instanceType, region, capacityType, validFrom }) =>
        [instanceType, region, capacityType, validFrom].join(),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(builtInPriceBook.nodes.every(entry => entry.validFrom)).toBe(true);
  });

  it('has spot below on-demand', () => {
    const { nodes } = builtInPriceBook;
    const spot = nodes.filter(entry => entry.capacityType === 'spot');
    expect(spot.length).toBeGreaterThan(100);
    for (const entry of spot) {
      const onDemand = nodes.find(
        other =>
          other.capacityType === 'on-demand' &&
          other.instanceType === entry.instanceType &&
          other.region === entry.region &&
          other.validFrom === entry.validFrom,
      );
      expect(Number(entry.hourlyPrice)).toBeLessThan(
        Number(onDemand?.hourlyPrice) * 0.5,
      );
      expect(Number(entry.hourlyPrice)).toBeGreaterThan(0);
    }
  });

  it.each(GPU_DEVICES.map(device => [device.model, device] as const))(
    'has the device price of %s as derived',
    (_model, { hourlyPrice, derivedFrom }) => {
      const unit = DEFAULT_UNIT_PRICES['on-demand'];
      const device =
        (Number(derivedFrom.hourlyPrice) -
          derivedFrom.cpuCores * Number(unit.cpuCoreHour) -
          derivedFrom.memoryGib * Number(unit.memoryGibHour)) /
        derivedFrom.devices;
      expect(Math.abs(device - Number(hourlyPrice))).toBeLessThan(0.000501);
    },
  );
});

describe('mergePriceBooks', () => {
  const mine: PriceBookPart = {
    currency: 'USD',
    gpus: [{ model: 'a100', hourlyPrice: '2' }],
    nodes: [
      {
        instanceType: 'm5.large',
        capacityType: 'on-demand',
        hourlyPrice: '0.08',
      },
    ],
    unitPrices: { 'on-demand': { cpuCoreHour: '0.02' } },
  };

  it('lets the earlier book win, unit prices one by one', () => {
    const merged = mergePriceBooks(mine, builtInPriceBook);
    expect(merged.currency).toBe('USD');
    expect(merged.unitPrices['on-demand'].cpuCoreHour).toBe('0.02');
    expect(merged.unitPrices['on-demand'].memoryGibHour).toBe('0.004237');
    expect(
      merged.nodes.filter(
        entry =>
          entry.instanceType === 'm5.large' &&
          entry.capacityType === 'on-demand',
      ),
    ).toEqual(mine.nodes);
    expect(
      merged.gpus.filter(entry => entry.model.toLowerCase() === 'a100'),
    ).toEqual(mine.gpus);
  });

  it('keeps what the earlier book does not cover', () => {
    const limited: PriceBookPart = {
      nodes: [
        {
          ...mine.nodes![0],
          region: 'us-west-2',
          validFrom: '2026-01-01',
        },
      ],
    };
    const merged = mergePriceBooks(limited, builtInPriceBook);
    expect(
      merged.nodes.filter(
        entry =>
          entry.instanceType === 'm5.large' &&
          entry.capacityType === 'on-demand' &&
          entry.region === 'us-west-2',
      ),
    ).toHaveLength(2);
  });

  it('keeps a price of Linux beside one of Windows', () => {
    const [entry] = mine.nodes!;
    const os = (system: 'linux' | 'windows') => ({ ...entry, os: system });
    const merged = (earlier: PriceBookPart['nodes']) =>
      mergePriceBooks({ nodes: earlier }, mine, builtInPriceBook).nodes.filter(
        ({ instanceType, capacityType, region }) =>
          instanceType === 'm5.large' &&
          capacityType === 'on-demand' &&
          region === undefined,
      );
    expect(merged([os('windows')])).toEqual([os('windows'), entry]);
    expect(merged([entry])).toEqual([entry]);
  });

  it('refuses two currencies, none, and a missing unit price', () => {
    expect(() =>
      mergePriceBooks({ currency: 'EUR' }, builtInPriceBook),
    ).toThrow(RangeError);
    expect(() => mergePriceBooks({}, {})).toThrow(
      'No price book states its currency; it must be an ISO 4217 code such as USD',
    );
    expect(() => mergePriceBooks(mine)).toThrow(
      'No price book states unitPrices.on-demand.memoryGibHour; the built-in one does',
    );
  });
});

describe('convertPriceBook', () => {
  it('converts every price and keeps the small ones', () => {
    const euro = convertPriceBook(builtInPriceBook, 'EUR', '0.5');
    expect(euro.currency).toBe('EUR');
    expect(euro.unitPrices['on-demand'].storageGibHour).toBe('0.000027397260');
    expect(
      euro.nodes.find(entry => entry.instanceType === 'm5.large')?.hourlyPrice,
    ).toBe('0.048000000000');
    expect(euro.nodes).toHaveLength(builtInPriceBook.nodes.length);
    expect(euro.attachedGpus?.[0]).toMatchObject({
      model: 'T4',
      hourlyPrice: '0.175000000000',
    });
    expect(euro.windowsCoreHour).toBe('0.023000000000');
    expect(mergePriceBooks({ currency: 'EUR' }, euro).currency).toBe('EUR');
    expect(() => convertPriceBook(euro, 'USD', '0')).toThrow(RangeError);
  });
});

describe('createVolumePricer', () => {
  const listOnly = createVolumePricer({ builtIn: builtInPriceBook });
  const price = createVolumePricer({
    config: {
      storageClasses: [
        { storageClass: 'gp3', gibHourPrice: '0.0001' },
        { storageClass: 'gp3', gibHourPrice: '0.0002', region: 'eu-west-1' },
      ],
    },
    builtIn: builtInPriceBook,
  });
  const volume = {
    hour: HOUR,
    namespace: 'shop',
    claim: 'data',
    capacityByteSeconds: 1,
    pods: [],
  };

  it('takes the class in the region, else anywhere, else the unit price', () => {
    const gp3 = { ...volume, storageClass: 'gp3' };
    expect(price({ ...gp3, region: 'eu-west-1' })).toEqual({
      gibHourPrice: '0.0002',
      kind: 'config',
    });
    expect(price({ ...gp3, region: 'other' })?.gibHourPrice).toBe('0.0001');
    expect(price(gp3)?.gibHourPrice).toBe('0.0001');
    const lastResort = { gibHourPrice: '0.00005479452', kind: 'default' };
    expect(price({ ...volume, storageClass: 'mine' })).toEqual(lastResort);
    expect(price(volume)).toEqual(lastResort);
  });

  it('says when the list knows a class in another region only', () => {
    const gp3 = { ...volume, storageClass: 'gp3' };
    const listed = { gibHourPrice: (0.08 / 730).toFixed(12), kind: 'list' };
    expect(listOnly({ ...gp3, region: 'us-east-1' })).toEqual(listed);
    expect(listOnly(gp3)).toEqual(listed);
    expect(listOnly({ ...gp3, region: 'eu-west-1' })).toEqual({
      ...listed,
      listedIn: 'us-east-1',
    });
  });

  it.each([
    ['gp3', 8],
    ['gp2', 10],
    ['io2', 12.5],
    ['st1', 4.5],
    ['sc1', 1.5],
    ['standard-rwo', 10],
    ['premium-rwo', 17],
    ['managed-csi', 7.5],
  ])('knows what 100 GiB of %s cost in a month', (storageClass, dollars) => {
    const hour = listOnly({ ...volume, storageClass })?.gibHourPrice;
    expect(Number(hour) * 100 * 730).toBeCloseTo(dollars, 6);
  });

  it('has no price for what is no disk, unless its class has one', () => {
    const efs = {
      ...volume,
      storageClass: 'efs-sc',
      backing: 'shared',
    } as const;
    expect(listOnly(efs)).toBeUndefined();
    expect(listOnly({ ...volume, backing: 'node' })).toBeUndefined();
    const ofTib = (tib: number) =>
      listOnly({ ...volume, capacityByteSeconds: tib * 2 ** 40 * 3600 });
    expect(ofTib(64)).toBeDefined();
    expect(ofTib(65)).toBeUndefined();
    const configured = createVolumePricer({
      config: {
        storageClasses: [{ storageClass: 'efs-sc', gibHourPrice: '0.0004' }],
        unitPrices: { 'on-demand': { storageGibHour: '0.0003' } },
      },
      builtIn: builtInPriceBook,
    });
    expect(configured(efs)?.gibHourPrice).toBe('0.0004');
    expect(configured({ ...efs, storageClass: 'nfs' })).toBeUndefined();
  });

  it('lets a price of all storage win over the classes of later books', () => {
    const own = createVolumePricer({
      config: { unitPrices: { 'on-demand': { storageGibHour: '0.0003' } } },
      source: { storageClasses: [{ storageClass: 'gp3', gibHourPrice: '1' }] },
      builtIn: builtInPriceBook,
    });
    expect(own({ ...volume, storageClass: 'gp3' })).toEqual({
      gibHourPrice: '0.0003',
      kind: 'config',
    });
    const sourced = createVolumePricer({
      source: {
        storageClasses: [{ storageClass: 'gp3', gibHourPrice: '1' }],
        unitPrices: { 'on-demand': { storageGibHour: '2' } },
      },
      builtIn: builtInPriceBook,
    });
    expect(sourced({ ...volume, storageClass: 'gp3' })?.gibHourPrice).toBe('1');
    expect(sourced({ ...volume, storageClass: 'gp2' })).toEqual({
      gibHourPrice: '2',
      kind: 'source',
    });
  });
});

describe('createNetworkPricer', () => {
  const price = createNetworkPricer(builtInPriceBook);
  const traffic = { hour: HOUR, namespace: 'shop', pod: 'web-1' };

  it('charges each class at its own price', () => {
    expect(
      price({
        ...traffic,
        crossZoneBytes: 2 * GIB,
        crossRegionBytes: 3 * GIB,
        internetBytes: GIB,
      }),
    ).toBe(170_000n);
  });

  it('charges nothing for what is not known', () => {
    expect(price(traffic)).toBe(0n);
    expect(price({ ...traffic, internetBytes: GIB / 4 })).toBe(30_000n);
  });
});

describe('priceBookSchema', () => {
  it('takes numbers and strings and keeps them as decimal strings', () => {
    expect(
      priceBookSchema.parse({
        currency: 'EUR',
        nodes: [{ instanceType: 'm5.large', hourlyPrice: 0.1 }],
        gpus: [{ model: 'H100', hourlyPrice: '4.20' }],
        storageClasses: [{ storageClass: 'gp3', gibHourPrice: 1e-7 }],
        unitPrices: { spot: { cpuCoreHour: 0 } },
      }),
    ).toEqual({
      currency: 'EUR',
      nodes: [
        {
          instanceType: 'm5.large',
          capacityType: 'on-demand',
          hourlyPrice: '0.1',
        },
      ],
      gpus: [{ model: 'H100', hourlyPrice: '4.20' }],
      storageClasses: [{ storageClass: 'gp3', gibHourPrice: '1e-7' }],
      unitPrices: { spot: { cpuCoreHour: '0' } },
    });
  });
});
