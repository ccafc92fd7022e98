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
    unheard: [],
    twice: [],
    labels: [[{ labels: typed('m5.2xlarge'), count: 120, atEnd: true }]],
    addresses: new Set(),
    machines: [],
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

  it('takes the labels of the nearest hour where an hour has none, of its last machine', () => {
    const [only, ...others] = staysOf(
      record({
        labels: [
          [
            { labels: typed('m5.2xlarge'), count: 1800 },
            { labels: typed('m6i.2xlarge'), count: 1800, atEnd: true },
          ],
        ],
      }),
      1,
      3600,
    );
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      seconds: 3600,
      labels: typed('m6i.2xlarge'),
    });
  });
});

describe('machines of one size that labels tell apart', () => {
  const type = typed('m5.2xlarge');
  const karpenter = (capacity: string) => ({
    ...type,
    karpenter_sh_capacity_type: capacity,
  });
  const gkeSpot = { ...type, cloud_google_com_gke_spot: 'true' };
  const os = (system: string) => ({ ...type, kubernetes_io_os: system });
  const autoMode = { ...type, eks_amazonaws_com_compute_type: 'auto' };
  const named = (...firmware: string[]): NodeRecord['machines'] => [
    { provider: new Set(), firmware: new Set(firmware) },
  ];
  /** Seconds and labels; the last set is the one at the end. */
  const said = (
    ...sets: Array<[labels: Record<string, string>, seconds: number]>
  ): NodeRecord['labels'] => [
    sets.map(([labels, count], index) => ({
      labels,
      count,
      atEnd: index === sets.length - 1 || undefined,
    })),
  ];
  const secondsOf = (
    labels: NodeRecord['labels'],
    machines: NodeRecord['machines'] = [],
    rules = {},
  ) =>
    staysOf(record({ labels, machines }), 0, 3600, { rules }).map(stay =>
      Math.round(stay.seconds),
    );

  it.each([
    ['another type', typed('m6i.2xlarge'), type],
    ['spot, then on demand', karpenter('spot'), karpenter('on-demand')],
    ['on demand, then spot', karpenter('on-demand'), karpenter('spot')],
    ['a label of spot that is gone', gkeSpot, type],
    ['Linux, then Windows', os('linux'), os('windows')],
    ['EKS Auto Mode, then not', autoMode, type],
  ])('%s', (_, earlier, later) => {
    const stays = staysOf(
      record({ labels: said([earlier, 900], [later, 2700]) }),
      0,
      3600,
    );
    expect(stays).toEqual([
      { seconds: 900, capacity: SMALL, labels: earlier },
      { seconds: 2700, capacity: SMALL, labels: later },
    ]);
  });

  it('divides the time the node was there', () => {
    const labels = said(
      [karpenter('spot'), 600],
      [karpenter('on-demand'), 600],
    );
    const stays = staysOf(record({ labels }), 0, 1200);
    expect(stays.map(({ seconds }) => seconds)).toEqual([600, 600]);
  });

  it('is one machine whose labels come late', () => {
    expect(secondsOf(said([{}, 30], [type, 30], [gkeSpot, 3540]))).toEqual([
      3600,
    ]);
  });

  it('is another one when firmware says another, though its labels say more', () => {
    const labels = said([type, 1800], [gkeSpot, 1800]);
    expect(secondsOf(labels, named('a', 'b'))).toEqual([1800, 1800]);
    expect(secondsOf(labels, named('a'))).toEqual([3600]);
  });

  it('is the same one when firmware says the same, though a label is gone', () => {
    const labels = said([gkeSpot, 1800], [type, 1800]);
    expect(secondsOf(labels, named('a'))).toEqual([3600]);
    expect(secondsOf(labels, named('a', 'b'))).toEqual([1800, 1800]);
  });

  it('is one machine when exporters say different things of it at a time', () => {
    const labels: NodeRecord['labels'] = [
      [
        { labels: gkeSpot, count: 3600, atEnd: true },
        { labels: type, count: 3600, atEnd: true },
        { labels: {}, count: 3600, atEnd: true },
      ],
    ];
    const stays = staysOf(record({ labels, machines: named('a') }), 0, 3600);
    expect(stays).toEqual([
      { seconds: 3600, capacity: SMALL, labels: gkeSpot },
    ]);
  });

  it('is one machine when exporters contradict each other to the end', () => {
    const labels: NodeRecord['labels'] = [
      [
        { labels: type, count: 3600, atEnd: true },
        { labels: typed('m6i.2xlarge'), count: 1200, atEnd: true },
      ],
    ];
    expect(secondsOf(labels)).toEqual([3600]);
  });

  it('hears an exporter without labels for neither', () => {
    const labels = said([type, 1200], [{}, 3600], [typed('m6i.2xlarge'), 2400]);
    expect(secondsOf(labels)).toEqual([1200, 2400]);
  });

  it('tells them by labels that configuration adds', () => {
    const rules = { spot: [{ label: 'acme.io/life', value: 'short' }] };
    const labels = said(
      [{ ...type, acme_io_life: 'short' }, 1200],
      [{ ...type, acme_io_life: 'long' }, 2400],
    );
    expect(secondsOf(labels, [], rules)).toEqual([1200, 2400]);
    expect(secondsOf(labels)).toEqual([3600]);
  });
});
