import { changeText } from './changeText';

/** As pages print it. */
const amount = (micros: bigint) => {
  if (micros !== 0n && micros > -10_000n && micros < 10_000n) {
    return micros > 0n ? '< $0.01' : '> −$0.01';
  }
  return `${micros < 0n ? '−' : ''}$${Math.abs(Number(micros)) / 1e6}`;
};

it.each([
  ['3070000', '+$3.07'],
  ['-3070000', '−$3.07'],
  ['0', '$0'],
  ['900', 'less than $0.01 more'],
  ['-900', 'less than $0.01 less'],
])('says a change of %s as %s', (micros, text) => {
  expect(changeText(micros, amount)).toBe(text);
});
