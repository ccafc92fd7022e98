import fc from 'fast-check';
import { bookOf, web } from './__testUtils__/guard';
import { compareManifestCosts } from './compareManifestCosts';
import { GuardedPart, GuardedReplicas } from './GuardedPart';

const USD = 1_000_000n;
const cents = (amount: number) => BigInt(Math.round(amount * 100)) * 10_000n;
const gpu = (model?: string) =>
  web(
    {},
    {
      name: 'ml',
      containers: [
        {
          name: 'app',
          role: 'main',
          spec: {
            cpuRequestCores: 1,
            memoryRequestBytes: 2 ** 30,
            gpus: { 'nvidia.com/gpu': 1 },
          },
        },
      ],
      ...(model && { nodeLabels: { 'nvidia.com/gpu.product': model } }),
    },
  );

describe('compareManifestCosts', () => {
  it('multiplies by the replicas, and says so', () => {
    const costs = compareManifestCosts({
      before: [web()],
      after: [web({ min: 3, max: 3 })],
      prices: bookOf(),
    });
    expect(costs).toMatchObject({
      before: { min: cents(36.5), max: cents(36.5) },
      after: { max: cents(54.75) },
      difference: { min: cents(18.25), max: cents(18.25) },
      unknownCount: 0,
      differenceOpen: { above: false, below: false },
    });
    expect(costs.rows).toMatchObject([
      {
        name: 'Deployment shop/web',
        status: 'changed',
        after: {
          scaling: {
            message: 'It runs 3 replicas, as spec.replicas says.',
          },
        },
      },
    ]);
  });

  it('multiplies by the range of an autoscaler, and says so', () => {
    const { difference, rows } = compareManifestCosts({
      before: [web()],
      after: [
        web({
          min: 1,
          max: 10,
          scaler: { kind: 'HorizontalPodAutoscaler', name: 'web' },
        }),
      ],
      prices: bookOf(),
    });
    expect(difference).toEqual({ min: cents(-18.25), max: cents(146) });
    expect(rows[0].after?.scaling?.message).toBe(
      'It runs 1 to 10 replicas, which is the range of the HorizontalPodAutoscaler web.',
    );
  });

  it('costs the most more with the fewest replicas where an autoscaler goes', () => {
    const scaler = { kind: 'HorizontalPodAutoscaler', name: 'web' };
    const api = { name: 'api' };
    const { difference, rows } = compareManifestCosts({
      before: [web({ min: 2, max: 10, scaler }), web({}, api)],
      after: [
        web({ min: 20, max: 20 }),
        web({ min: 3, max: 7, scaler: { ...scaler, name: 'api' } }, api),
      ],
      prices: bookOf(),
    });
    expect(rows.map(row => row.difference)).toEqual([
      { min: cents(18.25), max: cents(91.25) },
      { min: cents(182.5), max: cents(328.5) },
    ]);
    expect(difference).toEqual({ min: cents(200.75), max: cents(419.75) });
  });

  it('has no price of a GPU whose model is not said, and one of a model that is in the list', () => {
    const of = (part: GuardedPart) =>
      compareManifestCosts({ before: [], after: [part], prices: bookOf() });
    const unsaid = of(gpu());
    expect(unsaid.unknownCount).toBe(1);
    expect(unsaid.differenceOpen).toEqual({ above: true, below: false });
    expect(unsaid.unknown[0].said.message).toMatch(/hourlyPrice/);
    // Two replicas of a core and a GiB for 730 hours: the rest has a price.
    expect(unsaid.after.max).toBe(cents(65.7));
    const said = of(gpu('NVIDIA-A10G'));
    expect(said.unknownCount).toBe(0);
    expect(said.after.max).toBeGreaterThan(100n * USD);
  });

  it('has a difference of 0 for what was not changed, also where it is not known', () => {
    const costs = compareManifestCosts({
      before: [gpu(), web()],
      after: [web({ min: 3, max: 3 }), gpu()],
      prices: bookOf(),
    });
    expect(costs.differenceOpen).toEqual({ above: false, below: false });
    expect(costs.beforeOpen).toBe(true);
    expect(costs.unknownCount).toBe(1);
    expect(costs.difference?.max).toBe(cents(18.25));
  });

  it('knows no difference without what was before', () => {
    const costs = compareManifestCosts({ after: [web()], prices: bookOf() });
    expect(costs.difference).toBeUndefined();
    expect(costs.before).toBeUndefined();
    expect(costs.rows[0].difference).toBeUndefined();
    expect(costs.after.max).toBe(cents(36.5));
  });

  it.each(['DaemonSet', 'CronJob'])(
    'does not know how many pods a %s has',
    kind => {
      const { replicas: _, ...part } = web({}, { kind });
      const costs = compareManifestCosts({
        before: [],
        after: [part],
        prices: bookOf(),
      });
      expect(costs.rows[0].after?.monthly.max).toBe(0n);
      expect(costs.afterOpen).toBe(true);
      expect(costs.unknownCount).toBe(1);
    },
  );

  it.each<[string, number, Partial<GuardedReplicas>, [bigint, bigint]]>([
    ['a billionth of a core', 1e-9, {}, [1n, 1n]],
    ['it from no replica on', 1e-9, { min: 0, max: 4 }, [0n, 1n]],
    ['none of it', 1e-9, { min: 0, max: 0 }, [0n, 0n]],
    ['nothing', 0, {}, [0n, 0n]],
  ])(
    'never calls nothing what costs less than a micro: %s',
    (_, cpuRequestCores, replicas, [min, max]) => {
      const { after } = compareManifestCosts({
        after: [
          web(replicas, {
            containers: [
              {
                name: 'app',
                role: 'main',
                spec: { cpuRequestCores, memoryRequestBytes: 0 },
              },
            ],
          }),
        ],
        prices: bookOf(),
      });
      expect(after).toEqual({ min, max });
    },
  );

  it('calls nothing what is for free', () => {
    const unitPrices = {
      'on-demand': { cpuCoreHour: '0', memoryGibHour: '0' },
    };
    const { after } = compareManifestCosts({
      after: [web()],
      prices: bookOf({ unitPrices }),
    });
    expect(after).toEqual({ min: 0n, max: 0n });
  });

  it('says which unit prices were assumed', () => {
    const { remarks } = compareManifestCosts({
      after: [web()],
      prices: bookOf({ unitPrices: {} }),
    });
    expect(remarks.map(({ message }) => message).join()).toContain(
      'assumed for cpu, memory',
    );
  });

  it('counts both of two of one name', () => {
    const { after, rows } = compareManifestCosts({
      before: [web()],
      after: [web(), web()],
      prices: bookOf(),
    });
    expect(after.max).toBe(cents(73));
    expect(rows.map(({ status }) => status)).toEqual(['same', 'added']);
  });
});

const part: fc.Arbitrary<GuardedPart> = fc.oneof(
  fc
    .record({
      name: fc.constantFrom('web', 'api', 'jobs'),
      min: fc.nat({ max: 5 }),
      more: fc.nat({ max: 9 }),
      millicores: fc.option(fc.nat({ max: 4000 }), { nil: undefined }),
      mebibytes: fc.option(fc.nat({ max: 9000 }), { nil: undefined }),
      gpus: fc.nat({ max: 2 }),
      hasReplicas: fc.boolean(),
    })
    .map(({ name, min, more, millicores, mebibytes, gpus, hasReplicas }) => {
      const { replicas, ...rest } = web(
        { min, max: min + more },
        {
          name,
          containers: [
            {
              name: 'app',
              role: 'main',
              spec: {
                ...(millicores !== undefined && {
                  cpuRequestCores: millicores / 1000,
                }),
                ...(mebibytes !== undefined && {
                  memoryRequestBytes: mebibytes * 2 ** 20,
                }),
                ...(gpus > 0 && { gpus: { 'nvidia.com/gpu': gpus } }),
              },
            },
          ],
        },
      );
      return hasReplicas ? { ...rest, replicas } : rest;
    }),
  fc
    .record({
      name: fc.constantFrom('data', 'logs'),
      bytes: fc.option(fc.nat(), { nil: undefined }),
    })
    .map(({ name, bytes }) => ({
      type: 'volume' as const,
      namespace: 'shop',
      name,
      ...(bytes !== undefined && { bytes }),
    })),
  fc.constantFrom('a.yaml', 'b.yaml').map(name => ({
    type: 'unpriced' as const,
    name,
    said: { message: 'It is a template.' },
    content: name,
  })),
);
const parts = fc.array(part, { maxLength: 6 });

describe('compareManifestCosts, always', () => {
  it('has a difference that is after − before at one load, and the sum of its rows, to the micro', () => {
    fc.assert(
      fc.property(parts, parts, (before, after) => {
        const costs = compareManifestCosts({ before, after, prices: bookOf() });
        for (const edge of ['min', 'max'] as const) {
          const sum = (of: Array<bigint | undefined>) =>
            of.reduce<bigint>((all, each) => all + (each ?? 0n), 0n);
          expect([
            sum(costs.rows.map(row => row.before?.monthly[edge])),
            sum(costs.rows.map(row => row.after?.monthly[edge])),
            sum(costs.rows.map(row => row.difference?.[edge])),
          ]).toEqual([
            costs.before?.[edge],
            costs.after[edge],
            costs.difference?.[edge],
          ]);
        }
        for (const row of costs.rows) {
          const [fewest, most] = (['min', 'max'] as const).map(
            edge =>
              (row.after?.monthly[edge] ?? 0n) -
              (row.before?.monthly[edge] ?? 0n),
          );
          const isRising = fewest <= most;
          expect(row.difference).toEqual({
            min: isRising ? fewest : most,
            max: isRising ? most : fewest,
          });
        }
      }),
    );
  });

  it('never takes what is not known for nothing', () => {
    fc.assert(
      fc.property(parts, after => {
        const costs = compareManifestCosts({
          before: [],
          after,
          prices: bookOf(),
        });
        const isOpen = costs.rows.some(
          row => (row.after?.unknown.length ?? 0) > 0,
        );
        expect(costs.afterOpen).toBe(isOpen);
        expect(costs.differenceOpen.above).toBe(isOpen);
        expect(costs.unknownCount > 0).toBe(isOpen);
        for (const each of after) {
          const silent =
            each.type === 'unpriced' ||
            (each.type === 'volume' && each.bytes === undefined) ||
            (each.type === 'workload' && each.replicas === undefined);
          expect(silent && !isOpen).toBe(false);
        }
      }),
    );
  });

  it('does not mind the order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(part, {
          selector: p =>
            JSON.stringify([
              p.type,
              p.type === 'workload' ? p.facts.name : p.name,
            ]),
        }),
        after => {
          const of = (each: GuardedPart[]) =>
            compareManifestCosts({ before: [], after: each, prices: bookOf() });
          expect(of([...after].reverse())).toEqual(of(after));
        },
      ),
    );
  });
});
