import {
  afterTaking,
  codesFor,
  digestsOf,
  GIB,
  inputOf,
  MIB,
  SPEC,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';

describe('memory', () => {
  it('an OOM kill: it raises the floor, and the raise does not run away', () => {
    const spec = { ...SPEC, memoryRequestBytes: GIB, memoryLimitBytes: GIB };
    const digests = digestsOf(28, day => ({
      memory: () => 0.7 * GIB,
      spec,
      ...(day === 20 && { oomKills: 2, oomLimitBytes: GIB, restarts: 2 }),
    }));
    let input = inputOf({ digests, spec });
    const first = adviseContainer(input);
    expect(first.memory.proposed).toEqual({
      request: 1.25 * GIB,
      limit: 1.25 * GIB,
    });
    expect(first.memory.rule).toEqual({
      kind: 'oom',
      bump: 1.25,
      killedAt: GIB,
    });
    expect(codesFor(first.memory)).toContain('oom-killed');
    expect(first.backtest?.current.oomKills).toBe(2);
    expect(first.backtest?.proposed.oomKills).toBe(0);
    for (let round = 0; round < 10; round++) {
      const advice = adviseContainer(input);
      input = afterTaking(input, advice);
      expect(input.spec?.memoryLimitBytes).toBe(1.25 * GIB);
    }
    expect(adviseContainer(input).memory.status).toBe('keep');
  });

  it('an OOM kill: nothing is lowered while it is in the window', () => {
    const digests = digestsOf(28, day =>
      day === 1 ? { oomKills: 1, oomLimitBytes: 2 * GIB } : {},
    );
    const advice = adviseContainer(inputOf({ digests }));
    expect(advice.memory.status).toBe('withheld');
    expect(advice.memory.held?.limit).toBe(2.5 * GIB);
    expect(codesFor(advice.memory)[0]).toBe('oom-killed');
    expect(advice.heldMoney).toBeDefined();
    // Without the kill it is lowered.
    const calm = adviseContainer(inputOf({ digests: digestsOf(28) }));
    expect(calm.memory.status).toBe('change');
  });

  it('floors, and says so', () => {
    const advice = adviseContainer(
      inputOf({
        digests: digestsOf(28, { cpu: () => 0.001, memory: () => MIB }),
      }),
    );
    expect(advice.cpu.proposed?.request).toBe(0.01);
    expect(advice.memory.proposed?.request).toBe(32 * MIB);
    expect(advice.cpu.rule).toEqual({ kind: 'floor', floor: 0.01 });
    expect(codesFor(advice.memory)).toContain('floor');
  });
});

describe('how much memory', () => {
  const killedAt = (limit: number, peak: number) =>
    adviseContainer(
      inputOf({
        digests: digestsOf(28, day => ({
          memory: () => peak,
          ...(day === 20 && { oomKills: 1, oomLimitBytes: limit }),
        })),
        spec: { ...SPEC, memoryRequestBytes: GIB, memoryLimitBytes: GIB },
      }),
    ).memory;

  it.each([
    // 1.15 × the peak is more than 1.25 × the limit from 1.087 GiB on.
    ['oom', 1.08 * GIB, 1280 * MIB],
    ['peak', 1.09 * GIB, Math.ceil(1.09 * 1.15 * 1024) * MIB],
  ])('after a kill at 1 GiB: by the %s', (kind, peak, request) => {
    const { rule, proposed } = killedAt(GIB, peak);
    expect(rule?.kind).toBe(kind);
    expect(proposed?.request).toBe(request);
  });

  it.each([
    ['floor', 27.8 * MIB, 32 * MIB],
    ['peak', 27.9 * MIB, 33 * MIB],
  ])('near the floor of 32 MiB: by the %s', (kind, peak, request) => {
    const digests = digestsOf(28, { memory: () => peak });
    const { rule, proposed } = adviseContainer(inputOf({ digests })).memory;
    expect(rule?.kind).toBe(kind);
    expect(proposed?.request).toBe(request);
  });
});
