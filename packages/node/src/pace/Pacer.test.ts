import { Pacer } from './Pacer';

describe('Pacer', () => {
  it('rests until the work was its share of the time', () => {
    expect(Pacer.create({ share: 0.05 }).restMs(100)).toBeCloseTo(1900);
    expect(Pacer.create({ share: 0.5 }).restMs(100)).toBeCloseTo(100);
    expect(Pacer.create({ share: 1 }).restMs(100)).toBe(0);
  });

  it('never rests for more than a minute', () => {
    expect(Pacer.create({ share: 0.001 }).restMs(10_000)).toBe(60_000);
  });

  it('stops resting when aborted, and keeps the result', async () => {
    const controller = new AbortController();
    const done = Pacer.create({ share: 0.0001 }).paced(async () => {
      await new Promise(resolve => setTimeout(resolve, 20));
      return 'done';
    }, controller.signal);
    setTimeout(() => controller.abort(), 40);
    const began = performance.now();
    await expect(done).resolves.toBe('done');
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
