import { part } from '../__testUtils__/fakeAnswers';
import { HourWindow } from '../reading/HourWindow';
import { StorageSeries } from './storageSeries';

const START = new Date('2026-03-02T10:00:00Z');
const window = HourWindow.create(
  START,
  new Date(START.getTime() + 2 * 3_600_000),
);
const AT = START.getTime() / 1000 + 3600;

const ALL = [
  'claims',
  'claim-phases',
  'claim-volumes',
  'bound',
  'mounts',
  'mounts-readonly',
  'volume-sizes',
  'volume-phases',
  'volume-classes',
];

/** Counts of the first hour of the window. */
const read = (parts: string[]) =>
  StorageSeries.read(
    window,
    parts.map(name =>
      part(name === 'mount' ? name : `counts-${name}`, {}, [AT]),
    ),
  );

const without = (...parts: string[]) =>
  ALL.filter(each => !parts.includes(each));

const NOTHING = { isMounted: false, hasUnclaimed: false };
const EVERYTHING = { isMounted: true, hasUnclaimed: true };

describe('series of storage', () => {
  it.each<[string[], string[]]>([
    [ALL, []],
    [without('claims'), ['no-claims']],
    [
      ['mount', 'mounts'],
      ['no-claims', 'no-volume-classes'],
    ],
    [without('claim-phases'), ['no-claim-phases']],
    [without('claim-volumes', 'bound'), ['no-claim-volumes']],
    [without('mounts'), ['no-mounts']],
    [without('mounts', 'mounts-readonly'), ['no-mounts']],
    [without('volume-sizes'), ['no-volume-sizes']],
    [without('volume-phases'), ['no-volume-phases']],
    [without('volume-classes'), ['no-volume-classes']],
    [
      without('volume-sizes', 'volume-phases', 'volume-classes'),
      ['no-volume-sizes', 'no-volume-classes'],
    ],
  ])('of %j lack %j', (parts, codes) => {
    expect(read(parts).missing(0, EVERYTHING)).toEqual(codes);
    expect(read(parts).missing(1, NOTHING)).toEqual([]);
  });

  it.each([
    ['a cluster without storage', []],
    ['a pod that waits for a claim that is not there', ['mounts']],
    ['claims that nobody mounts', without('mounts', 'mounts-readonly')],
    ['volumes that all have a claim', without('volume-classes')],
    [
      'claims that all wait',
      ['claims', 'claim-phases', 'claim-volumes', 'mounts'],
    ],
  ])('of %s lack nothing', (_, parts) => {
    expect(read(parts).missing(0, NOTHING)).toEqual([]);
  });

  it('may lack mounts where there are claims', () => {
    expect(read(without('mounts')).mayBeUnmounted(0)).toBe(false);
    const none = read(without('mounts', 'mounts-readonly'));
    expect(none.mayBeUnmounted(0)).toBe(true);
    expect(none.mayBeUnmounted(1)).toBe(false);
    expect(read([]).mayBeUnmounted(0)).toBe(false);
  });
});
