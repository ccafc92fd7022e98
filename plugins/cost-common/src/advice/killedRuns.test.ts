import {
  decodeDigest,
  digestOfHour,
  encodeDigest,
  mergeDigests,
  UsageDigest,
} from '../digests';
import { ContainerHour } from '../observations/observations';
import { codesFor, GIB, inputOf, MIB, POLICY } from './__testUtils__/builders';
import { adviseContainer } from './adviseContainer';
import { recomputeAdvice } from './recomputeAdvice';
import { AdviceInput, APPETITES } from './types';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2026-01-05T00:00:00.000Z');
const at = (day: number, hour = 0) =>
  new Date(FIRST + day * DAY_MS + hour * 3_600_000).toISOString();

/** Six minutes from 02:00, sampled twice, then gone: `restartPolicy: Never`. */
function run(day: number, change: Partial<ContainerHour> = {}): ContainerHour {
  return {
    hour: at(day, 2),
    namespace: 'shop',
    pod: `nightly-${29_400_000 + day * 1440}-x7k2p`,
    container: 'app',
    node: 'node-1',
    workloadKind: 'CronJob',
    workload: 'nightly',
    labels: {},
    run: `nightly-${29_400_000 + day * 1440}`,
    runSeconds: 360,
    cpuRequestCoreSeconds: 180,
    cpuUsageCoreSeconds: 100,
    memoryRequestByteSeconds: 360 * 4 * GIB,
    memoryUsageByteSeconds: 360 * GIB,
    memoryLimitBytes: 4 * GIB,
    specKnown: true,
    oomKills: 1,
    samples: {
      cpuCores: [0.3, 0.3, ...Array(10).fill(null)],
      memoryBytes: [1.2 * GIB, 0.9 * GIB, ...Array(10).fill(null)],
    },
    ...change,
  };
}

/** As ingest does it: hours, stored; a day of them, stored; read back. */
function dayOf(day: number, hours: readonly ContainerHour[]): UsageDigest {
  const digests = hours.map(each =>
    decodeDigest(
      encodeDigest(
        digestOfHour({
          hour: each.hour,
          containers: [each],
          nodePoolOf: () => 'general',
          coresOf: () => 8,
        }),
      ),
    ),
  );
  const span = { start: at(day), hours: 24 };
  return decodeDigest(encodeDigest(mergeDigests(digests, span)));
}

function inputFor(
  digests: UsageDigest[],
  change: Partial<AdviceInput> = {},
): AdviceInput {
  const spec = digests
    .findLast(({ specs }) => specs.length > 0)
    ?.specs.at(-1)?.spec;
  return inputOf({
    workload: { namespace: 'shop', kind: 'CronJob', name: 'nightly' },
    digests,
    window: { start: at(0), end: at(28) },
    spec,
    facts: {
      name: 'app',
      role: 'main',
      spec: spec ?? {},
      containersInPod: 1,
    },
    ...change,
  });
}

const runs = (of: (day: number) => Partial<ContainerHour> = () => ({})) =>
  Array.from({ length: 28 }, (_, day) => dayOf(day, [run(day, of(day))]));

describe('a CronJob killed for memory at 4 GiB in each of 28 runs', () => {
  it.each(APPETITES)('gets 5 GiB, whatever was sampled: %s', value => {
    const advice = adviseContainer(
      inputFor(runs(), { appetite: { value, origin: 'default' } }),
    );
    expect(advice.memory.status).toBe('change');
    expect(advice.memory.proposed).toEqual({
      request: 5 * GIB,
      limit: 5 * GIB,
    });
    expect(advice.memory.rule).toEqual({
      kind: 'oom',
      bump: 1.25,
      killedAt: 4 * GIB,
    });
    expect(advice.memory.reasons[0]).toMatchObject({
      code: 'oom-killed',
      message: expect.stringMatching(
        /^The container was killed 28 times .* limit of 4 GiB/,
      ),
    });
    expect(advice.backtest?.current.oomKills).toBe(28);
    expect(advice.backtest?.proposed.oomKills).toBe(0);
    // It costs a GiB more while it runs: 28 × 6 minutes in 672 hours, for 730.
    const { cpuCoreHour: _, ...prices } = inputFor([]).prices;
    const { money } = adviseContainer(inputFor(runs(), { prices }));
    const hours = (28 * 0.1 * 730) / 672;
    expect(Number(money!.listMicros)).toBeCloseTo(-hours * 4000, 0);
    const evidence = JSON.parse(JSON.stringify(advice.evidence));
    expect(recomputeAdvice(evidence, runs())).toEqual(advice);
  });

  it('gets 1.38 GiB where it was not killed: what it was advised before', () => {
    const { memory } = adviseContainer(inputFor(runs(() => ({ oomKills: 0 }))));
    expect(memory.proposed?.limit).toBe(Math.ceil(1.38 * 1024) * MIB);
  });

  it('gets it without a single sample; CPU is not known then', () => {
    const input = inputFor(runs(() => ({ samples: undefined })));
    const { cpu, memory, backtest } = adviseContainer(input);
    expect(memory.proposed).toEqual({ request: 5 * GIB, limit: 5 * GIB });
    expect(memory.usage).toBeUndefined();
    expect(cpu.status).toBe('withheld');
    expect(cpu.reasons).toMatchObject([
      {
        code: 'no-samples',
        message:
          'None of the 28 runs lasted long enough to be measured, and it takes 3 to know the peak.',
      },
    ]);
    expect(backtest?.current.oomKills).toBe(28);
  });

  it('gets it where the kill is learnt of in the hour after', () => {
    const late = Array.from({ length: 28 }, (_, day) =>
      dayOf(day, [
        run(day, { oomKills: 0 }),
        run(day, {
          hour: at(day, 3),
          runSeconds: 0,
          samples: undefined,
          cpuRequestCoreSeconds: 0,
          memoryRequestByteSeconds: 0,
        }),
      ]),
    );
    const advice = adviseContainer(inputFor(late));
    expect(advice.memory.proposed?.limit).toBe(5 * GIB);
    expect(advice.memory.reasons[1].message).toMatch(/the highest of 28 runs/);
  });

  it('tells runs apart by their pods, where the source does not name them', () => {
    const { memory } = adviseContainer(
      inputFor(runs(() => ({ run: undefined }))),
    );
    expect(memory.reasons.map(({ message }) => message)).toContain(
      'The number follows from the highest of 28 runs.',
    );
  });

  it('keeps the limit a half above the request, by policy', () => {
    const { memory } = adviseContainer(
      inputFor(runs(), { policy: { ...POLICY, memoryLimitRatio: 1.5 } }),
    );
    // Two thirds of it, in whole MiB, times one and a half.
    expect(memory.proposed?.limit).toBe(5 * GIB + MIB);
    // Nothing is lowered while the kill is in the window.
    expect(memory.proposed?.request).toBe(4 * GIB);
  });

  it('counts the highest of differing limits', () => {
    const limits = [4, 2, 3];
    const { memory } = adviseContainer(
      inputFor(
        runs(day => ({
          memoryLimitBytes: limits[day % 3] * GIB,
          memoryRequestByteSeconds: 360 * limits[day % 3] * GIB,
        })),
      ),
    );
    const held = memory.proposed ?? memory.held;
    expect(held?.limit ?? 5 * GIB).toBe(5 * GIB);
  });

  it('is not raised again once the limit was, nor lowered', () => {
    const raised = (day: number) => ({
      memoryLimitBytes: 5 * GIB,
      memoryRequestByteSeconds: 360 * 5 * GIB,
      oomKills: day < 10 ? 1 : 0,
      ...(day < 10 && {
        memoryLimitBytes: 4 * GIB,
        memoryRequestByteSeconds: 360 * 4 * GIB,
      }),
    });
    const { memory, evidence } = adviseContainer(inputFor(runs(raised)));
    // Eighteen days since, long enough for advice, and none of them a kill.
    expect(evidence.counted?.memory.from).toBe(at(10));
    expect(evidence.counted?.cpu.from).toBe(at(0));
    expect(memory.status).toBe('keep');
    expect(memory.current.limit).toBe(5 * GIB);
    expect(codesFor(memory)).toContain('oom-killed');
  });

  it('a limit raised since is not raised for its peak, but by the usual margin', () => {
    const raised = (day: number) => {
      const limit = (day < 10 ? 4 : 8) * GIB;
      return {
        oomKills: day < 10 ? 1 : 0,
        memoryLimitBytes: limit,
        memoryRequestByteSeconds: 360 * limit,
        samples: { memoryBytes: [6 * GIB, ...Array(11).fill(null)] },
      };
    };
    const { memory } = adviseContainer(inputFor(runs(raised)));
    expect(memory.held?.limit).toBe(Math.ceil(6 * 1024 * 1.15) * MIB);
    expect(memory.status).toBe('withheld');
  });

  it('an eviction under node pressure is no kill at the limit', () => {
    const { memory } = adviseContainer(
      inputFor(
        runs(() => ({ oomKills: undefined })),
        {
          facts: {
            name: 'app',
            role: 'main',
            spec: {},
            containersInPod: 1,
            pendingPods: 3,
          },
        },
      ),
    );
    expect(memory.held?.limit).toBe(Math.ceil(1.38 * 1024) * MIB);
    expect(codesFor(memory)).toContain('pending-pods');
    expect(codesFor(memory)).not.toContain('oom-killed');
  });

  it('a kill without a limit raises from the peak, and blames nobody', () => {
    const { memory } = adviseContainer(
      inputFor(
        runs(() => ({
          memoryLimitBytes: undefined,
          memoryRequestByteSeconds: 360 * GIB,
        })),
      ),
    );
    expect(memory.proposed?.request).toBe(1.5 * GIB);
    expect(memory.reasons[0].message).toMatch(/without a limit that is known/);
  });
});

describe('runs of which most were not sampled', () => {
  it('are counted, and nothing is lowered for the few that were', () => {
    const few = (sampled: number) =>
      adviseContainer(
        inputFor(
          runs(day => ({
            oomKills: 0,
            ...(day >= sampled && { samples: undefined }),
          })),
        ),
      );
    expect(codesFor(few(2).memory)).toEqual(['too-few-samples']);
    const some = few(8).memory;
    expect(some.status).toBe('withheld');
    expect(some.held?.limit).toBe(Math.ceil(1.38 * 1024) * MIB);
    expect(some.reasons[0].message).toMatch(
      /^Only 8 of 28 runs lasted long enough/,
    );
    expect(few(20).memory.status).toBe('change');
    expect(few(20).memory.reasons.map(r => r.message)).toContain(
      'The number follows from the highest of the 20 runs that were measured, of 28.',
    );
  });
});
