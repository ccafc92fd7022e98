import { HourWindow } from './HourWindow';
import { ScrapeClock } from './ScrapeClock';

const start = new Date('2026-03-02T10:00:00Z');
const hours = (count: number) =>
  HourWindow.create(start, new Date(start.getTime() + count * 3_600_000));

/** What a target said, every so many seconds from one second to another. */
function target(instance: string, every: number, from: number, to: number) {
  const samples: Array<[number, number]> = [];
  for (let at = from; at <= to; at += every) {
    samples.push([start.getTime() / 1000 + at, 1]);
  }
  return { labels: { job: 'ksm', instance, node: 'node-1' }, samples };
}

describe('ScrapeClock', () => {
  it('knows an hour that was scraped throughout, at any pace', () => {
    for (const every of [5, 15, 30, 33, 60, 90, 120]) {
      const clock = ScrapeClock.read(hours(1), [
        target('a', every, -900, 3600),
      ]);
      expect(clock.scrapedSeconds(0)).toBe(3600);
      expect(clock.stretches()).toEqual([
        { from: 0, to: 1, spacingSeconds: every },
      ]);
    }
  });

  it('unites those that take turns, and those that overlap', () => {
    const turns = [target('a', 30, -900, 1800), target('b', 30, 1815, 3600)];
    expect(ScrapeClock.read(hours(1), turns).scrapedSeconds(0)).toBe(3600);
    const overlap = [target('a', 30, -900, 1860), target('b', 30, 1795, 3600)];
    expect(ScrapeClock.read(hours(1), overlap).scrapedSeconds(0)).toBe(3600);
  });

  it('counts a gap of both, and none of one', () => {
    const gaps = [
      target('a', 30, -900, 600),
      target('a', 30, 1200, 3600),
      target('b', 30, -895, 900),
      target('b', 30, 1505, 3600),
    ];
    // From 875 on, until half a minute before 1200.
    expect(ScrapeClock.read(hours(1), gaps).scrapedSeconds(0)).toBe(
      3600 - (1170 - 875),
    );
  });

  it('parts hours of another pace', () => {
    const clock = ScrapeClock.read(hours(4), [
      {
        ...target('a', 60, -900, 7200),
        samples: [
          ...target('a', 60, -900, 7200).samples,
          ...target('a', 30, 7230, 4 * 3600).samples,
        ],
      },
    ]);
    expect(clock.stretches()).toEqual([
      { from: 0, to: 2, spacingSeconds: 60 },
      { from: 2, to: 4, spacingSeconds: 30 },
    ]);
  });

  it('leaves hours out in which nothing was scraped', () => {
    const clock = ScrapeClock.read(hours(3), [
      target('a', 30, -900, 3600),
      target('a', 30, 7230, 10_800),
    ]);
    expect(clock.scrapedSeconds(1)).toBe(0);
    expect(clock.stretches().map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(ScrapeClock.read(hours(1), []).stretches()).toEqual([]);
  });

  it('takes the configured pace', () => {
    const clock = ScrapeClock.read(hours(1), [target('a', 30, -900, 3600)], 60);
    expect(clock.stretches()[0].spacingSeconds).toBe(60);
  });

  it('takes a late scrape for late', () => {
    const late = target('a', 30, -900, 3600);
    late.samples[60][0] += 12;
    expect(ScrapeClock.read(hours(1), [late]).scrapedSeconds(0)).toBe(3600);
  });
});
