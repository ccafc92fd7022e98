import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readPrices } from './readPrices';

const read = (headroom: JsonObject) =>
  readPrices(new ConfigReader({ headroom }), 'USD', []);

describe('readPrices', () => {
  it('takes prices as numbers and as text', () => {
    const { config, discounts } = read({
      prices: {
        nodes: [{ instanceType: 'm5.large', hourlyPrice: 0.1 }],
        gpus: [{ model: 'H100', hourlyPrice: '4.20' }],
      },
      discounts: [{ share: 0.12 }],
    });
    expect(config).toMatchObject({
      currency: 'USD',
      nodes: [{ instanceType: 'm5.large', hourlyPrice: '0.1' }],
      gpus: [{ model: 'H100', hourlyPrice: '4.20' }],
    });
    expect(discounts).toEqual([{ share: '0.12' }]);
  });

  it.each<[JsonObject, string]>([
    [
      { nodes: [{ instanceType: 'a', hourlyPrice: -1 }] },
      'headroom.prices.nodes[0].hourlyPrice is -1; it must be a price of 0 or more, such as 0.192',
    ],
    [
      { unitPrices: { spot: { cpuCoreHour: '0,03' } } },
      'headroom.prices.unitPrices.spot.cpuCoreHour is 0,03; it must be a price of 0 or more, such as 0.192',
    ],
    [
      { gpus: [{ model: 'T4' }] },
      'headroom.prices.gpus[0].hourlyPrice is missing; it must be a price of 0 or more, such as 0.192',
    ],
    [
      { nodes: [{ instanceType: 'a', hourlyPrice: 1, validFrom: '1.1.2026' }] },
      'headroom.prices.nodes[0].validFrom is 1.1.2026; it must be a day such as 2026-01-31',
    ],
    [
      { nodes: [{ instanceType: 'a', hourlyPrice: 1, capacityType: 'cheap' }] },
      'headroom.prices.nodes[0].capacityType is "cheap"; it must be on-demand or spot',
    ],
    [
      { currency: 'Dollar' },
      'headroom.prices.currency is "Dollar"; it must be an ISO 4217 code such as USD',
    ],
    [
      { node: [] },
      'headroom.prices has the key node, which nothing reads; remove it or correct its name',
    ],
  ])('refuses %j', (prices, message) => {
    expect(() => read({ prices })).toThrow(
      expect.objectContaining({ name: 'InputError', message }),
    );
  });

  it('refuses a discount that takes all', () => {
    expect(() => read({ discounts: [{ share: 1 }] })).toThrow(
      'headroom.discounts[0].share is 1; it must be from 0 up to, not including, 1, such as 0.12',
    );
  });
});
