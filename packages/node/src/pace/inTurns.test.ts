import { mapInTurns } from './inTurns';

/** Holds the thread for as long. */
function work(ms: number) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('mapInTurns', () => {
  it('maps everything in its order', async () => {
    await expect(
      mapInTurns(['a', 'b', 'c'], (item, index) => `${item}${index}`),
    ).resolves.toEqual(['a0', 'b1', 'c2']);
    await expect(mapInTurns([], () => 'never')).resolves.toEqual([]);
  });

  it('lets other work run in between', async () => {
    const order: string[] = [];
    const mapped = mapInTurns([1, 2, 3], item => {
      work(2);
      order.push(`item ${item}`);
    });
    setImmediate(() => order.push('other'));
    await mapped;
    expect(order.indexOf('other')).toBeGreaterThan(0);
    expect(order.indexOf('other')).toBeLessThan(3);
  });

  it('says what went wrong with an item', async () => {
    await expect(
      mapInTurns([1, 2], item => {
        if (item === 2) {
          throw new Error('the second is bad');
        }
      }),
    ).rejects.toThrow('the second is bad');
  });
});
