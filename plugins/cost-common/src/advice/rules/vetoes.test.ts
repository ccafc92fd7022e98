import {
  codesFor,
  DigestShape,
  digestsOf,
  factsOf,
  GIB,
  inputOf,
  SPEC,
  Usage,
  workloadOf,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { AdviceInput } from '../types';

describe('what withholds a number', () => {
  it.each([
    ['facts', { facts: factsOf({ bare: true }) }],
    ['kind', { workload: workloadOf('Pod') }],
  ])('a pod without a controller, by its %s: held', (_, more) => {
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(28), ...more }),
    );
    expect(advice.status).toBe('withheld');
    expect(codesFor(advice.cpu)).toContain('bare-pod');
    expect(advice.cpu.held).toBeDefined();
  });

  it('pods that wait: nothing is lowered, raising is', () => {
    const input = inputOf({
      digests: digestsOf(28),
      facts: factsOf({ pendingPods: 2 }),
    });
    const advice = adviseContainer(input);
    expect(advice.status).toBe('withheld');
    expect(codesFor(advice.cpu)).toContain('pending-pods');
    const spec = { ...SPEC, cpuRequestCores: 0.1 };
    expect(adviseContainer({ ...input, spec }).cpu.status).toBe('change');
  });

  it('a restart loop: held, unless it is for lack of memory', () => {
    const loop = (kills: number) =>
      adviseContainer(
        inputOf({
          digests: digestsOf(28, day =>
            day === 12
              ? { restarts: 30, oomKills: kills, oomLimitBytes: 4 * GIB }
              : {},
          ),
        }),
      );
    expect(codesFor(loop(0).cpu)).toContain('restart-loop');
    expect(loop(0).cpu.status).toBe('withheld');
    expect(codesFor(loop(29).memory)).not.toContain('restart-loop');
    expect(loop(29).memory.proposed?.limit).toBe(5 * GIB);
  });

  it('usage on its way up: nothing is lowered', () => {
    const rising = digestsOf(28, {
      memory: (_, day) => GIB * (1 + day / 20),
      cpu: (_, day) => (day < 25 ? 0.2 : 0.6),
    });
    const advice = adviseContainer(inputOf({ digests: rising }));
    expect(advice.cpu.status).toBe('withheld');
    expect(codesFor(advice.cpu)).toContain('drift');
    expect(codesFor(advice.memory)).toContain('drift');
  });
});

describe('where vetoes begin', () => {
  const codesOn = (more: Partial<AdviceInput>) =>
    codesFor(adviseContainer(inputOf({ digests: digestsOf(28), ...more })).cpu);
  const once = (shape: DigestShape) => ({
    digests: digestsOf(28, day => (day === 12 ? shape : {})),
  });

  it.each([
    ['four restarts a day', { restarts: 4 }, false],
    ['five', { restarts: 5 }, true],
    ['nine of two pods', { restarts: 9, pods: 2 }, false],
    ['ten of two pods', { restarts: 10, pods: 2 }, true],
    ['nine, five of them kills', { restarts: 9, oomKills: 5 }, false],
    ['ten, five of them kills', { restarts: 10, oomKills: 5 }, true],
  ])('a restart loop: %s', (_, shape, expected) => {
    expect(codesOn(once(shape)).includes('restart-loop')).toBe(expected);
  });

  it.each([
    [0, false],
    [1, true],
  ])('pods that wait: %d', (pendingPods, expected) => {
    const codes = codesOn({ facts: factsOf({ pendingPods }) });
    expect(codes.includes('pending-pods')).toBe(expected);
  });

  it.each([
    ['a quarter more on three days', 0.249, 25, false],
    ['over a quarter more on three days', 0.26, 25, true],
    ['on two days only', 0.4, 26, false],
  ])('usage on its way up: %s', (_, cores, from, expected) => {
    const cpu: Usage = (_slot, day) => (day < from ? 0.2 : cores);
    const codes = codesOn({ digests: digestsOf(28, { cpu }) });
    expect(codes.includes('drift')).toBe(expected);
  });
});
