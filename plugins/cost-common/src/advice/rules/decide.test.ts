import {
  afterTaking,
  codesFor,
  digestsOf,
  factsOf,
  inputOf,
  POLICY,
  SPEC,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { recomputeAdvice } from '../recomputeAdvice';

describe('advice leaves alone', () => {
  it('what is right', () => {
    const input = inputOf({ digests: digestsOf(28) });
    const again = adviseContainer(afterTaking(input, adviseContainer(input)));
    expect(again.status).toBe('keep');
    expect(codesFor(again.cpu)).toEqual(['already-right']);
    expect(again.money).toBeUndefined();
    expect(again.backtest?.proposed).toEqual(again.backtest?.current);
  });

  it('the rule advised last, unless another is clearly better', () => {
    const digests = digestsOf(21, {
      cpu: slot => 0.3 + 0.1 * Math.sin(slot / 20),
    });
    const fresh = adviseContainer(inputOf({ digests }));
    expect(fresh.cpu.rule).toMatchObject({ days: 21, margin: 1.02 });
    expect(fresh.evidence.previous).toBeUndefined();

    const rule = fresh.cpu.rule as { quantile: number };
    const previous = { days: 20, quantile: rule.quantile, margin: 1.05 };
    const kept = adviseContainer(inputOf({ digests, previous }));
    expect(kept.cpu.rule).toMatchObject({
      quantile: rule.quantile,
      margin: 1.05,
    });
    const evidence = JSON.parse(JSON.stringify(kept.evidence));
    expect(evidence.previous).toEqual(previous);
    expect(recomputeAdvice(evidence, digests)).toEqual(kept);

    const far = { ...previous, margin: 1.3 };
    const left = adviseContainer(inputOf({ digests, previous: far }));
    expect(left).toEqual(fresh);
  });

  it('what is too close in percent and in money, but not one of them', () => {
    const input = inputOf({ digests: digestsOf(28) });
    const { request } = adviseContainer(input).cpu.proposed!;
    const off = { ...SPEC, cpuRequestCores: request * 1.03 };
    const near = adviseContainer({ ...input, spec: off });
    expect(codesFor(near.cpu)).toEqual(['below-noise']);
    const dear = adviseContainer({
      ...input,
      spec: off,
      prices: { ...input.prices, cpuCoreHour: 30_000_000 },
    });
    expect(dear.cpu.status).toBe('change');
  });
});

describe('where a change begins', () => {
  const input = inputOf({ digests: digestsOf(28) });
  const { request } = adviseContainer(input).cpu.proposed!;
  /** Advice where the request in force is so many times what is advised. */
  const at = (times: number, microsPerMonth: bigint) =>
    codesFor(
      adviseContainer({
        ...input,
        spec: { ...SPEC, cpuRequestCores: request * times },
        policy: { ...POLICY, noise: { ratio: 0.05, microsPerMonth } },
      }).cpu,
    ).includes('below-noise');
  // 0.03 $ a core-hour: a request 4 % too high costs so much a month.
  const monthly = (times: number) =>
    BigInt(Math.round(request * (times - 1) * 30_000 * 730));

  it.each([
    [1.05, true],
    [1.053, false],
    [0.96, true],
    [0.95, false],
  ])('%d times what is advised', (times, noise) => {
    expect(at(times, 1_000_000_000n)).toBe(noise);
  });

  it('by money: less than so much a month is noise', () => {
    expect(at(1.04, monthly(1.04) + 1000n)).toBe(true);
    expect(at(1.04, monthly(1.04) - 1000n)).toBe(false);
  });

  it('without a request, however small it is', () => {
    const { cpuRequestCores, ...bare } = SPEC;
    const advice = adviseContainer({
      ...input,
      spec: bare,
      facts: factsOf({ spec: bare }),
    });
    expect(advice.cpu.status).toBe('change');
    expect(codesFor(advice.cpu)).toContain('no-request-set');
  });
});
