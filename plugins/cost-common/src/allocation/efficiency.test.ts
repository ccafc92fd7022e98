import { zeroResources } from '../money/resourceMicros';
import {
  efficiencyOf,
  knownUsageCost,
  knownUsageResources,
} from './efficiency';

const cost = { ...zeroResources(), cpu: 100n, memory: 300n, gpu: 600n };
const used = { ...zeroResources(), cpu: 50n, memory: 30n };

describe('efficiencyOf', () => {
  it('weighs by cost', () => {
    expect(efficiencyOf(cost, used, ['cpu', 'memory'])).toBe(0.2);
  });

  it('says nothing about what costs nothing', () => {
    expect(efficiencyOf(cost, used, ['storage'])).toBeUndefined();
    expect(efficiencyOf(cost, used, [])).toBeUndefined();
  });

  it('leaves out what nobody measured', () => {
    const row = { cost, unknownUsage: ['gpu' as const] };
    expect(knownUsageResources(row)).toEqual([
      'cpu',
      'memory',
      'storage',
      'network',
    ]);
    expect(
      efficiencyOf(knownUsageCost(row), used, ['cpu', 'memory', 'gpu']),
    ).toBe(0.2);
    expect(knownUsageCost({ cost })).toEqual(cost);
  });
});
