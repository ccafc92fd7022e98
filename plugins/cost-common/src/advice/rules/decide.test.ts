import {
  afterTaking,
  codesFor,
  digestsOf,
  inputOf,
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
