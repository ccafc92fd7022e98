import { podScrapes } from './podScrapes';

const ksm = { job: 'ksm', instance: 'a' };

/** What is seen of scrapes every 30 s at instants so many seconds apart. */
function seen(step: number, labels = ksm, phase = 7, to = 3600) {
  const samples: Array<[number, number]> = [];
  for (let at = step; at <= to; at += step) {
    samples.push([at, Math.floor((at - phase) / 30) * 30 + phase]);
  }
  return { labels, samples };
}

describe('podScrapes', () => {
  it('are those of nodes where the same scrapes tell of both', () => {
    expect(podScrapes([seen(10)], [seen(300)], 300)).toEqual([seen(10)]);
    const other = { ...ksm, instance: 'b' };
    expect(
      podScrapes([seen(10), seen(10, other, 9)], [seen(300)], 300),
    ).toEqual([seen(10)]);
    expect(podScrapes([seen(10)], [], 300)).toEqual([]);
    const short = seen(10, other, 7, 290);
    expect(podScrapes([short, seen(10)], [seen(300)], 300)).toEqual([
      short,
      seen(10),
    ]);
  });

  it('are unknown where another tells of pods, at other times, or not always', () => {
    const other = { ...ksm, instance: 'b' };
    expect(podScrapes([seen(10)], [seen(300, other)], 300)).toBeUndefined();
    expect(podScrapes([seen(10)], [seen(300, ksm, 8)], 300)).toBeUndefined();
    const ended = seen(300, ksm, 7, 1800);
    expect(podScrapes([seen(10)], [ended], 300)).toBeUndefined();
  });
});
