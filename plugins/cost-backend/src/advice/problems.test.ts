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
