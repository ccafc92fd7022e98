import { part } from '../__testUtils__/fakeAnswers';
import { HourWindow } from '../reading/HourWindow';
import { NodeRecord } from './nodes';
import { PodRecord } from './pods';
import { RequestTable } from './requests';
import {
  readClusterNames,
  reportSeveralClusters,
  severalClusters,
} from './severalClusters';
import { Problems } from '../reading/Problems';

const START = new Date('2026-03-02T10:00:00Z');
const window = HourWindow.create(START, new Date('2026-03-02T11:00:00Z'));
const at = (seconds: number) => START.getTime() / 1000 + seconds;

/** Seconds in which a cluster of these labels told of nodes. */
const cluster = (labels: Record<string, string>, seconds = 3600) => ({
  ...part('clusters', labels),
  samples: [[at(3600), seconds]] as Array<[number, number]>,
});

/** Seconds of each slot that `shop/web-1` held a place on a node. */
const place = (node: string, slots: number[]) => ({
  ...part('place', { namespace: 'shop', pod: 'web-1', node }),
  samples: slots.map((seconds, slot): [number, number] => [
    at(300 * (slot + 1)),
    seconds,
  ]),
});

const web: PodRecord = {
  namespace: 'shop',
  pod: 'web-1',
  places: new Map([
    ['n1', [3600]],
    ['n2', [3600]],
  ]),
  labels: [],
};

const severalOf = (
  {
    clusters = [],
    places = [],
    twice = [],
  }: {
    clusters?: ReturnType<typeof cluster>[];
    places?: ReturnType<typeof place>[];
    twice?: number[];
  },
  n1: Pick<NodeRecord, 'twice'> = { twice },
) =>
  severalClusters(
    {
      clusters: readClusterNames(window, clusters),
      nodes: new Map([['n1', n1]]),
      pods: { pods: new Map([['web', web]]) },
      requests: RequestTable.read(window, places),
    },
    0,
  );

/** What is told, in English. */
const signsOf = (...asked: Parameters<typeof severalOf>) => {
  const several = severalOf(...asked);
  const textOf = ({ message }: { message: string }) => message;
  return (
    several && {
      ...several,
      signs: several.signs.map(textOf),
      brief: several.brief.map(textOf),
    }
  );
};

const all = (seconds: number) => Array<number>(12).fill(seconds);

describe('severalClusters', () => {
  it('are told by a label that names two at once', () => {
    expect(
      signsOf({
        clusters: [
          cluster({ prometheus: 'a', k8s_cluster_name: 'east' }),
          cluster({ prometheus: 'b', k8s_cluster_name: 'west' }),
        ],
      }),
    ).toEqual({
      signs: ['k8s_cluster_name is east and west'],
      brief: [],
      label: 'k8s_cluster_name',
    });
  });

  it('are not told by one that changes, nor by two Prometheus', () => {
    const changing = [
      cluster({ cluster: 'a' }, 1830),
      cluster({ cluster: 'b' }, 1800),
    ];
    expect(signsOf({ clusters: changing })).toBe(undefined);
    const copies = [cluster({ prometheus: 'a' }), cluster({ prometheus: 'b' })];
    expect(signsOf({ clusters: copies })).toBe(undefined);
    expect(signsOf({ clusters: copies, twice: [3600] })?.label).toBe(
      'prometheus',
    );
  });

  it('are told by a node that is two machines for longer than a takeover', () => {
    expect(signsOf({ twice: [3600] })?.signs).toEqual([
      'node n1 is two machines',
    ]);
    expect(signsOf({ twice: [60] })).toBe(undefined);
  });

  it('are told by a pod in two places at once', () => {
    expect(
      signsOf({ places: [place('n1', all(300)), place('n2', all(300))] }),
    ).toEqual({
      signs: ['pod shop/web-1 runs on n1 and n2'],
      brief: [],
      label: 'cluster',
    });
  });

  it('may be what is together for some minutes, which is said as a remark', () => {
    const cases = [
      {
        clusters: [
          cluster({ cluster: 'a' }, 2100),
          cluster({ cluster: 'b' }, 1800),
        ],
      },
      { twice: [300] },
      {
        places: [
          place('n1', all(300)),
          place('n2', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 300]),
        ],
      },
    ];
    expect(cases.map(each => signsOf(each))).toEqual([
      {
        signs: [],
        brief: ['cluster is a and b (5 minutes)'],
        label: 'cluster',
      },
      {
        signs: [],
        brief: ['node n1 is two machines (5 minutes)'],
        label: 'cluster',
      },
      {
        signs: [],
        brief: ['pod shop/web-1 runs on n1 and n2 (5 minutes)'],
        label: 'cluster',
      },
    ]);
    const problems = Problems.create();
    for (const each of cases) {
      reportSeveralClusters(problems, START.toISOString(), severalOf(each)!);
    }
    const [problem, ...others] = problems.list();
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'told-twice', severity: 'info' });
    expect(problem.message).toContain('node n1 is two machines (5 minutes)');
    expect(problem.message).toContain(
      'headroom.clusters[].prometheus.matchers.cluster',
    );
  });

  it('are not told by a pod that moves', () => {
    const moved = [
      place('n1', [300, 300, 300, 300, 300, 60]),
      place('n2', [0, 0, 0, 0, 0, 300, 300, 300, 300, 300, 300, 300]),
    ];
    expect(signsOf({ places: moved })).toBe(undefined);
  });
});
