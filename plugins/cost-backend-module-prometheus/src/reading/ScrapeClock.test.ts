import { HourWindow } from './HourWindow';
import { ObjectCounts } from './ObjectCounts';
import { ScrapeClock } from './ScrapeClock';

const start = new Date('2026-03-02T10:00:00Z');
const hours = (count: number) =>
  HourWindow.create(start, new Date(start.getTime() + count * 3_600_000));

/** Seconds since 1970, of seconds since the start. */
const time = (seconds: number) => start.getTime() / 1000 + seconds;

/** When a target was scraped, every so many seconds from one second to another. */
function target(
  instance: string,
  every: number,
  from: number,
  to: number,
  kind = 'node',
  more: Record<string, string> = {},
) {
  const samples: Array<[number, number]> = [];
  for (let at = from; at <= to; at += every) {
    samples.push([time(at), time(at)]);
  }
  return {
    kind,
    labels: { job: 'ksm', instance, ...more },
    samples,
  };
}

const read = (
  window: HourWindow,
  said: Array<ReturnType<typeof target>>,
  configured?: number,
) => {
  const of = (wanted: string) => said.filter(({ kind }) => kind === wanted);
  return ScrapeClock.read(
    window,
    { node: of('node'), pod: of('pod') },
    configured,
  );
};

/** How many objects there are at instants 30 s apart. */
function counts(
  part: string,
  count: (at: number) => number | undefined,
  labels: Record<string, string> = {},
) {
  const samples: Array<[number, number]> = [];
  for (let at = 30; at <= 3600; at += 30) {
    const value = count(at);
    if (value !== undefined) {
      samples.push([time(at), value]);
    }
  }
  return { labels: { headroom_part: part, ...labels }, samples };
}

const ofInstance = (instance: string) => ({ job: 'ksm', instance });

describe('ScrapeClock', () => {
  it('knows an hour that was scraped throughout, at any pace', () => {
    for (const every of [5, 15, 30, 33, 60, 90, 120]) {
      const clock = read(hours(1), [target('a', every, -900, 3600)]);
      expect(clock.scraped(0).seconds).toBe(3600);
      expect(clock.stretches()).toEqual([
        { from: 0, to: 1, spacingSeconds: every },
      ]);
    }
  });

  it('unites those that take turns, and those that overlap', () => {
    const turns = [target('a', 30, -900, 1800), target('b', 30, 1815, 3600)];
    expect(read(hours(1), turns).scraped(0).seconds).toBe(3600);
    const overlap = [target('a', 30, -900, 1860), target('b', 30, 1795, 3600)];
    expect(read(hours(1), overlap).scraped(0).seconds).toBe(3600);
  });

  it('names the targets that were silent', () => {
    const failing = target('a', 30, -900, 3600);
    // Every seventh scrape fails.
    failing.samples = failing.samples.filter((_, index) => index % 7 > 0);
    const clock = read(hours(1), [failing, target('b', 30, -900, 3600, 'pod')]);
    expect(clock.scraped(0).silent).toEqual(['a']);
    expect(clock.scraped(0).seconds).toBeLessThan(0.9 * 3600);
    const both = [target('b', 30, -900, 900), target('a', 30, 1800, 3600)];
    expect(read(hours(1), both).scraped(0).silent).toEqual(['a', 'b']);
    const whole = read(hours(1), [target('a', 30, -900, 3600)]);
    expect(whole.scraped(0).silent).toBeUndefined();
  });

  it('counts a gap of both, and none of one', () => {
    const gaps = [
      target('a', 30, -900, 600),
      target('a', 30, 1200, 3600),
      target('b', 30, -895, 900),
      target('b', 30, 1505, 3600),
    ];
    // From 875 on, until half a minute before 1200.
    expect(read(hours(1), gaps).scraped(0).seconds).toBe(3600 - (1170 - 875));
  });

  it('parts hours of another pace', () => {
    const clock = read(hours(4), [
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
    const clock = read(hours(3), [
      target('a', 30, -900, 3600),
      target('a', 30, 7230, 10_800),
    ]);
    expect(clock.scraped(1).seconds).toBe(0);
    expect(clock.stretches().map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(read(hours(1), []).stretches()).toEqual([]);
  });

  it('takes the configured pace', () => {
    const clock = read(hours(1), [target('a', 30, -900, 3600)], 60);
    expect(clock.stretches()[0].spacingSeconds).toBe(60);
  });

  it('takes a late scrape for late', () => {
    const late = target('a', 30, -900, 3600);
    late.samples[60][1] += 12;
    expect(read(hours(1), [late]).scraped(0).seconds).toBe(3600);
  });

  it('sees one scrape in a value that stays the same', () => {
    const slow = target('a', 300, -900, 3600);
    const seen = slow.samples.flatMap(
      ([at, value]): Array<[number, number]> =>
        Array.from({ length: 30 }, (_, index) => [at + index * 10, value]),
    );
    const clock = read(hours(1), [{ ...slow, samples: seen }]);
    expect(clock.scraped(0).seconds).toBe(3600);
    expect(clock.stretches()[0].spacingSeconds).toBe(300);
  });

  it('takes labels of objects that nobody knows for those of one target', () => {
    const rack = (name: string, to: number) =>
      target('a', 30, -900, to, 'node', { rack: name });
    const clock = read(hours(1), [rack('1', 1800), rack('2', 3600)]);
    expect(clock.scraped(0).seconds).toBe(3600);
    expect(clock.doubtful()).toBeUndefined();
  });

  it('takes the pace of whoever is slower, of nodes or of pods', () => {
    const clock = read(hours(1), [
      target('a', 15, -900, 3600),
      target('b', 60, -900, 3600, 'pod'),
    ]);
    expect(clock.stretches()[0].spacingSeconds).toBe(60);
    expect(clock.doubtful()).toBeUndefined();
  });

  it('counts a gap of those who tell of pods', () => {
    const clock = read(hours(1), [
      target('a', 30, -900, 3600),
      target('b', 30, -900, 1800, 'pod'),
    ]);
    expect(clock.scraped(0).seconds).toBe(1800);
  });

  it('has no hours without nodes', () => {
    const clock = read(hours(1), [target('b', 30, -900, 3600, 'pod')]);
    expect(clock.stretches()).toEqual([]);
    expect([clock.tells(0, 'node'), clock.tells(0, 'pod')]).toEqual([
      false,
      true,
    ]);
  });

  describe('where one is silent while another speaks', () => {
    const clock = read(hours(1), [
      target('a', 30, -900, 3600, 'pod'),
      target('b', 30, -900, 900, 'pod'),
      target('b', 30, 2730, 3600, 'pod'),
    ]);
    const silent = (at: number) => at > 930 && at < 2730;
    const scraped = (
      all: (at: number) => number,
      { alone = 50, nodes = (_at: number): number => 4 } = {},
    ) =>
      clock
        .with(
          ObjectCounts.read(
            [
              counts('pod-all', all),
              counts('node-all', nodes),
              ...['a', 'b'].flatMap(instance => {
                const told = (count: number) => (at: number) =>
                  instance === 'b' && silent(at) ? undefined : count;
                return [
                  counts('pod-told', told(50), ofInstance(instance)),
                  counts('pod-alone', told(alone), ofInstance(instance)),
                ];
              }),
            ],
            30,
          ),
        )
        .scraped(0);

    it('asks, and finds a replica by objects that are still told', () => {
      expect(clock.doubtful()).toEqual({ from: 0, to: 1, spacingSeconds: 30 });
      const ending = (at: number) => (at > 1500 ? 10 : 50);
      expect(scraped(ending, { alone: 0 })).toEqual({ seconds: 3600 });
    });

    it('finds a shard by objects that are told no more', () => {
      expect(scraped(at => (silent(at) ? 50 : 100))).toEqual({
        seconds: 3600 - 1770,
        silent: ['b'],
      });
    });

    it('lets another take over from a shard', () => {
      expect(scraped(at => (silent(at) && at < 1530 ? 50 : 100))).toEqual({
        seconds: 3600 - 570,
        silent: ['b'],
      });
    });

    it('lets a target of one node leave with it', () => {
      const seen = scraped(at => (silent(at) ? 50 : 100), {
        nodes: at => (silent(at) ? 1 : 2),
      });
      expect(seen).toEqual({ seconds: 3600 });
    });
  });
});
