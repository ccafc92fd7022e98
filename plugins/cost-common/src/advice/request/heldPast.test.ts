import { heldLevel, heldPastOf } from './heldPast';
import { heldLevels } from './heldLevels';
import { MEMORIES } from '../appetites';
import { CpuDay } from './types';
import { cpuDayOfSamples } from './cpuDay';

const DAY_MS = 86_400_000;

/** So many days of 0.2 cores with half an hour of 2 at each moment, in minutes from the start. */
function daysWithPeaksAt(count: number, moments: number[]): CpuDay[] {
  const perDay = 288;
  const samples = new Float64Array(count * perDay).fill(0.2);
  for (const moment of moments) {
    // Five-minute means: what fills a part of one shows as that part.
    for (let minute = moment; minute < moment + 30; minute++) {
      samples[Math.floor(minute / 5)] += 1.8 / 5;
    }
  }
  return Array.from({ length: count }, (_, day) => {
    const from = day * perDay;
    const own = samples.slice(from, from + perDay);
    return {
      ...cpuDayOfSamples(own),
      held: heldLevels(day * DAY_MS, own, 300, samples.slice(0, from)),
    };
  });
}

/** Days of 0.2 cores with an hour of so much from the slot on; `null` = no such day. */
function daysOf(
  peaks: Array<number | null>,
  fromSlot: (day: number) => number = () => 108,
  startOf: (day: number) => number = day => day * DAY_MS,
): CpuDay[] {
  return peaks.flatMap((cores, day) => {
    const samples = new Float64Array(288).fill(0.2);
    const from = fromSlot(day);
    samples.fill(cores ?? 0, from, from + 12);
    return cores === null
      ? []
      : [
          {
            ...cpuDayOfSamples(samples),
            held: heldLevels(startOf(day), samples, 300),
          },
        ];
  });
}
const CORES: Record<string, number | null> = { '#': 2, '.': 0.2, ' ': null };
const of = (text: string) => [...text].map(char => CORES[char]);
const level = (days: CpuDay[], appetite: keyof typeof MEMORIES) =>
  heldLevel(heldPastOf(days), MEMORIES[appetite]).level;
const EACH = ['dev', 'standard', 'critical'] as const;

describe('what was held for half an hour', () => {
  it.each([
    ['came back a week later', '#......#......', [2, 2, 2]],
    ['and stayed away a week', '#......#.......', [0.2, 2, 2]],
    ['and eleven days', '#......#..........', [0.2, 2, 2]],
    ['and fourteen', '#......#.............', [0.2, 0.2, 2]],
    ['and fifteen', '#......#..............', [0.2, 0.2, 0.2]],
    ['came back after two weeks', '#......#.............#......', [2, 2, 2]],
    ['came once', '.......#.......', [0.2, 0.2, 2]],
    ['once, over a week ago', '.......#........', [0.2, 0.2, 2]],
    ['came back after six days', '.......#.....#', [0.2, 0.2, 2]],
    ['with days that are not known between', '#  .   #  . ..', [2, 2, 2]],
  ])(
    'counts for each appetite as it should when it %s',
    (_, text, expected) => {
      const days = daysOf(of(text));
      expect(EACH.map(each => level(days, each))).toEqual(expected);
    },
  );

  it.each([
    ['an hour later', 120, 2],
    ['an hour earlier', 96, 2],
    ['three hours later', 144, 0.2],
  ])('comes back when it comes %s', (_, slot, expected) => {
    const days = daysOf(of('#......#'), day => (day === 7 ? slot : 108));
    expect(level(days, 'dev')).toBe(expected);
  });

  it.each([
    ['at that minute', '13:50', '13:50'],
    ['some minutes later', '13:50', '14:05'],
    ['some minutes earlier', '14:05', '13:50'],
    ['within a sample', '13:52', '14:03'],
    ['across midnight', '23:45', '23:45'],
    ['across midnight, some minutes later', '23:35', '23:50'],
    ['across midnight, some minutes earlier', '24:10', '23:50'],
    ['before midnight instead of after it', '24:05', '23:25'],
    ['after midnight instead of before it', '23:20', '24:10'],
  ])('counts from its second time on: %s', (_, first, second) => {
    const at = (day: number, time: string) => {
      const [hours, minutes] = time.split(':').map(Number);
      return day * 1440 + hours * 60 + minutes;
    };
    const moments = [at(2, first), at(9, second)];
    const days = daysWithPeaksAt(14, moments);
    const held = heldPastOf(days);
    const seen = Math.floor((moments[1] + 29) / 1440) + 1;
    for (const appetite of EACH) {
      expect(heldLevel(held, MEMORIES[appetite], seen)).toMatchObject({
        level: expect.closeTo(2, 9),
        day: seen - 1,
        weekly: true,
      });
    }
    expect(heldLevel(held, MEMORIES.dev, seen - 1).level).toBeCloseTo(0.2, 9);
  });

  it('comes back over the days on which clocks change', () => {
    const at = (day: number) => day * DAY_MS - (day > 3 ? 3_600_000 : 0);
    expect(level(daysOf(of('#......#'), undefined, at), 'dev')).toBe(2);
  });

  it.each([
    ['the higher of two as high', [2, 1.7], 2],
    ['the lower of two that differ', [2, 1.5], 1.5],
  ])('is %s', (_, [first, second], expected) => {
    const days = daysOf([first, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, second]);
    expect(level(days, 'dev')).toBe(expected);
  });

  it('is what it was last, of a load that falls', () => {
    const week = [0.2, 0.2, 0.2, 0.2, 0.2, 0.2];
    const days = daysOf([2, ...week, 1.8, ...week, 1.6, ...week]);
    const falling = heldPastOf(days, 'last');
    expect(heldLevel(falling, MEMORIES.dev)).toEqual({
      level: 1.6,
      day: 14,
      weekly: true,
    });
    expect(level(days, 'dev')).toBe(2);
  });

  it('is seen in as many days as are looked at', () => {
    const held = heldPastOf(daysOf(of('#......#......')));
    expect(heldLevel(held, MEMORIES.dev, 7).level).toBe(0);
    expect(heldLevel(held, MEMORIES.dev, 8).level).toBe(2);
  });

  it('is nothing where the order of samples is not known', () => {
    const days = daysOf(of('#......#')).map(({ held, ...day }) => day);
    expect(level(days, 'critical')).toBe(0);
  });
});
