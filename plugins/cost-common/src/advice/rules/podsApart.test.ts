import {
  appetiteOf,
  codesFor,
  digestsOf,
  GIB,
  inputOf,
  workloadOf,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';

describe('a pod that stands apart', () => {
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

  it('the worst pod counts, whatever the others do', () => {
    const others = { pods: 9, cpu: 0.05, memory: 0.2 * GIB };
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(28, { cpu: () => 1, others }) }),
    );
    expect(advice.cpu.proposed?.request).toBeGreaterThan(1);
    expect(codesFor(advice.cpu)).toContain('worst-pod');
    expect(advice.memory.proposed?.request).toBeGreaterThan(GIB);
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
