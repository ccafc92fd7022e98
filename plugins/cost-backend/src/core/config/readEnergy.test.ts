import { ConfigReader } from '@backstage/config';
import { readEnergy } from './readEnergy';

const read = (energy: unknown) =>
  readEnergy(new ConfigReader({ headroom: { cost: { energy } } } as any));

it('takes a number or a decimal string, and nothing when there is none', () => {
  expect(read({ kilowattHourPrice: 0.21 })).toEqual({
    kilowattHourPrice: '0.21',
  });
  expect(read({ kilowattHourPrice: '0.30' })).toEqual({
    kilowattHourPrice: '0.30',
  });
  expect(readEnergy(new ConfigReader({}))).toBeUndefined();
});

it.each([
  [
    { kilowattHourPrice: '0,21' },
    'headroom.cost.energy.kilowattHourPrice is 0,21; it must be a price above 0 in headroom.currency, such as 0.21',
  ],
  [
    { kilowattHourPrice: 0 },
    'headroom.cost.energy.kilowattHourPrice is 0; it must be a price above 0 in headroom.currency, such as 0.21',
  ],
  [
    { kilowattHourPrice: true },
    'headroom.cost.energy.kilowattHourPrice is true; it must be a price',
  ],
  [
    { kilowattHourPrice: 1, price: 1 },
    'headroom.cost.energy has the key price, which nothing reads',
  ],
])('refuses %j', (energy, message) => {
  expect(() => read(energy)).toThrow(message);
});
