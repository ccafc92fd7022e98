import { GIB, node, price } from './__testUtils__/builders';
import { nodeCostOf } from './nodeCost';

describe('nodeCostOf', () => {
  it('keeps the ratio of list prices (OpenCost: 35 $ at 30/30/10 is 15/15/5)', () => {
    const one = node({ cpuCores: 1, memoryBytes: GIB, gpuDevices: 1 });
    expect(
      nodeCostOf(
        one,
        price('35', { gpuDevice: '30', cpuCore: '30', memoryGib: '10' }),
      ),
    ).toEqual({
      gpu: 15_000_000n,
      cpu: 15_000_000n,
      memory: 5_000_000n,
      storage: 0n,
      network: 0n,
    });
  });

  it('splits an accelerated instance as AWS does (p3.16xlarge, 9 : 0.9 : 0.1)', () => {
    const p3 = node({ cpuCores: 64, memoryBytes: 488 * GIB, gpuDevices: 8 });
    const weights = { gpuDevice: '9', cpuCore: '0.9', memoryGib: '0.1' };
    const cost = nodeCostOf(p3, price('10', weights));
    const unit = 10 / (9 * 8 + 0.1 * 488 + 0.9 * 64);
    expect(unit).toBeCloseTo(0.0560538, 7);
    // Per GPU-, vCPU- and GB-hour, as far as a micro of the node reaches.
    expect(Number(cost.gpu) / 1e6 / 8).toBeCloseTo(0.504484, 6);
    expect(Number(cost.cpu) / 1e6 / 64).toBeCloseTo(0.0504484, 7);
    expect(Number(cost.memory) / 1e6 / 488).toBeCloseTo(0.00560538, 8);
    expect(cost.gpu + cost.cpu + cost.memory).toBe(10_000_000n);
  });

  it('splits an instance without accelerator as AWS does (m5.xlarge, 9 : 1)', () => {
    const weights = { gpuDevice: '0', cpuCore: '9', memoryGib: '1' };
    const cost = nodeCostOf(node(), price('1', weights));
    expect(cost.memory).toBe(307_692n); // 16 × 0.0192308
    expect(cost.cpu).toBe(692_308n); // 4 × 0.173077
    expect(Number(cost.cpu) / 1e6 / 4).toBeCloseTo(0.173077, 6);
  });

  it('charges the seconds the node was up, rounded once', () => {
    const cost = nodeCostOf(
      node({ upSeconds: 1200, memoryBytes: 0 }),
      price('0.000001'),
    );
    expect(cost.cpu).toBe(0n); // a third of a micro
    expect(nodeCostOf(node({ upSeconds: 0 }), price('5')).cpu).toBe(0n);
  });

  it('costs as CPU what has nothing to split by', () => {
    const free = { cpuCore: '0', memoryGib: '0', gpuDevice: '0' };
    expect(nodeCostOf(node(), price('3', free)).cpu).toBe(3_000_000n);
  });

  it('refuses a price that is none', () => {
    expect(() => nodeCostOf(node(), price('-1'))).toThrow(/node-1.*-1/);
    expect(() => nodeCostOf(node(), price('n/a'))).toThrow('"n/a"');
    const weights = { cpuCore: '-1', memoryGib: '1', gpuDevice: '1' };
    expect(() => nodeCostOf(node(), price('1', weights))).toThrow(RangeError);
  });
});
