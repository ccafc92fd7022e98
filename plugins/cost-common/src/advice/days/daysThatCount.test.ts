import { dayAt, digestsOf, GIB, SPEC } from '../__testUtils__/builders';
import { AdvisedResource } from '../types';
import { daysThatCount as daysThatCountOf } from './daysThatCount';

const window = { start: dayAt(0), end: dayAt(20) };
const twice = { ...SPEC, memoryLimitBytes: 8 * GIB };
const newImage = { ...SPEC, image: 'shop/cart:2' };

/** Of memory, unless it is said; both have the same in most cases. */
const daysThatCount = (
  input: Parameters<typeof daysThatCountOf>[0],
  resource: AdvisedResource = 'memory',
) => daysThatCountOf(input)[resource];

describe('daysThatCount', () => {
  it('are all days of the window, and none outside it', () => {
    const { days, usedFrom, change } = daysThatCount({
      window: { start: dayAt(2), end: dayAt(5) },
      digests: digestsOf(20),
    });
    expect(days.map(({ digest }) => digest.start)).toEqual(
      [2, 3, 4].map(dayAt),
    );
    expect(usedFrom).toBe(dayAt(2));
    expect(change).toBeUndefined();
  });

  it.each([
    ['killed at it', { oomKills: 1, oomLimitBytes: 4 * GIB }],
    ['close to it', { memory: () => 3.9 * GIB }],
  ])('begin with the first whole day after a memory limit: %s', (_, cut) => {
    const digests = digestsOf(20, day => ({
      spec: day < 12 ? SPEC : twice,
      ...(day === 5 && cut),
      ...(day === 12 && {
        specs: [
          { fromSlot: 0, spec: SPEC },
          { fromSlot: 120, spec: twice },
        ],
      }),
    }));
    const used = daysThatCount({ window, digests });
    expect(used.usedFrom).toBe(dayAt(13));
    expect(used.all).toHaveLength(20);
    expect(used.change).toEqual({
      at: '2026-01-17T10:00:00.000Z',
      what: 'limits',
    });
  });

  it.each([
    ['throttled', { throttledShare: 0.3 }],
    ['close to it', { cpu: () => 0.49 }],
  ])('begin after a CPU limit that cut usage off: %s', (_, cut) => {
    const limited = { ...SPEC, cpuLimitCores: 0.5 };
    const digests = digestsOf(20, day => ({
      spec: day < 12 ? limited : SPEC,
      ...(day === 11 && cut),
    }));
    const used = daysThatCountOf({ window, digests });
    expect(used.cpu.usedFrom).toBe(dayAt(12));
    expect(used.memory.days).toHaveLength(20);
    expect(used.memory.change).toBeUndefined();
  });

  it('begin for each resource by itself', () => {
    const digests = digestsOf(20, day => ({
      spec: {
        ...SPEC,
        cpuLimitCores: day < 6 ? 0.2 : undefined,
        memoryLimitBytes: (day < 12 ? 1 : 2) * GIB,
      },
    }));
    const { cpu, memory } = daysThatCountOf({ window, digests });
    expect(cpu.usedFrom).toBe(dayAt(6));
    expect(cpu.change).toEqual({ at: dayAt(6), what: 'limits' });
    expect(memory.usedFrom).toBe(dayAt(12));
    expect(memory.change).toEqual({ at: dayAt(12), what: 'limits' });
    expect(cpu.all).toHaveLength(20);
  });

  it('begin for both with an image under which usage of one differs', () => {
    const digests = digestsOf(20, day => ({
      spec: day < 10 ? SPEC : newImage,
      cpu: () => (day < 10 ? 0.2 : 0.5),
    }));
    const { cpu, memory } = daysThatCountOf({ window, digests });
    expect([cpu.usedFrom, memory.usedFrom]).toEqual([dayAt(10), dayAt(10)]);
    expect(cpu.days).toBe(memory.days);
  });

  it('are cut by another limit only for what is used differently since', () => {
    const digests = digestsOf(20, day => ({
      spec: { ...SPEC, cpuLimitCores: day < 12 ? 4 : 8 },
      memory: () => (day < 12 ? 1 : 2) * GIB,
    }));
    const { cpu, memory } = daysThatCountOf({ window, digests });
    expect(cpu.days).toHaveLength(20);
    expect(memory.usedFrom).toBe(dayAt(12));
  });

  it.each([
    ['a memory limit', twice],
    ['a CPU limit', { ...SPEC, cpuLimitCores: 4 }],
    ['a limit where there was none', { ...SPEC, cpuLimitCores: 0.5 }],
  ])('go on over a change of %s that had cut nothing off', (_, spec) => {
    for (const [before, after] of [
      [spec, SPEC],
      [SPEC, spec],
    ]) {
      const digests = digestsOf(20, day => ({
        spec: day < 12 ? before : after,
      }));
      const { days, change } = daysThatCount({ window, digests });
      expect(days).toHaveLength(20);
      expect(change).toBeUndefined();
    }
  });

  it('go on over a CPU limit that still throttles, when only memory changed', () => {
    const limited = { ...SPEC, cpuLimitCores: 0.5 };
    const digests = digestsOf(20, day => ({
      throttledShare: 0.6,
      spec: day < 12 ? limited : { ...limited, memoryLimitBytes: 8 * GIB },
    }));
    expect(daysThatCount({ window, digests }).days).toHaveLength(20);
  });

  it.each([
    ['throttles', { throttledShare: 0.3 }],
    ['kills', { oomKills: 1, oomLimitBytes: GIB }],
  ])('go on when a limit of noon %s in the afternoon', (_, cut) => {
    const before = { ...SPEC, cpuLimitCores: 4 };
    const after = { ...SPEC, cpuLimitCores: 1, memoryLimitBytes: 2 * GIB };
    const digests = digestsOf(20, day => ({
      spec: day < 19 ? before : after,
      ...(day === 19 && {
        ...cut,
        specs: [
          { fromSlot: 0, spec: before },
          { fromSlot: 150, spec: after },
        ],
      }),
    }));
    expect(daysThatCount({ window, digests }).change).toBeUndefined();
  });

  it('go on when a lower limit cuts off what is known to be needed', () => {
    const lowered = { ...SPEC, memoryLimitBytes: GIB };
    const digests = digestsOf(20, day => ({
      spec: day < 15 ? SPEC : lowered,
      memory: () => (day < 15 ? 3 : 0.99) * GIB,
      ...(day >= 15 && { oomKills: 40, oomLimitBytes: GIB }),
    }));
    const used = daysThatCount({ window, digests });
    expect(used.days).toHaveLength(20);
    expect(used.change).toBeUndefined();
  });

  it('begin with new limits when usage under them differs', () => {
    const digests = digestsOf(20, day => ({
      spec: day < 12 ? twice : SPEC,
      memory: () => (day < 12 ? 3 * GIB : GIB),
    }));
    expect(daysThatCount({ window, digests }).usedFrom).toBe(dayAt(12));
  });

  it('begin with a new memory limit that a heap follows', () => {
    const digests = digestsOf(20, day => ({ spec: day < 12 ? twice : SPEC }));
    const facts = {
      name: 'app',
      role: 'main' as const,
      spec: SPEC,
      fixedHeap: {
        runtime: 'jvm',
        evidence: '-XX:MaxRAMPercentage=75',
        heapShareOfLimit: 0.75,
      },
    };
    expect(daysThatCount({ window, digests, facts }).usedFrom).toBe(dayAt(12));
  });

  it.each([0, 1, 120])(
    'go on over a second change that cut nothing off, after one in slot %s of a day that did',
    fromSlot => {
      const cpuLimit = (cores: number) => ({ ...SPEC, cpuLimitCores: cores });
      const digests = digestsOf(20, day => {
        if (day < 6) {
          return { spec: cpuLimit(0.5), cpu: () => 0.49, throttledShare: 0.6 };
        }
        const cpu = () => 0.6;
        if (day > 6) {
          return { spec: cpuLimit(day < 18 ? 2 : 3), cpu };
        }
        return {
          specs: [
            ...(fromSlot > 0 ? [{ fromSlot: 0, spec: cpuLimit(0.5) }] : []),
            { fromSlot, spec: cpuLimit(2) },
          ],
          cpu: slot => (slot < fromSlot ? 0.49 : 0.6),
          ...(fromSlot > 0 && { throttledShare: 0.6 }),
        };
      });
      expect(daysThatCount({ window, digests }, 'cpu').days).toHaveLength(
        fromSlot > 0 ? 13 : 14,
      );
    },
  );

  it('begin with the newest change that mattered, of several', () => {
    const limit = (gib: number) => ({ ...SPEC, memoryLimitBytes: gib * GIB });
    const digests = digestsOf(20, day => {
      if (day < 4) {
        return { spec: limit(2), oomKills: 1, oomLimitBytes: 2 * GIB };
      }
      return { spec: limit(day < 12 ? 3 : 4) };
    });
    expect(daysThatCount({ window, digests }).usedFrom).toBe(dayAt(4));
  });

  it.each([
    ['requests', { ...SPEC, cpuRequestCores: 7, memoryRequestBytes: GIB }],
    ['rounding', { ...SPEC, memoryLimitBytes: 4 * GIB + 1000 }],
    ['an image by another name of the registry', newImage],
  ])('are not cut by %s', (_, spec) => {
    const digests = digestsOf(20, day => ({
      ...(day < 12 && { spec }),
      oomKills: 1,
      throttledShare: 1,
    }));
    expect(daysThatCount({ window, digests }).days).toHaveLength(20);
  });

  it('are not cut where specs are not known', () => {
    const digests = digestsOf(20, { specs: [] });
    expect(daysThatCount({ window, digests }).days).toHaveLength(20);
  });

  it('are cut by an image only when usage after it differs', () => {
    const release = (after: number) =>
      digestsOf(20, day => ({
        spec: day < 10 ? SPEC : newImage,
        memory: () => (day < 10 ? GIB : after * GIB),
      }));
    const of = (after: number) =>
      daysThatCount({ window, digests: release(after) });
    expect(of(1.1).days).toHaveLength(20);
    expect(of(2).days).toHaveLength(10);
    expect(of(0.5).change).toEqual({ at: dayAt(10), what: 'image' });
  });

  it('are cut by the last image that changed anything, of a release a day', () => {
    const digests = digestsOf(20, day => ({
      spec: { ...SPEC, image: `shop/cart:${day}` },
      cpu: () => (day < 8 ? 1 : 0.2),
    }));
    expect(daysThatCount({ window, digests }).usedFrom).toBe(dayAt(8));
  });
});
