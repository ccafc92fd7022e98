import { intervalFromCount, intervalsOf, secondsSeen } from './scrapes';

function up(job: string, ...times: number[]) {
  return {
    labels: { job },
    samples: times.map((time): [number, number] => [time, 1]),
  };
}

describe('intervalsOf', () => {
  it('is not stretched by an outage and forgives jitter', () => {
    expect(
      intervalsOf([
        up('kubelet', 0, 30.01, 60, 1500, 1529.99, 1560, 1590),
        up('dcgm', 5, 20, 35),
      ]),
    ).toEqual(
      new Map([
        ['kubelet', 30],
        ['dcgm', 15],
      ]),
    );
  });

  it('says nothing of a job it saw too little of', () => {
    expect(intervalsOf([up('kubelet', 0, 30)]).size).toBe(0);
  });
});

describe('intervalFromCount', () => {
  it.each([
    [120, 30],
    [121, 30],
    [119, 30],
    [60, 60],
    [240, 15],
    [12, 300],
  ])('%i samples an hour are one every %i s', (count, interval) => {
    expect(intervalFromCount(count)).toBe(interval);
  });
});

describe('secondsSeen', () => {
  it.each([
    [120, 3600],
    [121, 3600],
    [119, 3600],
    [118, 3540],
    [1, 30],
  ])('%i scrapes are %i s', (count, seconds) => {
    expect(secondsSeen(count, 30)).toBe(seconds);
  });
});
