import {
  codesFor,
  dayAt,
  digestsOf,
  GIB,
  hourOf,
  inputOf,
  SPEC,
  workloadOf,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { AdviceInput } from '../types';

describe('advice says not yet', () => {
  const vetoed = (more: Partial<AdviceInput>, digests = digestsOf(28)) => {
    const { cpu, memory, status } = adviseContainer(
      inputOf({ digests, ...more }),
    );
    expect(status).toBe('withheld');
    expect(cpu.proposed ?? cpu.held).toBeUndefined();
    expect(memory.proposed ?? memory.held).toBeUndefined();
    expect(cpu.reasons[0].message).not.toBe('');
    return codesFor(cpu);
  };

  it('with less than two weeks', () => {
    expect(vetoed({}, digestsOf(13))).toEqual(['too-little-history']);
  });

  it('with days that lack samples of the time it ran', () => {
    const thin = digestsOf(20, {
      cpu: slot => (slot % 4 ? 0.2 : null),
    }).map(d => ({
      ...d,
      hours: { ...d.hours, runSeconds: d.hours.runSeconds.fill(3600) },
    }));
    const { cpu, memory } = adviseContainer(inputOf({ digests: thin }));
    expect(codesFor(cpu)).toEqual(['too-few-samples']);
    expect(memory.status).toBe('change');
  });

  it('but not where it only runs in office hours', () => {
    const office = digestsOf(14, {
      cpu: slot => (hourOf(slot) >= 8 && hourOf(slot) < 18 ? 0.2 : null),
      memory: slot => (hourOf(slot) >= 8 && hourOf(slot) < 18 ? GIB : null),
    });
    const advice = adviseContainer(inputOf({ digests: office }));
    expect(advice.status).toBe('change');
    expect(advice.evidence.coverage).toBe(1);
  });

  it('without samples', () => {
    expect(
      vetoed({}, digestsOf(20, { cpu: () => null, memory: () => null })),
    ).toEqual(['no-samples']);
    expect(vetoed({}, [])).toEqual(['no-samples']);
  });

  it('without a spec', () => {
    expect(vetoed({ spec: undefined })).toEqual(['spec-unknown']);
  });

  it('of CPU when its limit had cut usage off and changed, naming when', () => {
    const before = { ...SPEC, cpuLimitCores: 1 };
    const digests = digestsOf(28, day => ({
      spec: day < 20 ? before : SPEC,
      throttledShare: day < 20 ? 0.5 : 0,
    }));
    const advice = adviseContainer(inputOf({ digests }));
    expect(codesFor(advice.cpu)).toEqual(['spec-changed']);
    expect(advice.cpu.reasons[0].message).toContain('2026-01-25');
    // Memory has the whole window, and so has what is paid.
    expect(advice.memory.status).toBe('change');
    expect(advice.evidence).toMatchObject({
      usedFrom: dayAt(0),
      days: 28,
      counted: {
        cpu: { from: dayAt(20), days: 8 },
        memory: { from: dayAt(0), days: 28 },
      },
    });
    expect(advice.backtest).toMatchObject({ start: dayAt(0), days: 28 });
    // What is known of memory is no less for it.
    const { confidence } = adviseContainer(inputOf({ digests: digestsOf(28) }));
    expect(advice.confidence).toBe(confidence);
  });

  it('of memory when its limit had killed and was raised', () => {
    const digests = digestsOf(28, day => ({
      spec: { ...SPEC, memoryLimitBytes: (day < 20 ? 4 : 8) * GIB },
      ...(day === 19 && { oomKills: 1, oomLimitBytes: 4 * GIB }),
      cpu: slot => (slot < 100 ? 0.4 : 0.2),
    }));
    const advice = adviseContainer(inputOf({ digests, spec: undefined }));
    expect(advice.evidence.counted).toEqual({
      cpu: { from: dayAt(0), days: 28 },
      memory: { from: dayAt(20), days: 8 },
    });
    const known = adviseContainer(inputOf({ digests }));
    expect(codesFor(known.memory)).toEqual(['spec-changed']);
    expect(known.cpu.status).toBe('change');
    expect(known.money).toBeDefined();
  });
});

describe('where a number can be said', () => {
  const codesOn = (digests: AdviceInput['digests'], kind = 'Deployment') =>
    codesFor(
      adviseContainer(
        inputOf({
          digests,
          window: { start: dayAt(0), end: dayAt(28) },
          workload: workloadOf(kind),
        }),
      ).memory,
    );
  const wanted = (known: number, days: number) =>
    digestsOf(28, day => ({
      memory: slot => (day >= days || slot < known ? GIB : null),
    }));

  it.each([
    ['13 days', 13, ['too-little-history']],
    ['14 days', 14, []],
  ])('%s of usage', (_, days, expected) => {
    const codes = codesOn(digestsOf(days));
    expect(codes.filter(code => code === 'too-little-history')).toEqual(
      expected,
    );
  });

  it.each([
    // 259 of 288 are 89.9 %.
    ['259 of 288 samples on 15 days', 259, 15, true],
    ['259 of 288 samples on 14 days', 259, 14, false],
    ['260 of 288 samples on 15 days', 260, 15, false],
  ])('%s', (_, known, days, expected) => {
    const codes = codesOn(wanted(known, days));
    expect(codes.includes('too-few-samples')).toBe(expected);
  });

  const runs = (sampled: number, all: number) =>
    digestsOf(28, day => ({
      runs:
        day < all
          ? [
              {
                run: `r-${day}`,
                cpuCores: 1,
                memoryBytes: GIB,
                slots: day < sampled ? 3 : 0,
              },
            ]
          : [],
    }));

  it.each([
    ['two runs', 2, 2, 'runs-too-few'],
    ['three runs', 3, 3, undefined],
    ['three runs, two of them sampled', 2, 3, 'too-few-samples'],
    ['three runs, none sampled', 0, 3, 'no-samples'],
    // Half of the runs may lower something, less than half may not.
    ['ten runs, five sampled', 5, 10, undefined],
    ['ten runs, four sampled', 4, 10, 'too-few-samples'],
  ])('%s', (_, sampled, all, expected) => {
    const [code] = codesOn(runs(sampled, all), 'Job').filter(
      each => each !== 'peak-of-runs',
    );
    expect(code).toBe(expected);
  });
});
