import {
  codesFor,
  dayAt,
  digestsOf,
  GIB,
  hourOf,
  inputOf,
  SPEC,
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

  it('when limits that had cut usage off changed, naming when', () => {
    const before = { ...SPEC, cpuLimitCores: 1 };
    const digests = digestsOf(28, day => ({
      spec: day < 20 ? before : SPEC,
      throttledShare: day < 20 ? 0.5 : 0,
    }));
    expect(vetoed({}, digests)).toEqual(['spec-changed']);
    const { cpu, evidence } = adviseContainer(inputOf({ digests }));
    expect(cpu.reasons[0].message).toContain(dayAt(20));
    expect(evidence.usedFrom).toBe(dayAt(20));
  });
});
