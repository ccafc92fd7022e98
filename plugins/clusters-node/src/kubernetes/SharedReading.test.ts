import { SharedReading } from './SharedReading';

const { signal } = new AbortController();

interface Reading {
  end(value: string): void;
  fail(error: Error): void;
  signal: AbortSignal;
}

function shared() {
  const readings: Reading[] = [];
  const clock = { now: 1000 };
  const reading = SharedReading.create({
    read: stop =>
      new Promise<string>((end, fail) => {
        readings.push({ end, fail, signal: stop });
      }),
    keepMs: 5000,
    now: () => clock.now,
  });
  const get = (maxAgeMs: number, reader = { signal }) =>
    reading.get({ maxAgeMs, signal: reader.signal });
  return { readings, clock, get };
}

afterEach(() => {
  jest.useRealTimers();
});

describe('SharedReading', () => {
  it('reads once for all who wait at a time', async () => {
    const { readings, get } = shared();
    const all = [get(100), get(100), get(1)];
    readings[0].end('a');
    expect(await Promise.all(all)).toEqual(['a', 'a', 'a']);
    expect(readings).toHaveLength(1);
  });

  it('gives what was read until it is too old, counted from when reading began', async () => {
    const { readings, clock, get } = shared();
    const first = get(100);
    clock.now += 90;
    readings[0].end('a');
    await first;
    expect(await get(100)).toBe('a');
    clock.now += 10;
    const second = get(100);
    expect(readings).toHaveLength(2);
    readings[1].end('b');
    expect(await second).toBe('b');
    expect(await get(100)).toBe('b');
  });

  it('begins anew for who wants nothing that began before, and keeps the newest', async () => {
    const { readings, clock, get } = shared();
    const before = get(100);
    clock.now += 1;
    const after = get(0);
    readings[1].end('after the change');
    expect(await after).toBe('after the change');
    readings[0].end('before the change');
    expect(await before).toBe('before the change');
    expect(await get(100)).toBe('after the change');
    expect(readings).toHaveLength(2);
  });

  it('tells a failure to those who waited, and keeps none', async () => {
    const { readings, get } = shared();
    const both = [get(100), get(100)];
    readings[0].fail(new Error('down'));
    for (const each of both) {
      await expect(each).rejects.toThrow('down');
    }
    const again = get(100);
    readings[1].end('a');
    expect(await again).toBe('a');
  });

  it('goes on for the others when one leaves, and stops when all have', async () => {
    const { readings, get } = shared();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = get(100, one);
    const second = get(100, two);
    one.abort(new Error('one has left'));
    await expect(first).rejects.toThrow('one has left');
    expect(readings[0].signal.aborted).toBe(false);
    two.abort(new Error('two has left'));
    await expect(second).rejects.toThrow('two has left');
    expect(readings[0].signal.aborted).toBe(true);
    // What is being stopped is nothing to wait for.
    const third = get(100);
    readings[0].fail(new Error('stopped'));
    readings[1].end('a');
    expect(await third).toBe('a');
    await expect(get(100, one)).rejects.toThrow('one has left');
  });

  it('keeps nothing for longer than it should', async () => {
    jest.useFakeTimers();
    const { readings, get } = shared();
    const first = get(Infinity);
    readings[0].end('a');
    await first;
    jest.advanceTimersByTime(4999);
    expect(await get(Infinity)).toBe('a');
    jest.advanceTimersByTime(1);
    const second = get(Infinity);
    expect(readings).toHaveLength(2);
    readings[1].end('b');
    expect(await second).toBe('b');
  });
});
