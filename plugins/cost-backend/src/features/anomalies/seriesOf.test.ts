import { addDays, eachDay } from '@headroom/common';
import { Calendar } from '../../core/Calendar';
import { serviceSeries, teamSeries } from './seriesOf';

const READ_FROM = '2026-10-01';
const TODAY = '2026-11-15';
const calendar = Calendar.create({ zone: 'UTC' });
const read = new Map(eachDay(READ_FROM, TODAY).map(day => [day, 24]));

function seriesFrom(first: string, clusters = [1]) {
  return serviceSeries(
    {
      entityRef: `component:default/from-${first}`,
      ownerRefs: ['group:default/shop'],
      days: new Map(eachDay(first, TODAY).map(day => [day, 1_000_000n])),
      clusters,
    },
    eachDay(READ_FROM, TODAY),
    new Map([
      [1, read],
      [2, new Map([...read].slice(20))],
    ]),
    calendar,
  );
}

describe('a series', () => {
  it.each([
    ['with the first day that was read', 0, false],
    ['a few days later, as a weekly job would', 6, false],
    ['when its cluster was read for a week', 7, true],
  ])('that begins %s', (_, days, isNew) => {
    expect(seriesFrom(addDays(READ_FROM, days)).isNew).toBe(isNew);
  });

  it('that begins anew with another cluster is not new', () => {
    expect(seriesFrom(READ_FROM, [1, 2])).toMatchObject({
      isNew: false,
      anewFrom: addDays(READ_FROM, 20),
    });
  });

  it('goes on over days that a cluster was down, and begins anew after weeks', () => {
    const readUpTo = (days: number) =>
      serviceSeries(
        {
          entityRef: 'component:default/web',
          ownerRefs: [],
          days: new Map([[READ_FROM, 1_000_000n]]),
          clusters: [1, 2],
        },
        eachDay(READ_FROM, TODAY),
        new Map([
          [1, read],
          [2, new Map([...read].slice(0, -days))],
        ]),
        calendar,
      );
    expect(readUpTo(1).anewFrom).toBeUndefined();
    expect(readUpTo(1).days.at(-1)).toMatchObject({ complete: false });
    expect(readUpTo(20).anewFrom).toBeDefined();
  });

  it('of a team is new when all of its services are', () => {
    const old = seriesFrom(READ_FROM);
    const young = seriesFrom(addDays(READ_FROM, 30));
    const groups = [{ groupRef: 'group:default/shop', parents: [] }];
    const teamOf = (...all: Array<typeof old>) =>
      teamSeries(
        all.map(series => ({ series, ownerRefs: ['group:default/shop'] })),
        groups,
      )[0].isNew;
    expect(teamOf(old, young)).toBe(false);
    expect(teamOf(young)).toBe(true);
  });
});
