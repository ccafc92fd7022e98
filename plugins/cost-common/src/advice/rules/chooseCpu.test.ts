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

describe('the pods and runs a number stands on', () => {
  it('a DaemonSet with one odd node: said, and memory covers it', () => {
    const shape = {
      cpu: () => 1.2,
      memory: () => 2 * GIB,
      others: { pods: 9, cpu: 0.1, memory: 0.3 * GIB },
    };
    const input = inputOf({
      digests: digestsOf(28, shape),
      workload: workloadOf('DaemonSet'),
    });
    const advice = adviseContainer(input);
    expect(codesFor(advice.cpu)).toContain('odd-node');
    expect(codesFor(advice.memory)).toContain('odd-node');
    expect(advice.memory.proposed?.request).toBeGreaterThan(2 * GIB);
    const even = adviseContainer({
      ...input,
      digests: digestsOf(28, { others: { pods: 9, cpu: 0.18, memory: GIB } }),
    });
    expect(codesFor(even.cpu)).not.toContain('odd-node');
  });

  it('a DaemonSet with one odd node: its CPU is a percentile over all nodes', () => {
    const others = { pods: 29, cpu: 0.1, memory: 0.3 * GIB };
    const digests = digestsOf(28, { cpu: () => 1.2, others });
    const dev = appetiteOf('dev');
    const daemons = adviseContainer(
      inputOf({ digests, workload: workloadOf('DaemonSet'), appetite: dev }),
    );
    expect(daemons.cpu.proposed?.request).toBeLessThan(0.2);
    // The back-test does not hide what it means for that node.
    expect(daemons.backtest?.proposed.throttledShare).toBe(1);
    const replicas = adviseContainer(inputOf({ digests, appetite: dev }));
    expect(replicas.cpu.proposed?.request).toBeGreaterThan(1.2);
  });

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

  it('the worst pod counts, whatever the others do', () => {
    const others = { pods: 9, cpu: 0.05, memory: 0.2 * GIB };
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(28, { cpu: () => 1, others }) }),
    );
    expect(advice.cpu.proposed?.request).toBeGreaterThan(1);
    expect(codesFor(advice.cpu)).toContain('worst-pod');
    expect(advice.memory.proposed?.request).toBeGreaterThan(GIB);
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

describe('where a pod stands apart', () => {
  const codesOn = (
    kind: string,
    { cores, pods }: { cores: number; pods: number },
  ) =>
    codesFor(
      adviseContainer(
        inputOf({
          digests: digestsOf(28, {
            cpu: () => cores,
            others: { pods: pods - 1, cpu: 0.1, memory: GIB },
          }),
          workload: workloadOf(kind),
        }),
      ).cpu,
    );

  it.each([
    ['1.9 times the others', 10, 0.19, false],
    ['2.1 times', 10, 0.21, true],
    ['among three', 3, 0.4, true],
    ['of two', 2, 0.4, false],
  ])('a DaemonSet with an odd node: %s', (_, pods, cores, expected) => {
    const codes = codesOn('DaemonSet', { cores, pods });
    expect(codes.includes('odd-node')).toBe(expected);
  });

  it.each([
    ['1.45 times the others', 10, 0.145, false],
    ['1.55 times', 10, 0.155, true],
    ['alone', 1, 0.4, false],
  ])('the pod that uses most: %s', (_, pods, cores, expected) => {
    const codes = codesOn('Deployment', { cores, pods });
    expect(codes.includes('worst-pod')).toBe(expected);
  });
});
