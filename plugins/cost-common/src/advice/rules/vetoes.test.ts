import {
  codesFor,
  digestsOf,
  factsOf,
  GIB,
  inputOf,
  SPEC,
  workloadOf,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';

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
