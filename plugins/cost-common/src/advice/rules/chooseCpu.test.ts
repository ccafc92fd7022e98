import {
  appetiteOf,
  codesFor,
  dayAt,
  digestsOf,
  factsOf,
  GIB,
  inputOf,
  MIB,
  SPEC,
  workloadOf,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';

describe('the runs a number stands on, and what it feeds', () => {
  it.each(['Job', 'CronJob'])('a %s: the peak of its runs', kind => {
    const runs = (day: number) => ({
      cpu: (slot: number) => (slot < 6 ? 0.5 : null),
      memory: (slot: number) => (slot < 6 ? GIB : null),
      runs: [
        {
          run: `nightly-${day}`,
          cpuCores: day === 3 ? 1 : 0.5,
          memoryBytes: day === 3 ? 3 * GIB : GIB,
          slots: 6,
        },
      ],
    });
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(14, runs), workload: workloadOf(kind) }),
    );
    expect(advice.cpu.rule).toEqual({
      kind: 'peak-of-runs',
      margin: 1.1,
      runs: 14,
      peak: 1,
    });
    expect(advice.cpu.proposed?.request).toBe(1.1);
    expect(advice.memory.proposed?.request).toBe(
      Math.ceil(3 * 1024 * 1.15) * MIB,
    );
    expect(codesFor(advice.memory)).toContain('peak-of-runs');
  });

  it('a weekly CronJob: three runs make a peak, two do not', () => {
    const weekly = (weeks: number) =>
      digestsOf(weeks * 7, day => ({
        runs:
          day % 7 === 0
            ? [{ run: `w-${day}`, cpuCores: 1, memoryBytes: GIB, slots: 3 }]
            : [],
      })).filter((_, day) => day % 7 === 0);
    const advise = (weeks: number) =>
      adviseContainer(
        inputOf({
          digests: weekly(weeks),
          window: { start: dayAt(0), end: dayAt(weeks * 7) },
          workload: workloadOf('CronJob'),
        }),
      );
    expect(advise(3).status).toBe('change');
    expect(advise(2).status).toBe('withheld');
    expect(codesFor(advise(2).cpu)).toEqual(['runs-too-few']);
  });

  it('a run that goes on past midnight is one run', () => {
    const advice = adviseContainer(
      inputOf({
        digests: digestsOf(14, {
          runs: [{ run: 'long', cpuCores: 1, memoryBytes: GIB, slots: 288 }],
        }),
        workload: workloadOf('Job'),
      }),
    );
    expect(codesFor(advice.cpu)).toEqual(['runs-too-few']);
  });

  it('sidecars: advised like main containers', () => {
    const sidecar = adviseContainer(
      inputOf({ digests: digestsOf(28), facts: factsOf({ role: 'sidecar' }) }),
    );
    const main = adviseContainer(inputOf({ digests: digestsOf(28) }));
    expect(sidecar.cpu.proposed).toEqual(main.cpu.proposed);
  });

  it('init containers: the peak of starts, not advised without', () => {
    const ofStarts = (starts: number) =>
      adviseContainer(
        inputOf({
          digests: digestsOf(14, {
            cpu: slot => (slot === 0 ? 0.5 : null),
            memory: slot => (slot === 0 ? GIB : null),
            startup: { starts, cpuCores: 0.5, memoryBytes: 1.2 * GIB },
          }),
          facts: factsOf({ role: 'init' }),
        }),
      );
    const advice = ofStarts(1);
    expect(codesFor(advice.cpu)).toContain('init-container');
    expect(advice.cpu.proposed?.request).toBe(0.55);
    expect(advice.memory.proposed?.request).toBeGreaterThan(1.2 * GIB);
    expect(ofStarts(0).status).toBe('withheld');
  });

  it('a container with a GPU: its CPU as critical, its GPUs untouched', () => {
    const spec = {
      ...SPEC,
      cpuRequestCores: 4,
      gpus: { 'nvidia.com/gpu': 1 },
    };
    const digests = digestsOf(28, {
      spec,
      cpu: (slot, day) => (day === 9 && slot < 3 ? 2 : 0.2),
    });
    const dev = appetiteOf('dev');
    const advice = adviseContainer(inputOf({ digests, spec, appetite: dev }));
    const critical = adviseContainer(
      inputOf({ digests, appetite: appetiteOf('critical') }),
    );
    expect(advice.cpu.proposed).toEqual(critical.cpu.proposed);
    expect(codesFor(advice.cpu)).toContain('feeds-gpu');
  });
});
