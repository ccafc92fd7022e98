import { dayAt, digestsOf, GIB, SPEC } from '../__testUtils__/builders';
import { usedDays } from './usedDays';

const window = { start: dayAt(0), end: dayAt(20) };
const twice = { ...SPEC, memoryLimitBytes: 8 * GIB };
const newImage = { ...SPEC, image: 'shop/cart:2' };

describe('usedDays', () => {
  it('are all days of the window, and none outside it', () => {
    const { days, usedFrom, change } = usedDays({
      window: { start: dayAt(2), end: dayAt(5) },
      digests: digestsOf(20),
      spec: SPEC,
    });
    expect(days.map(({ digest }) => digest.start)).toEqual(
      [2, 3, 4].map(dayAt),
    );
    expect(usedFrom).toBe(dayAt(2));
    expect(change).toBeUndefined();
  });

  it('begin with the first whole day after the last change of limits', () => {
    const digests = digestsOf(20, day => ({
      spec: day < 12 ? twice : SPEC,
      ...(day === 12 && {
        specs: [
          { fromSlot: 0, spec: twice },
          { fromSlot: 120, spec: SPEC },
        ],
      }),
    }));
    const used = usedDays({ window, digests, spec: SPEC });
    expect(used.usedFrom).toBe(dayAt(13));
    expect(used.change).toEqual({
      at: '2026-01-17T10:00:00.000Z',
      what: 'limits',
    });
  });

  it('are none when limits changed after the last day', () => {
    const used = usedDays({ window, digests: digestsOf(20), spec: twice });
    expect(used.days).toEqual([]);
    expect(used.usedFrom).toBe(window.end);
  });

  it.each([
    ['requests', { ...SPEC, cpuRequestCores: 7, memoryRequestBytes: GIB }],
    ['rounding', { ...SPEC, memoryLimitBytes: 4 * GIB + 1000 }],
    ['an image by another name of the registry', newImage],
  ])('are not cut by %s', (_, spec) => {
    expect(
      usedDays({ window, digests: digestsOf(20), spec }).days,
    ).toHaveLength(20);
  });

  it('are not cut where specs are not known', () => {
    const digests = digestsOf(20, { specs: [] });
    expect(usedDays({ window, digests, spec: SPEC }).days).toHaveLength(20);
  });

  it('are cut by an image only when usage after it differs', () => {
    const release = (after: number) =>
      digestsOf(20, day => ({
        spec: day < 10 ? SPEC : newImage,
        memory: () => (day < 10 ? GIB : after * GIB),
      }));
    const of = (after: number) =>
      usedDays({ window, digests: release(after), spec: newImage });
    expect(of(1.1).days).toHaveLength(20);
    expect(of(2).days).toHaveLength(10);
    expect(of(0.5).change).toEqual({ at: dayAt(10), what: 'image' });
  });

  it('are cut by the last image that changed anything, of a release a day', () => {
    const digests = digestsOf(20, day => ({
      spec: { ...SPEC, image: `shop/cart:${day}` },
      cpu: () => (day < 8 ? 1 : 0.2),
    }));
    expect(usedDays({ window, digests, spec: SPEC }).usedFrom).toBe(dayAt(8));
  });
});
