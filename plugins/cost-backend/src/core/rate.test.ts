import { inCurrency, priceIn } from './rate';

it('converts what a pool releases and the price of its nodes at one rate', () => {
  const euros = { currency: 'EUR', rate: '0.5' };
  expect(priceIn('0.46000000', euros)).toBe('0.230000');
  expect(inCurrency(460_000n, euros)).toBe(230_000n);
  expect(priceIn('0.46000001', { currency: 'USD' })).toBe('0.46000001');
});
