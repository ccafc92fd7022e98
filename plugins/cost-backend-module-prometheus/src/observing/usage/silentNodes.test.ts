import { HourWindow } from '../../reading/HourWindow';
import { RequestTable } from '../requests';
import { SeenInHour } from './SeenInHour';
import { silentNodes } from './silentNodes';

const start = new Date('2026-03-02T10:00:00Z');
const window = HourWindow.create(start, new Date('2026-03-02T11:00:00Z'));
const slots = (value: (slot: number) => number) =>
  Array.from({ length: 12 }, (_, slot) => value(slot));
const all = slots(() => 300);

interface World {
  /** Seconds of each slot, by pod: where it was and when it was seen. */
  pods: Record<string, { node: string; placed: number[]; seen?: number[] }>;
  /** By node; absent = nobody says what runs. */
  running?: Record<string, number[]>;
  there?: Record<string, number[]>;
}

function silentIn({ pods, running = {}, there = {} }: World) {
  const series = (part: string, labels: object, values: number[]) => ({
    labels: { headroom_part: part, ...labels },
    samples: values
      .map((value, slot): [number, number] => [
        start.getTime() / 1000 + (slot + 1) * 300,
        value,
      ])
      .filter(([, value]) => value > 0),
  });
  const byNode = (part: string, nodes: Record<string, number[]>) =>
    Object.entries(nodes).map(([node, values]) =>
      series(part, { node }, values),
    );
  const requests = RequestTable.read(window, [
    ...Object.entries(pods).map(([pod, { node, placed }]) =>
      series('place', { namespace: 'shop', pod, node }, placed),
    ),
    ...byNode('running', running),
    ...byNode('node', there),
  ]);
  const seen = SeenInHour.create();
  for (const [pod, { seen: seconds }] of Object.entries(pods)) {
    if (seconds) {
      seen.add('shop', pod, Float64Array.from(seconds));
    }
  }
  const places = Object.keys(pods).map(pod => ({
    pod: { namespace: 'shop', pod, places: new Map(), labels: [] },
    seconds: new Map(),
    listed: new Map(),
  }));
  return silentNodes(0, places, requests, seen);
}

const web = { node: 'a', placed: all, seen: all };
const tenMinutes = slots(slot => (slot < 2 ? 300 : 0));

describe('silentNodes', () => {
  it.each([
    ['said to run', { a: all, b: all }],
    ['seen at some time', undefined],
  ])('are those on which nothing is seen of what is %s', (_, running) => {
    const pods = { web, api: { node: 'b', placed: all, seen: tenMinutes } };
    expect(silentIn({ pods, running })).toEqual([
      { node: 'b', ranSeconds: 3600, seenSeconds: 600 },
    ]);
  });

  it('are those that are never seen', () => {
    const pods = { web, api: { node: 'b', placed: all } };
    expect(silentIn({ pods, running: { a: all, b: all } })).toEqual([
      { node: 'b', ranSeconds: 3600, seenSeconds: 0 },
    ]);
    expect(silentIn({ pods })).toHaveLength(1);
  });

  it('are none while no cAdvisor speaks', () => {
    const pods = {
      web: { ...web, seen: tenMinutes },
      api: { node: 'b', placed: all, seen: tenMinutes },
    };
    expect(silentIn({ pods, running: { a: all, b: all } })).toEqual([]);
  });

  it('are not those on which nothing ran, or which were not there', () => {
    const pods = { web, api: { node: 'b', placed: all } };
    expect(silentIn({ pods, running: { a: all } })).toEqual([]);
    expect(
      silentIn({
        pods,
        running: { a: all, b: all },
        there: { a: all, b: slots(slot => (slot === 0 ? 300 : 0)) },
      }),
    ).toEqual([]);
  });

  it('are not those whose first container is found a little late', () => {
    const late = slots(slot => (slot === 3 ? 180 : Number(slot > 3) * 300));
    const placed = slots(slot => Number(slot > 2) * 300);
    const pods = { web, api: { node: 'b', placed, seen: late } };
    expect(silentIn({ pods, running: { a: all, b: placed } })).toEqual([]);
  });

  it('are not those of which another pod is seen', () => {
    const pods = {
      web,
      api: { node: 'b', placed: all },
      proxy: { node: 'b', placed: all, seen: all },
    };
    expect(silentIn({ pods, running: { a: all, b: all } })).toEqual([]);
  });
});
