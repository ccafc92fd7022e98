import fc from 'fast-check';
import { sumMicros } from '@headroom/common';
import { totalOf, zeroResources } from '../money/resourceMicros';
import { ResourceMicros } from '../resources/resources';
import { shareCosts, ShareItem, SharingPolicy } from './shareCosts';

const item = (
  key: string,
  namespace: string,
  cost: Partial<ResourceMicros>,
): ShareItem => ({
  key,
  namespace,
  bucket: namespace === '__idle__' ? 'idle' : 'workload',
  cost: { ...zeroResources(), ...cost },
});

/** What each item ends up with. */
function carried(items: ShareItem[], policy: SharingPolicy) {
  const shared = shareCosts(items, policy);
  return Object.fromEntries(
    items.map(({ key, cost }, i) => [
      key,
      totalOf(cost) + shared[i].sharedIdle + shared[i].sharedOverhead,
    ]),
  );
}

const weighted: SharingPolicy = { sharedNamespaces: [], split: 'weighted' };

describe('shareCosts', () => {
  it('gives idle in proportion to the cost in its resource', () => {
    const items = [
      item('a', 'a', { cpu: 300n, memory: 0n }),
      item('b', 'b', { cpu: 100n, memory: 50n }),
      item('idle', '__idle__', { cpu: 40n, memory: 10n }),
    ];
    expect(shareCosts(items, weighted)).toEqual([
      { key: 'a', sharedIdle: 30n, sharedOverhead: 0n },
      { key: 'b', sharedIdle: 20n, sharedOverhead: 0n },
      { key: 'idle', sharedIdle: -50n, sharedOverhead: 0n },
    ]);
  });

  it('leaves idle that nobody consumes where it is', () => {
    const items = [
      item('a', 'a', { cpu: 1n }),
      item('idle', '__idle__', { cpu: 4n, gpu: 90n }),
    ];
    expect(carried(items, weighted)).toEqual({ a: 5n, idle: 90n });
  });

  it('takes the coefficients of shared namespaces before idle', () => {
    // System has all the memory, so it brings the idle memory along.
    const items = [
      item('a', 'a', { cpu: 300n }),
      item('b', 'b', { cpu: 100n }),
      item('sys', 'kube-system', { memory: 40n }),
      item('idle', '__idle__', { memory: 80n }),
    ];
    const policy: SharingPolicy = {
      sharedNamespaces: ['kube-system'],
      split: 'weighted',
    };
    expect(shareCosts(items, policy)).toEqual([
      { key: 'a', sharedIdle: 60n, sharedOverhead: 30n },
      { key: 'b', sharedIdle: 20n, sharedOverhead: 10n },
      { key: 'sys', sharedIdle: 0n, sharedOverhead: -40n },
      { key: 'idle', sharedIdle: -80n, sharedOverhead: 0n },
    ]);
  });

  it('shares evenly by namespace, inside one in proportion', () => {
    const items = [
      item('a1', 'a', { cpu: 30n }),
      item('a2', 'a', { cpu: 10n }),
      item('b', 'b', { cpu: 1n }),
      item('free', 'c', {}),
      item('sys', 'kube-system', { cpu: 80n }),
    ];
    expect(
      carried(items, { sharedNamespaces: ['kube-system'], split: 'even' }),
    ).toEqual({ a1: 60n, a2: 20n, b: 41n, free: 0n, sys: 0n });
  });

  it('leaves a shared namespace its cost when nobody else costs anything', () => {
    const items = [
      item('a', 'a', {}),
      item('sys', 'kube-system', { cpu: 8n }),
      item('idle', '__idle__', { cpu: 2n }),
    ];
    for (const split of ['weighted', 'even'] as const) {
      expect(
        carried(items, { sharedNamespaces: ['kube-system'], split }),
      ).toEqual({ a: 0n, sys: 10n, idle: 0n });
    }
  });

  it("agrees with OpenCost's example of sharing idle and a namespace", () => {
    // A container costs 1 a resource and 1 for its load balancer, which counts as
    // network; the first has 11 for memory.
    const unit = 1_000_000n * 8n * 3n ** 4n;
    const container = (namespace: string, name: string, memory = 1n) =>
      item(`${namespace}/${name}`, namespace, {
        cpu: unit,
        memory: memory * unit,
        gpu: unit,
        storage: unit,
        network: 2n * unit,
      });
    const cluster1 = [
      container('namespace1', 'container1', 11n),
      container('namespace1', 'container2'),
      container('namespace1', 'container3'),
      container('namespace2', 'container4'),
      container('namespace2', 'container5'),
      container('namespace2', 'container6'),
      item('idle', '__idle__', { cpu: 5n * unit, memory: 15n * unit }),
    ];
    const amounts = carried(cluster1, {
      sharedNamespaces: ['namespace1'],
      split: 'weighted',
    });
    // All of the cluster's 46 + 20 is with namespace2.
    expect(sumMicros(Object.values(amounts))).toBe(66n * unit);
    expect(
      sumMicros(
        Object.entries(amounts)
          .filter(([key]) => key.startsWith('namespace2'))
          .map(([, amount]) => amount),
      ),
    ).toBe(66n * unit);
  });

  it('never creates or loses a micro, in whatever order', () => {
    const amount = fc.bigInt({ min: 0n, max: 10_000_000n });
    const cost = fc.record({
      cpu: amount,
      memory: amount,
      gpu: fc.oneof(fc.constant(0n), amount),
      storage: amount,
      network: amount,
    });
    const anItem = fc.record({
      namespace: fc.constantFrom('a', 'b', 'c', 'system', '__idle__'),
      cost,
    });
    const items = fc
      .array(anItem, { maxLength: 20 })
      .map(list =>
        list.map((one, i) => item(`k${i}`, one.namespace, one.cost)),
      );
    fc.assert(
      fc.property(
        items,
        fc.subarray(['a', 'system', 'absent']),
        fc.constantFrom('weighted' as const, 'even' as const),
        (given, sharedNamespaces, split) => {
          const policy = { sharedNamespaces, split };
          const shared = shareCosts(given, policy);
          expect(sumMicros(shared.map(s => s.sharedIdle))).toBe(0n);
          expect(sumMicros(shared.map(s => s.sharedOverhead))).toBe(0n);
          expect(shareCosts([...given].reverse(), policy).reverse()).toEqual(
            shared,
          );
          given.forEach(({ bucket, cost: own }, i) => {
            const { sharedIdle, sharedOverhead } = shared[i];
            const left = totalOf(own) + sharedIdle + sharedOverhead;
            expect(left >= 0n).toBe(true);
            expect(
              bucket === 'idle' ? sharedIdle <= 0n : sharedIdle >= 0n,
            ).toBe(true);
          });
        },
      ),
    );
  });
});
