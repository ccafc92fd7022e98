import { AnswerMemory } from './AnswerMemory';

const memoryOf = (most: number) => {
  const memory = AnswerMemory.create<string>({ most });
  const make = jest.fn(async (key: string) => `answer of ${key}`);
  return {
    make,
    ask: (key: string) => memory.of(key, () => make(key)),
    memory,
  };
};

describe('AnswerMemory', () => {
  it('makes an answer once, also for those who ask meanwhile', async () => {
    const { ask, make } = memoryOf(2);
    await expect(Promise.all([ask('a'), ask('a')])).resolves.toEqual([
      'answer of a',
      'answer of a',
    ]);
    await ask('a');
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('forgets the one that was asked for longest ago', async () => {
    const { ask, make } = memoryOf(2);
    await ask('a');
    await ask('b');
    await ask('a');
    await ask('c');
    await ask('a');
    expect(make.mock.calls.flat()).toEqual(['a', 'b', 'c']);
    await ask('b');
    expect(make.mock.calls.flat()).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps no failure, and lets nobody fail by another', async () => {
    const { ask, make } = memoryOf(2);
    make.mockRejectedValueOnce(new Error('The connection was lost'));
    const [first, second] = await Promise.allSettled([ask('a'), ask('a')]);
    expect(first).toMatchObject({
      status: 'rejected',
      reason: { message: 'The connection was lost' },
    });
    expect(second).toEqual({ status: 'fulfilled', value: 'answer of a' });
    await ask('a');
    expect(make).toHaveBeenCalledTimes(2);
  });
});
