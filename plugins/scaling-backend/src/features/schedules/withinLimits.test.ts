import { PlannedAction } from '@headroom/common';
import fc from 'fast-check';
import { withinLimits } from './withinLimits';

const action = (direction: PlannedAction['direction'], key: string) =>
  ({ key, direction } as PlannedAction);

const DOWNS = ['a', 'b', 'c', 'd'].map(key => action('down', key));
const ALL = { matches: 10, today: 0 };

describe('Limits of a policy', () => {
  it('let so many through that take capacity, and all that give it', () => {
    const keys = (actions: readonly PlannedAction[]) =>
      actions
        .flatMap(({ key, overLimit }) => (overLimit ? [] : [key]))
        .join('');
    const mixed = [...DOWNS, action('up', 'u'), action('restore', 'r')];
    expect(keys(withinLimits(mixed, {}, ALL))).toBe('abcdur');
    expect(keys(withinLimits(mixed, { actionsPerRun: 2 }, ALL))).toBe('abur');
    expect(keys(withinLimits(mixed, { percentPerRun: 30 }, ALL))).toBe('abcur');
    expect(keys(withinLimits(mixed, { percentPerRun: 1 }, ALL))).toBe('aur');
    expect(
      keys(withinLimits(mixed, { actionsPerDay: 5 }, { ...ALL, today: 4 })),
    ).toBe('aur');
    expect(
      keys(withinLimits(mixed, { actionsPerDay: 5 }, { ...ALL, today: 9 })),
    ).toBe('ur');
  });

  it('say which one it is', () => {
    const [, , third] = withinLimits(
      DOWNS,
      { actionsPerDay: 6 },
      { ...ALL, today: 4 },
    );
    expect(third.overLimit?.message).toBe(
      'The policy lets 6 actions that take capacity happen in 24 hours, and 4 did; this one waits.',
    );
  });

  it('never hold back what gives capacity', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('down', 'up', 'restore', 'neutral')),
        fc.nat(5),
        fc.nat(20),
        (directions, actionsPerDay, today) => {
          const actions = directions.map((direction, index) =>
            action(direction as PlannedAction['direction'], String(index)),
          );
          const left = withinLimits(
            actions,
            { actionsPerDay: actionsPerDay + 1 },
            { matches: 1, today },
          );
          const gives = (each: PlannedAction) =>
            each.direction === 'up' || each.direction === 'restore';
          expect(left.filter(gives)).toEqual(actions.filter(gives));
          // All of it stays planned, and it is said why some of it waits.
          expect(left.map(({ key }) => key)).toEqual(
            actions.map(({ key }) => key),
          );
        },
      ),
    );
  });
});
