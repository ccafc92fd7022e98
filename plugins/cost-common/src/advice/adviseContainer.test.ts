import { appetiteOf, digestsOf, inputOf, MIB } from './__testUtils__/builders';
import { adviseContainer } from './adviseContainer';
import { Appetite } from './types';

const WORKED: WorkedExample[] = [
  ['dev', 1126 * MIB + 0.4 * MIB],
  ['standard', 1177.6 * MIB],
  ['critical', 1280 * MIB],
];
type WorkedExample = [Appetite, number];

describe('adviseContainer', () => {
  it('asks for what is used, with the money and what it would have done', () => {
    const advice = adviseContainer(inputOf({ digests: digestsOf(28) }));
    expect(advice.status).toBe('change');
    expect(advice.cpu.proposed?.request).toBe(0.203);
    expect(advice.cpu.rule).toMatchObject({ kind: 'daily-quantile', days: 28 });
    expect(advice.memory.proposed).toEqual({
      request: 1178 * MIB,
      limit: 1178 * MIB,
    });
    // 672 h × 2 cores × 0.03 $ and 4 GiB × 0.004 $, as allocation charges them.
    expect(advice.backtest?.current).toEqual({
      throttledMinutes: 0,
      throttledShare: 0,
      oomKills: 0,
      costMicros: '51072000',
    });
    const { request } = advice.cpu.proposed!;
    const hourly = (2 - request) * 30_000 + (4 - 1178 / 1024) * 4_000;
    expect(Number(advice.money?.listMicros)).toBeCloseTo(hourly * 730, -1);
  });

  it.each(WORKED)('leaves memory its margin at appetite %s', (name, least) => {
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(14), appetite: appetiteOf(name) }),
    );
    expect(advice.memory.proposed?.request).toBe(Math.ceil(least / MIB) * MIB);
  });
});
