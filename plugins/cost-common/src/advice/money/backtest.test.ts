import { digestsOf, GIB, MIB, SPEC } from '../__testUtils__/builders';
import { containerDayOf } from '../days/containerDay';
import { BothSettings, outcomeOf as outcomeOfDays } from './backtest';
import { chargedMicros, perMonth } from './charged';

const PRICES = { currency: 'USD', cpuCoreHour: 30_000, memoryGibHour: 4_000 };
const outcomeOf = (
  all: ReturnType<typeof of>,
  setting: BothSettings,
  prices: typeof PRICES,
) => outcomeOfDays({ all, cpu: all, memory: all }, setting, prices);
const of = (...args: Parameters<typeof digestsOf>) =>
  digestsOf(...args).map(digest => containerDayOf(digest));
const setting = (cpu: object, memory: object = { limit: 4 * GIB }) => ({
  cpu,
  memory,
});

describe('outcomeOf', () => {
  const burst = of(2, { cpu: slot => (slot < 24 ? 2 : 0.2) });

  it.each([
    ['the limit', { request: 0.1, limit: 4 }, 0],
    ['the limit', { request: 4, limit: 1 }, 240],
    ['the request, without a limit', { request: 1 }, 240],
    ['nothing, without both', {}, 2 * 1440],
    ['the peak itself', { request: 2 }, 0],
  ])('counts minutes above %s', (_, cpu, minutes) => {
    const outcome = outcomeOf(burst, setting(cpu), PRICES);
    expect(outcome.throttledMinutes).toBe(minutes);
    expect(outcome.throttledShare).toBeCloseTo(minutes / 2880, 9);
  });

  it('counts a share of known samples only', () => {
    const half = of(1, { cpu: slot => (slot < 144 ? 1 : null) });
    expect(
      outcomeOf(half, setting({ request: 0.5 }), PRICES).throttledShare,
    ).toBe(1);
  });

  it('counts a kill a rise, over gaps and midnight', () => {
    const high = (slot: number, day: number) =>
      (day === 0 && slot >= 280) || (day === 1 && slot < 10) || slot === 100;
    const days = of(3, {
      memory: (slot, day) => {
        if (slot > 282 && slot < 285) {
          return null;
        }
        return high(slot, day) ? 2 * GIB : GIB;
      },
    });
    const kills = (limit: number | undefined) =>
      outcomeOf(days, setting({}, { limit }), PRICES).oomKills;
    // Slot 100 of three days, and the one that lasts over midnight.
    expect(kills(1.5 * GIB)).toBe(4);
    expect(kills(2 * GIB)).toBe(0);
    expect(kills(undefined)).toBe(0);
  });

  it('counts a kill that was seen again under any limit up to that one', () => {
    const days = of(3, day =>
      day === 1 ? { oomKills: 3, oomLimitBytes: 2 * GIB } : {},
    );
    const kills = (limit: number) =>
      outcomeOf(days, setting({}, { limit }), PRICES).oomKills;
    expect(kills(2 * GIB)).toBe(3);
    expect(kills(2 * GIB + MIB)).toBe(0);
  });

  it('takes the limit of the spec where the one at the kill is not known', () => {
    const days = of(1, { oomKills: 1, spec: SPEC });
    expect(
      outcomeOf(days, setting({}, { limit: 4 * GIB }), PRICES).oomKills,
    ).toBe(1);
  });
});

describe('chargedMicros', () => {
  it('charges the larger of request and usage, hour by hour', () => {
    const days = of(1, {
      cpu: slot => (slot < 12 ? 3 : 0.2),
      memory: () => 2 * GIB,
    });
    // 23 h × 1 core and one of 3; 24 h × 2 GiB used over 1 requested.
    expect(chargedMicros(days, 'cpu', 1, PRICES)).toBe(26n * 30_000n);
    expect(chargedMicros(days, 'memory', GIB, PRICES)).toBe(48n * 4_000n);
  });

  it('charges every pod', () => {
    const days = of(1, { others: { pods: 3, cpu: 0.1, memory: 0 } });
    expect(chargedMicros(days, 'cpu', 1, PRICES)).toBe(4n * 24n * 30_000n);
  });

  it('is nothing where nothing was charged', () => {
    expect(chargedMicros(of(1), 'cpu', 1, { currency: 'USD' })).toBe(0n);
  });

  it('for a month of 730 hours', () => {
    expect(perMonth(672n, 672)).toBe(730n);
    expect(perMonth(0n, 672)).toBe(0n);
    expect(perMonth(5n, 0)).toBe(0n);
  });
});
