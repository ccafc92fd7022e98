import { inventoryProblems } from './problems';

const AT = '2026-03-02T12:00:00.000Z';

it('names objects of others to those who see everything only', () => {
  const said = (seesEverything: boolean) =>
    inventoryProblems(
      ['c1'],
      [
        {
          cluster: 'c1',
          readAt: AT,
          checkedAt: AT,
          unreadable: [
            { kind: 'ScaledObject', reason: 'ScaledObject a/b is broken' },
          ],
        },
      ],
      { now: new Date(AT), seesEverything },
    ).map(({ message }) => message);
  expect(said(true)).toEqual([expect.stringMatching(/known: .* a\/b/)]);
  expect(said(false)).toEqual([expect.stringMatching(/is not known$/)]);
});

it('counts malformed objects, and says that no more than their targets are withheld', () => {
  const unreadable = [1, 2, 3, 4, 5].map(i => ({
    kind: 'ScaledObject',
    object: `a/o${i}`,
    reason: `ScaledObject a/o${i} is odd`,
  }));
  const said = (seesEverything: boolean) =>
    inventoryProblems(
      ['c1'],
      [{ cluster: 'c1', readAt: AT, checkedAt: AT, unreadable }],
      { now: new Date(AT), seesEverything },
    );
  expect(said(true)).toHaveLength(1);
  expect(said(true)[0].message).toMatch(/objects: 5.*a\/o1 is odd.*a\/o3 is/);
  expect(said(true)[0].message).not.toContain('a/o4');
  expect(said(false)[0].message).toMatch(/advice on those is held back$/);
});

it('says which workloads were skipped, and that all others are known', () => {
  const unreadable = ['Deployment', 'Rollout'].map(kind => ({
    kind,
    object: 'a/web',
    reason: `${kind} a/web is odd`,
    target: { namespace: 'a', kind, name: 'web' },
  }));
  const said = (seesEverything: boolean) =>
    inventoryProblems(
      ['c1'],
      [{ cluster: 'c1', readAt: AT, checkedAt: AT, unreadable }],
      { now: new Date(AT), seesEverything },
    );
  expect(said(true)).toMatchObject([{ code: 'workloads-malformed' }]);
  expect(said(true)[0].message).toMatch(
    /objects: 2.*all others are known.*kubectl.*Deployment a\/web is odd; Rollout/,
  );
  expect(said(false)[0].message).not.toContain('a/web');
});

it('says that what limits a namespace could not be read, beside what steers', () => {
  const unreadable = [
    { kind: 'LimitRange', reason: 'may not list limitranges (HTTP 403)' },
    { kind: 'ResourceQuota', reason: 'may not list resourcequotas (HTTP 403)' },
  ];
  const said = inventoryProblems(
    ['c1'],
    [{ cluster: 'c1', readAt: AT, checkedAt: AT, unreadable }],
    { now: new Date(AT), seesEverything: true },
  );
  expect(said).toMatchObject([{ code: 'limits-unreadable' }]);
  expect(said[0].message).toMatch(
    /^LimitRanges and ResourceQuotas of cluster c1 could not be read, .* list limitranges and resourcequotas: may not list limitranges/,
  );
});
