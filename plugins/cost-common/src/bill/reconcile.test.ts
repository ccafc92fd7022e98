import fc from 'fast-check';
import { decimalText, DecimalSum } from './Decimal';
import { machineKeyOf } from './machineKey';
import { billOwnerOf, BillOwners } from './ownerOf';
import { MachineBill, reconcileBill } from './reconcile';
import { decimalMicros, roundTogether } from './roundTogether';

const micros = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const refs = fc.constantFrom('', 'component:default/a', 'component:default/b');
const machines: fc.Arbitrary<MachineBill> = fc.record({
  cluster: fc.constantFrom('east', 'west'),
  region: fc.constant('us'),
  capacityType: fc.constantFrom('on-demand', 'spot'),
  micros,
  parts: fc.array(
    fc.record({
      entityRef: refs,
      amount: fc.record({ digits: micros, scale: fc.nat({ max: 24 }) }),
      estimated: micros,
    }),
    { maxLength: 5 },
  ),
});

const part = (entityRef: string, dollars: bigint, estimated: bigint) => ({
  entityRef,
  amount: { digits: dollars, scale: 0 },
  estimated,
});

describe('reconcileBill', () => {
  it('gives what was billed to who had it', () => {
    const bill = reconcileBill(
      [
        {
          cluster: 'west',
          region: 'us',
          capacityType: 'on-demand',
          micros: 70_000_000n,
          parts: [
            part('component:default/a', 42n, 60_000_000n),
            part('component:default/b', 21n, 30_000_000n),
            part('', 5n, 10_000_000n),
          ],
        },
        {
          cluster: 'gone',
          region: 'us',
          capacityType: 'spot',
          micros: 5n,
          parts: [],
        },
      ],
      [
        { entityRef: 'component:default/b', micros: 4_000_000n },
        { entityRef: '', micros: 7n },
      ],
    );
    expect(bill).toEqual({
      services: [
        {
          entityRef: 'component:default/a',
          machines: 42_000_000n,
          estimated: 60_000_000n,
          direct: 0n,
        },
        {
          entityRef: 'component:default/b',
          machines: 21_000_000n,
          estimated: 30_000_000n,
          direct: 4_000_000n,
        },
      ],
      idle: 5_000_000n,
      // Two dollars of machines that nobody had.
      notAllocated: 2_000_012n,
    });
  });

  it('leaves no micro to nobody that rounding alone made', () => {
    const third = { digits: 333_333_333_333n, scale: 12 };
    const parts = ['a', 'b', 'c'].map(name => ({
      entityRef: name,
      amount: third,
      estimated: 1n,
    }));
    const kind = { cluster: 'west', region: 'us', capacityType: 'spot' };
    expect(
      reconcileBill([{ ...kind, micros: 1_000_001n, parts }], []),
    ).toMatchObject({ notAllocated: 0n });
    expect(
      reconcileBill([{ ...kind, micros: 1_000_003n, parts }], []),
    ).toMatchObject({ notAllocated: 3n });
  });

  it('sums to the bill, whatever the parts are', () => {
    fc.assert(
      fc.property(
        fc.array(machines),
        fc.array(fc.record({ entityRef: refs, micros })),
        (all, direct) => {
          const { services, idle, notAllocated } = reconcileBill(all, direct);
          const billed = [...all, ...direct].reduce(
            (sum, each) => sum + each.micros,
            0n,
          );
          const given = services.reduce(
            (sum, each) => sum + each.machines + each.direct,
            idle + notAllocated,
          );
          expect(given).toBe(billed);
          expect(services.map(({ entityRef }) => entityRef)).not.toContain('');
        },
      ),
    );
  });
});

describe('roundTogether', () => {
  const decimals = fc.array(
    fc.record({
      digits: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
      scale: fc.nat({ max: 24 }),
    }),
  );

  it('sums to the rounded sum, each within a micro of its own', () => {
    fc.assert(
      fc.property(decimals, all => {
        const sum = DecimalSum.create();
        all.forEach(each => sum.add(each));
        const rounded = roundTogether(all);
        expect(rounded.reduce((a, b) => a + b, 0n)).toBe(
          decimalMicros(sum.value),
        );
        all.forEach((each, index) => {
          const off = rounded[index] - decimalMicros(each);
          expect(off >= -1n && off <= 1n).toBe(true);
        });
      }),
    );
  });

  it('gives the micro that is missing to who lost most, and none to whole amounts', () => {
    const amounts = [
      { digits: 3n, scale: 7 },
      { digits: 1n, scale: 6 },
      { digits: 7n, scale: 7 },
    ];
    expect(roundTogether(amounts)).toEqual([0n, 1n, 1n]);
    expect(decimalText(amounts[0])).toBe('0.0000003');
  });
});

describe('machineKeyOf', () => {
  it.each([
    ['aws:///us-west-2a/i-0abc123', 'i-0ABC123'],
    ['aws:///us-west-2a/i-0abc', 'arn:aws:ec2:us-west-2:1:instance/i-0abc'],
    [
      'azure:///subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/virtualMachineScaleSets/pool/virtualMachines/3',
      '/subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachinescalesets/pool',
    ],
    [
      'gce://proj/europe-west1-b/node-1',
      '//compute.googleapis.com/projects/proj/zones/europe-west1-b/instances/node-1',
    ],
  ])('knows the node %s on the bill as %s', (node, resource) => {
    expect(machineKeyOf(node)).not.toBe('');
    expect(machineKeyOf(resource)).toBe(machineKeyOf(node));
  });

  it.each(['', 'vol-0abc', 'kind://docker/a/node', 'arn:aws:s3:::i-0abc'])(
    'knows that %j is no machine',
    id => expect(machineKeyOf(id)).toBe(''),
  );
});

describe('billOwnerOf', () => {
  const item = {
    provider: 'AWS',
    billingAccount: '1',
    subAccount: '2',
    service: 'Amazon RDS',
    resourceId: 'db-1',
    tags: { application: 'Web', team: 'shop' },
  };
  const refs2 = ['component:default/web', 'resource:default/orders-db'];
  const owners: BillOwners = {
    rules: [],
    tags: ['service', 'application'],
    namedBy: () => [],
    servicesOf: name => refs2.filter(ref => ref.endsWith(`/${name}`)),
    isService: ref => refs2.includes(ref),
  };

  it('is who the tag names', () => {
    expect(billOwnerOf(item, owners)).toBe('component:default/web');
    expect(billOwnerOf({ ...item, tags: { team: 'web' } }, owners)).toBe(
      undefined,
    );
  });

  it('is nobody where two services have the name', () => {
    const servicesOf = () => ['component:a/web', 'component:b/web'];
    expect(billOwnerOf(item, { ...owners, servicesOf })).toBe(undefined);
  });

  it('is who names its resource, unless a tag tells or several do', () => {
    const namedBy = (id: string) =>
      id === 'db-1' ? ['resource:default/orders-db'] : [];
    const tagged = { ...item, resourceId: 'DB-1' };
    const named = { ...tagged, tags: {} };
    expect(billOwnerOf(named, { ...owners, namedBy })).toBe(
      'resource:default/orders-db',
    );
    expect(billOwnerOf(tagged, { ...owners, namedBy })).toBe(
      'component:default/web',
    );
    expect(billOwnerOf(named, { ...owners, namedBy: () => refs2 })).toBe(
      undefined,
    );
    expect(
      billOwnerOf(named, {
        ...owners,
        namedBy,
        rules: [{ entityRef: 'component:default/web', subAccount: '2' }],
      }),
    ).toBe('component:default/web');
  });

  it('is who the first rule that fits says, before tags', () => {
    const rules = [
      { entityRef: 'component:default/web', subAccount: '3' },
      {
        entityRef: 'Resource:default/orders-db',
        service: 'amazon rds',
        tag: { key: 'team', value: 'shop' },
      },
    ];
    expect(billOwnerOf(item, { ...owners, rules })).toBe(
      'resource:default/orders-db',
    );
  });
});
