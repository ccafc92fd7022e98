import { bookOf, web } from './__testUtils__/guard';
import { compareManifestCosts } from './compareManifestCosts';
import { GuardedClaims, GuardedPart, GuardedReplicas } from './GuardedPart';

const GIB = 2 ** 30;
/** A month of the pod of one replica, and of its volume of 100 GiB at 0.001 an hour. */
const POD = 18_250_000n;
const VOLUME = 73_000_000n;
const BOOK = bookOf({
  storageClasses: [{ storageClass: 'fast', gibHourPrice: '0.001' }],
});

/** A StatefulSet by default keeps its volumes. */
function database(
  replicas: Partial<GuardedReplicas>,
  claims: Partial<GuardedClaims> = {},
): Extract<GuardedPart, { type: 'workload' }> {
  return {
    ...web(replicas, {
      kind: 'StatefulSet',
      name: 'db',
      volumeClaims: [{ bytes: 100 * GIB, storageClass: 'fast' }],
    }),
    claims: {
      keptWhenScaled: true,
      keptWhenDeleted: true,
      unknown: [],
      ...claims,
    },
  };
}

const fixed = (count: number) => ({ min: count, max: count });

const compare = (before?: GuardedPart, after?: GuardedPart) =>
  compareManifestCosts({
    before: before ? [before] : [],
    after: after ? [after] : [],
    prices: BOOK,
  });

describe('a StatefulSet that is scaled down', () => {
  it.each([0, 1])('to %i still pays for the volumes of all', count => {
    const { rows, after, difference } = compare(
      database(fixed(3)),
      database(fixed(count)),
    );
    const left = BigInt(count) * POD + 3n * VOLUME;
    const saved = BigInt(3 - count) * -POD;
    expect(after).toEqual({ min: left, max: left });
    expect(difference).toEqual({ min: saved, max: saved });
    expect(rows[0].after?.kept?.message).toBe(
      'The volumes of replicas that go are kept and still paid for, as persistentVolumeClaimRetentionPolicy.whenScaled is not Delete.',
    );
  });

  it('saves them where they are deleted, whatever was asked for before', () => {
    const { rows, difference } = compare(
      database(fixed(3)),
      database(fixed(1), { keptWhenScaled: false }),
    );
    const saved = -2n * (POD + VOLUME);
    expect(difference).toEqual({ min: saved, max: saved });
    expect(rows[0].after?.kept).toBeUndefined();
  });

  it('pays at both ends of the range of an autoscaler', () => {
    const { after } = compare(
      database({ min: 2, max: 8 }),
      database({ min: 3, max: 5 }),
    );
    expect(after).toEqual({
      min: 3n * (POD + VOLUME),
      max: 5n * POD + 8n * VOLUME,
    });
  });

  it('pays for those that it claims no more', () => {
    const { facts, ...rest } = database(fixed(2));
    const { volumeClaims: _, ...without } = facts;
    const { after } = compare(database(fixed(2)), { ...rest, facts: without });
    expect(after.max).toBe(2n * (POD + VOLUME));
  });

  it('leaves nothing where nothing changes, whatever could be read', () => {
    const { facts, ...rest } = database(fixed(3), {
      unknown: [{ message: 'no size' }],
    });
    const { volumeClaims: _, ...without } = facts;
    const part = { ...rest, facts: without };
    expect(compare(part, part).rows[0].after?.kept).toBeUndefined();
  });

  it('says once what could not be read of both', () => {
    const unknown = [{ message: 'no size' }];
    const [before, after] = [3, 1].map(count => ({
      ...database(fixed(count), { unknown }),
      unknown,
    }));
    expect(compare(before, after).unknown.map(({ side }) => side)).toEqual([
      'before',
      'after',
    ]);
  });
});

describe('a StatefulSet that is removed', () => {
  it('still pays for its volumes', () => {
    const { rows, after } = compare(database(fixed(3)));
    expect(after).toEqual({ min: 3n * VOLUME, max: 3n * VOLUME });
    expect(rows).toMatchObject([
      { status: 'removed', difference: { min: -3n * POD, max: -3n * POD } },
    ]);
    expect(rows[0].after?.kept?.message).toBe(
      'Its volumes are kept and still paid for when it is removed, as persistentVolumeClaimRetentionPolicy.whenDeleted is not Delete.',
    );
  });

  it('leaves nothing where they are deleted', () => {
    const { rows, after } = compare(
      database(fixed(3), { keptWhenDeleted: false }),
    );
    expect([after.max, rows[0].after]).toEqual([0n, undefined]);
  });

  it.each<[string, Partial<GuardedPart>]>([
    ['how many there were', { replicas: undefined }],
    [
      'how large they are',
      {
        claims: {
          keptWhenScaled: true,
          keptWhenDeleted: true,
          unknown: [{ message: 'no size' }],
        },
      },
    ],
  ])('does not know what it leaves without %s', (_, more) => {
    const part = { ...database(fixed(3)), ...more } as GuardedPart;
    expect(compare(part).afterOpen).toBe(true);
  });
});

it.each([
  ['is new with no replica', undefined, database(fixed(0))],
  ['had no replica', database(fixed(0)), database(fixed(0))],
  ['had no replica and is removed', database(fixed(0)), undefined],
])('a StatefulSet that %s costs nothing', (_, before, after) => {
  const costs = compare(before, after);
  expect(costs.after).toEqual({ min: 0n, max: 0n });
  expect(costs.unknown).toEqual([]);
  expect(costs.rows.every(row => row.after?.kept === undefined)).toBe(true);
});
