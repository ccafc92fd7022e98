import { HOUR_MS } from '@headroom/common';
import { createWorld } from './createWorld';
import { Recommender } from './Recommender';
import { WorkloadSpec } from './types';

const START = new Date('2026-01-05T00:00:00Z');
const cluster = createWorld({ seed: 1, start: START }).cluster('us-west');
const at = (hour: number) => new Date(START.getTime() + hour * HOUR_MS);
const specOf = (name: string): WorkloadSpec =>
  cluster.stateAt(at(0)).workloads.find(spec => spec.name === name)!;
const ledger = specOf('payment-ledger');

/** Samples of the last days, ascending. */
function samplesOf(name: string, from: number, to: number): number[] {
  return cluster
    .observe(at(from), at(to))
    .containers.filter(each => each.workload === name)
    .flatMap(each => each.samples!.cpuCores!)
    .filter((sample): sample is number => sample !== null)
    .sort((a, b) => a - b);
}

describe('what a VPA says', () => {
  it('lies where its rules put it, and widens around it', () => {
    const [said] = Recommender.create(cluster).recommend(ledger, 480);
    const samples = samplesOf('payment-ledger', 288, 480);
    const share = (of: number) => samples[Math.floor(of * samples.length)];
    expect(said.container).toBe('ledger');
    // Decay moves the percentile; the bucket's end and the margin lift it.
    expect(said.target.cpuCores).toBeGreaterThan(1.15 * share(0.8));
    expect(said.target.cpuCores).toBeLessThan(1.15 * 1.06 * share(0.97));
    expect(said.lowerBound.cpuCores).toBeLessThan(said.target.cpuCores);
    expect(said.upperBound.cpuCores).toBeGreaterThan(said.target.cpuCores);
    expect(said.target.memoryBytes).toBeGreaterThan(2.1 * 1024 ** 3);
    expect(said.target.memoryBytes).toBeLessThan(3 * 1024 ** 3);
  });

  it('stands for an hour, and moves with time', () => {
    const recommender = Recommender.create(cluster);
    const first = recommender.recommend(ledger, 480);
    expect(recommender.recommend(ledger, 480)).toBe(first);
    expect(recommender.recommend(ledger, 520)).not.toEqual(first);
    expect(recommender.recommend(ledger, 480)).toEqual(first);
  });

  it('is unsure while the history is short, and silent before it', () => {
    const recommender = Recommender.create(cluster);
    const ratio = (hour: number) => {
      const [{ upperBound, target }] = recommender.recommend(ledger, hour);
      return upperBound.cpuCores / target.cpuCores;
    };
    // Upstream: three times at 12 hours, twice at 24.
    expect(ratio(12)).toBeGreaterThan(2.9);
    expect(ratio(24)).toBeLessThan(ratio(12));
    expect(ratio(192)).toBeLessThan(1.3);
    expect(recommender.recommend(ledger, 0)).toEqual([]);
  });
});
