import { addResources, totalOf, zeroResources } from './resourceMicros';

describe('resource amounts', () => {
  const amount = { cpu: 1n, memory: 2n, gpu: 4n, storage: 8n, network: 16n };

  it('add a resource and sum over resources', () => {
    const sum = addResources(amount, { ...zeroResources(), gpu: -4n });
    expect(sum).toEqual({ ...amount, gpu: 0n });
    expect(totalOf(amount)).toBe(31n);
    expect(totalOf(zeroResources())).toBe(0n);
  });

  it('are new objects', () => {
    zeroResources().cpu += 1n;
    expect(zeroResources().cpu).toBe(0n);
    addResources(amount, amount);
    expect(amount.cpu).toBe(1n);
  });
});
