import fc from 'fast-check';
import { allocate, container } from '../allocation/__testUtils__/builders';
import { node } from '../allocation/__testUtils__/builders';
import { demandOf, GIB, poolOf, pricesOf } from './__testUtils__/estimates';
import { estimateMonthly } from './estimateMonthly';
import { PodDemand } from './estimateRequest';

const WEIGHTS = { cpuCore: '0.0345', memoryGib: '0.0037', gpuDevice: '0.85' };
const hourlyPrice = fc
  .integer({ min: 1, max: 40_000_000 })
  .map(micros => (micros / 1e6).toFixed(6));
const machine = fc.record({
  cpuCores: fc.integer({ min: 1, max: 128 }),
  memoryBytes: fc.integer({ min: 1, max: 1024 }).map(gib => gib * GIB),
});

const demand: fc.Arbitrary<PodDemand> = fc
  .record({
    min: fc.nat({ max: 20 }),
    more: fc.nat({ max: 50 }),
    millicores: fc.integer({ min: 0, max: 16_000 }),
    mebibytes: fc.integer({ min: 0, max: 65_536 }),
    gibibytesStored: fc.nat({ max: 500 }),
    spot: fc.boolean(),
    hoursPerMonth: fc.integer({ min: 0, max: 730 }),
  })
  .map(each =>
    demandOf({
      replicas: { min: each.min, max: each.min + each.more },
      cpuCores: each.millicores / 1000,
      memoryBytes: each.mebibytes * 2 ** 20,
      storageBytes: each.gibibytesStored * GIB,
      spot: each.spot,
      hoursPerMonth: each.hoursPerMonth,
    }),
  );

const prices = fc
  .tuple(hourlyPrice, machine, fc.boolean())
  .map(([hourly, of, measured]) =>
    pricesOf(
      measured ? [poolOf({ hourlyPrice: hourly, weights: WEIGHTS }, of)] : [],
    ),
  );

describe('estimateMonthly, always', () => {
  it('has parts that sum to the whole, and a maximum that is not below the minimum', () => {
    fc.assert(
      fc.property(
        fc.array(demand, { minLength: 1, maxLength: 5 }),
        prices,
        (pods, given) => {
          const estimate = estimateMonthly({ pods, prices: given });
          const { minMonthly, maxMonthly, byResource } = estimate;
          for (const [edge, whole] of [
            ['min', minMonthly],
            ['max', maxMonthly],
          ] as const) {
            const sums = [
              estimate.pods.map(({ monthly }) => monthly[edge].micros),
              Object.values(byResource).map(range => range[edge].micros),
              estimate.pods.flatMap(({ perReplica }, i) =>
                Object.values(perReplica).map(
                  ({ micros }) => micros * BigInt(pods[i].replicas[edge]),
                ),
              ),
            ].map(parts => parts.reduce((a, b) => a + b, 0n));
            expect(sums).toEqual([whole.micros, whole.micros, whole.micros]);
          }
          expect(maxMonthly.micros).toBeGreaterThanOrEqual(minMonthly.micros);
          expect(minMonthly.micros).toBeGreaterThanOrEqual(0n);
        },
      ),
    );
  });

  it('does not fall when a replica or a request is added', () => {
    const grown = fc.constantFrom<(of: PodDemand) => PodDemand>(
      of => ({
        ...of,
        replicas: { min: of.replicas.min + 1, max: of.replicas.max + 1 },
      }),
      of => ({ ...of, cpuCores: of.cpuCores + 0.1 }),
      of => ({ ...of, memoryBytes: of.memoryBytes + 2 ** 20 }),
      of => ({ ...of, storageBytes: (of.storageBytes ?? 0) + GIB }),
    );
    fc.assert(
      fc.property(demand, prices, grown, (of, given, grow) => {
        const [before, after] = [of, grow(of)].map(each =>
          estimateMonthly({ pods: [each], prices: given }),
        );
        for (const edge of ['minMonthly', 'maxMonthly'] as const) {
          expect(after[edge].micros).toBeGreaterThanOrEqual(
            before[edge].micros,
          );
        }
      }),
    );
  });

  it('is what the allocation charges for a replica that uses less than it requests', () => {
    fc.assert(
      fc.property(
        hourlyPrice,
        machine,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (hourly, of, cpuShare, memoryShare) => {
          const cpu = of.cpuCores * cpuShare;
          const gib = (of.memoryBytes / GIB) * memoryShare;
          const { rows } = allocate({
            nodes: [node(of)],
            priceNode: () => ({
              hourlyPrice: hourly,
              weights: WEIGHTS,
              origin: { kind: 'list', description: '' },
            }),
            containers: [container({ cpu: [cpu, 0], memory: [gib, 0] })],
          });
          const row = rows.find(({ bucket }) => bucket === 'workload')!;
          const { perReplica } = estimateMonthly({
            pods: [demandOf({ cpuCores: cpu, memoryBytes: gib * GIB })],
            prices: pricesOf([
              poolOf({ hourlyPrice: hourly, weights: WEIGHTS }, of),
            ]),
          }).pods[0];
          // An hour is rounded to the micro, or gives its rest to another; 730 of them are.
          for (const resource of ['cpu', 'memory'] as const) {
            const month = Number(perReplica[resource]?.micros ?? 0n);
            const allocated = Number(row.cost[resource]) * 730;
            expect(Math.abs(month - allocated)).toBeLessThanOrEqual(730);
          }
        },
      ),
    );
  });
});
