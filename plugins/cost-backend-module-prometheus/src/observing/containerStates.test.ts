import { HourWindow } from '../reading/HourWindow';
import {
  end,
  hourly,
  START,
  START_SECONDS,
} from '../__testUtils__/fakePrometheus';
import { ContainerStates } from './containerStates';

const web = { namespace: 'shop', pod: 'web-1', container: 'web' };
const HOURS = 3;

/** States of `web` in three hours, from series of these parts. */
function statesOf(
  ...parts: Array<
    [
      part: string,
      labels: Record<string, string>,
      ...values: Array<number | undefined>,
    ]
  >
) {
  const states = ContainerStates.read(
    HourWindow.create(START, end(HOURS)),
    parts.map(([part, labels, ...values]) => {
      const { metric, values: samples } = hourly(
        { headroom_part: part, ...labels },
        ...values,
      );
      return {
        labels: metric,
        samples: samples.map(([at, value]): [number, number] => [
          at,
          Number(value),
        ]),
      };
    }),
  );
  return [0, 1, 2].map(hour => states.state(web, hour, true));
}

describe('ContainerStates', () => {
  it('reads limits, image and start', () => {
    const [first, second] = statesOf(
      ['limit', { ...web, resource: 'cpu' }, 2, 4],
      ['limit', { ...web, resource: 'memory' }, 1024, 1024],
      ['image', { ...web, image: 'shop/web:1' }, 1],
      ['image', { ...web, image: 'shop/web:2' }, undefined, 1],
      ['started', web, undefined, START_SECONDS + 4000],
    );
    expect(first).toMatchObject({
      cpuLimitCores: 2,
      memoryLimitBytes: 1024,
      image: 'shop/web:1',
      specKnown: true,
      startedAt: undefined,
    });
    expect(second).toMatchObject({
      cpuLimitCores: 4,
      image: 'shop/web:2',
      startedAt: '2026-03-02T11:06:40.000Z',
    });
  });

  it('knows no spec when limits are reported of nothing', () => {
    expect(statesOf()[0].specKnown).toBeUndefined();
    const other = { ...web, pod: 'api-1' };
    const [known] = statesOf(['limit', { ...other, resource: 'cpu' }, 1]);
    expect(known).toMatchObject({ specKnown: true, cpuLimitCores: undefined });
  });

  it('counts a kill in the hour it happened, not as long as it is remembered', () => {
    const [before, killed, after] = statesOf(
      ['counts-restarts', {}, 40, 40, 40],
      ['restarts', web, undefined, 2],
      ['oom', web, undefined, 1, 1],
    );
    expect(before).toMatchObject({ restarts: 0, oomKills: 0 });
    expect(killed).toMatchObject({ restarts: 2, oomKills: 2 });
    expect(after).toMatchObject({ restarts: 0, oomKills: 0 });
  });

  it('counts kills of child processes, which restart nothing', () => {
    const [first] = statesOf(
      ['counts-restarts', {}, 40],
      ['oom-events', web, 3],
    );
    expect(first).toMatchObject({ restarts: 0, oomKills: 3 });
  });

  it('does not take silence for no kills', () => {
    expect(statesOf(['oom', web, 1])[0]).toMatchObject({
      restarts: undefined,
      oomKills: undefined,
    });
    expect(statesOf()[0]).toMatchObject({
      restarts: undefined,
      oomKills: undefined,
    });
  });

  it('keeps the throttled share between 0 and 1', () => {
    const [first, second, third] = statesOf(['throttled', web, 0.25, 1.2]);
    expect(first.throttledShare).toBe(0.25);
    expect(second.throttledShare).toBe(1);
    expect(third.throttledShare).toBeUndefined();
  });
});
