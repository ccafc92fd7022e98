import { NodeRecord } from './nodes';
import { staysOf } from './nodeStays';

const GIB = 2 ** 30;
const SMALL = { cpu: 8, memory: 32 * GIB };
const LARGE = { cpu: 16, memory: 64 * GIB };
const typed = (type: string) => ({
  node_kubernetes_io_instance_type: type,
});

function record(more: Partial<NodeRecord> = {}): NodeRecord {
  return {
    seconds: [3600],
    labels: [[{ labels: typed('m5.2xlarge'), count: 120, atEnd: true }]],
    addresses: new Set(),
    capacity: [SMALL],
    lowest: [],
    highest: [],
    mean: [],
    ...more,
  };
}

/** The small machine for so much of the time, then the large one. */
const grown = (share: number, labels?: NodeRecord['labels']) =>
  record({
    capacity: [LARGE],
    lowest: [SMALL],
    highest: [LARGE],
    mean: [
      {
        cpu: 16 - 8 * share,
        memory: (64 - 32 * share) * GIB,
      },
    ],
    labels: labels ?? [
      [
        { labels: typed('m5.2xlarge'), count: 40 },
        { labels: typed('m5.4xlarge'), count: 80, atEnd: true },
      ],
    ],
  });

describe('staysOf', () => {
  it('is one machine whose capacity stays', () => {
    expect(staysOf(record(), 0, 3600)).toEqual([
      { seconds: 3600, capacity: SMALL, labels: typed('m5.2xlarge') },
    ]);
  });

  it('parts the hour where a larger machine takes over the name', () => {
    const [earlier, later] = staysOf(grown(0.25), 0, 3600);
    expect(earlier.seconds).toBeCloseTo(900, 6);
    expect(earlier).toMatchObject({
      capacity: SMALL,
      labels: typed('m5.2xlarge'),
    });
    expect(later.seconds).toBeCloseTo(2700, 6);
    expect(later).toMatchObject({
      capacity: LARGE,
      labels: typed('m5.4xlarge'),
    });
  });

  it('parts it by capacity where labels say nothing', () => {
    const stays = staysOf(grown(0.5, []), 0, 3000);
    expect(stays.map(({ seconds }) => Math.round(seconds))).toEqual([
      1500, 1500,
    ]);
    expect(stays.map(({ capacity }) => capacity.cpu)).toEqual([8, 16]);
  });

  it('does not part it for what a kernel keeps back', () => {
    const less = { ...SMALL, memory: 31.9 * GIB };
    const stays = staysOf(
      record({
        lowest: [{ memory: less.memory }],
        highest: [{ memory: SMALL.memory }],
        mean: [{ memory: 31.95 * GIB }],
      }),
      0,
      3600,
    );
    expect(stays).toHaveLength(1);
  });

  it('puts together what several exporters say of one machine', () => {
    const stays = staysOf(
      record({
        labels: [
          [
            { labels: {}, count: 500, atEnd: true },
            { labels: typed('m5.2xlarge'), count: 10 },
            { labels: { topology_kubernetes_io_zone: 'a' }, count: 5 },
          ],
        ],
      }),
      0,
      3600,
    );
    expect(stays[0].labels).toEqual({
      ...typed('m5.2xlarge'),
      topology_kubernetes_io_zone: 'a',
    });
  });

  it('is empty when no capacity is known', () => {
    expect(staysOf(record({ capacity: [] }), 0, 3600)).toEqual([]);
  });
});
