import { part, series } from '../__testUtils__/fakeAnswers';
import { expectWhole, short, told, toldEach } from '../__testUtils__/findings';
import { OTHER_SERIES, POD_SERIES } from '../series/objectSeries';
import { STORAGE_SERIES } from '../series/storageSeries';
import { CADVISOR_SERIES } from '../series/usageSeries';
import { checkClock as checkClockInWords } from './clock';
import { checkExporters as checkExportersInWords } from './exporters';
import { checkIntervals as checkIntervalsInWords, Samples } from './intervals';
import { checkMatchers as checkMatchersInWords } from './matchers';
import {
  checkObjects as checkObjectsInWords,
  checkUsage as checkUsageInWords,
} from './presence';
import { checkTargets as checkTargetsInWords, readTargets } from './targets';

const checkClock = told(checkClockInWords);
const checkMatchers = told(checkMatchersInWords);
const checkExporters = toldEach(checkExportersInWords);
const checkIntervals = toldEach(checkIntervalsInWords);
const checkObjects = toldEach(checkObjectsInWords);
const checkUsage = toldEach(checkUsageInWords);
const checkTargets = toldEach(checkTargetsInWords);

const WHERE = 'headroom.clusters, prometheus of us-west';

describe('the clock', () => {
  it.each([
    [1000, 'right', /agree/],
    [996, 'right', /agree/],
    [970, 'note', /30 s behind/],
    [1300, 'wrong', /5 min ahead of/],
  ])('of %i s beside ours of 1000 s is %s', (server, severity, sentence) => {
    const finding = checkClock(server, [999.5, 1000.5]);
    expect(finding).toMatchObject({ severity });
    expect(finding.sentence).toMatch(sentence);
    expectWhole([finding]);
  });
});

describe('targets', () => {
  const targets = readTargets([
    part('targets', { job: 'kubelet', metrics_path: '/metrics' }, 3),
    part('targets', { job: 'kubelet', metrics_path: '/metrics/cadvisor' }, 3),
    part('targets', { job: 'other' }, 9),
    part('answering', { job: 'kubelet', metrics_path: '/metrics' }, 3),
    part('answering', { job: 'kubelet', metrics_path: '/metrics/cadvisor' }, 2),
  ]);

  it('that are down are said by job and path, those of others are not', () => {
    const [finding] = checkTargets(targets, new Set(['kubelet']));
    expect(finding).toMatchObject({ severity: 'missing' });
    expect(finding.sentence).toBe(
      "Some targets don't answer their scrapes: 1 of 3 of job kubelet at /metrics/cadvisor.",
    );
  });

  it('are right when all answer, and nothing is said of none', () => {
    expect(
      short(checkTargets(targets.slice(0, 1), new Set(['kubelet']))),
    ).toEqual(['right targets']);
    expect(checkTargets(targets, new Set(['none']))).toEqual([]);
    expect(short(checkTargets([], new Set()))).toEqual(['note targets']);
  });
});

describe('intervals', () => {
  const every = (seconds: number, until = 1000, count = 10) =>
    Array.from(
      { length: count },
      (_, at) => until - (count - 1 - at) * seconds,
    );
  const up = (path: string, times: number[]) =>
    series({ job: 'kubelet', metrics_path: path }, times);
  const samples = (change: Partial<Samples> = {}): Samples => ({
    // As OpenShift and kube-prometheus ship it.
    up: [
      up('/metrics', every(30)),
      up('/metrics/cadvisor', every(30)),
      up('/metrics/probes', every(30)),
      up('/metrics/slis', every(5)),
    ],
    cadvisor: [
      series(
        { job: 'kubelet', metrics_path: '/metrics/cadvisor' },
        [880, 892, 919, 937, 950, 975, 990],
      ),
    ],
    nodes: [series({ job: 'ksm' }, every(30))],
    nowSeconds: 1005,
    ...change,
  });

  it('are said as seen, path by path, and uneven ones as they are', () => {
    const [finding, ...more] = checkIntervals(samples(), undefined, WHERE);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      id: 'scrape-intervals',
      severity: 'right',
      sentence:
        'Samples come as follows: usage by cAdvisor (job kubelet, /metrics/cadvisor) every 12 s to 27 s and objects by kube-state-metrics (job ksm) every 30 s; scrapes: /metrics of job kubelet every 30 s, /metrics/cadvisor of job kubelet every 30 s, /metrics/probes of job kubelet every 30 s and /metrics/slis of job kubelet every 5 s.',
    });
  });

  it.each([
    [60, 'right'],
    [120, 'note'],
    [240, 'missing'],
  ])('of %i s are %s', (seconds, severity) => {
    const found = checkIntervals(
      samples({ nodes: [series({ job: 'ksm' }, every(seconds))] }),
      undefined,
      WHERE,
    );
    expect(found[0]).toMatchObject({ id: 'scrape-intervals', severity });
    expectWhole(found);
  });

  it('that configuration says otherwise are wrong', () => {
    expect(short(checkIntervals(samples(), 30, WHERE))).not.toContain(
      'wrong configured-interval',
    );
    const [, configured] = checkIntervals(samples(), 15, WHERE);
    expect(configured).toMatchObject({
      severity: 'wrong',
      mend: { where: WHERE, line: expect.stringContaining('Seconds: 30') },
    });
  });

  it('end in samples that are ahead or late', () => {
    const ahead = samples({
      cadvisor: [series({ job: 'kubelet' }, every(15, 1125))],
    });
    expect(short(checkIntervals(ahead, undefined, WHERE))).toEqual([
      'right scrape-intervals',
      'wrong samples-ahead',
    ]);
    const late = checkIntervals(
      samples({ nowSeconds: 1300 }),
      undefined,
      WHERE,
    );
    expect(late[1]).toMatchObject({
      id: 'samples-late',
      severity: 'note',
      mend: { where: 'headroom.cost.ingest', line: 'settle: { minutes: 11 }' },
    });
    expectWhole([...late, ...checkIntervals(ahead, undefined, WHERE)]);
  });

  it('are not told from two samples', () => {
    const few = { up: [], cadvisor: [], nodes: [series({}, [1, 2])] };
    expect(short(checkIntervals(samples(few), undefined, WHERE))).toEqual([
      'note scrape-intervals',
    ]);
  });
});

describe('series of objects', () => {
  const wanted = [...POD_SERIES, ...OTHER_SERIES];
  const all = [...wanted, ...STORAGE_SERIES].map(({ name }) => name);

  it('are right when all are there', () => {
    expect(short(checkObjects(new Set(all), wanted))).toEqual([
      'right series-of-kube_pod_info',
      'right series-of-kube_persistentvolumeclaim_resource_requests_storage_bytes',
    ]);
  });

  it.each([
    ['kube_pod_container_resource_requests', 'wrong'],
    ['kube_pod_status_phase', 'wrong'],
    ['kube_node_status_capacity', 'wrong'],
    ['kube_replicaset_owner', 'missing'],
    ['kube_persistentvolumeclaim_info', 'missing'],
    ['kube_persistentvolumeclaim_status_phase', 'wrong'],
    ['kube_persistentvolume_status_phase', 'missing'],
    ['kube_pod_init_container_status_running', 'wrong'],
    ['kube_pod_init_container_status_ready', 'missing'],
    ['kube_node_info', 'wrong'],
    ['kube_pod_init_container_resource_requests', 'note'],
  ])('without %s are %s, with effect and mend', (name, severity) => {
    const found = checkObjects(
      new Set(all.filter(each => each !== name)),
      wanted,
    );
    const finding = found.find(({ id }) => id === `no-${name}`);
    expect(finding).toMatchObject({
      severity,
      effect: expect.any(String),
      mend: { line: expect.any(String) },
    });
    expectWhole(found);
  });

  it('of init containers may be missing where none asks for anything', () => {
    const found = checkObjects(
      new Set(all.filter(each => !each.startsWith('kube_pod_init_'))),
      wanted,
    );
    expect(short(found)).toContain(
      'note no-kube_pod_init_container_resource_requests',
    );
    expect(short(found).join()).not.toContain('status_r');
  });

  it('of several collectors are mended in one place, which names them', () => {
    const lacking = ['kube_node_info', 'kube_pod_status_phase'];
    const found = checkObjects(
      new Set(all.filter(each => !lacking.includes(each))),
      wanted,
    );
    expect(found.find(({ severity }) => severity === 'wrong')?.mend).toEqual({
      where: expect.stringMatching(
        /; pods and nodes must be among its collectors \(--resources\), and/,
      ),
      line: 'kube-state-metrics: { metricDenylist: [] }',
    });
  });

  it('that are all missing are one finding', () => {
    expect(short(checkObjects(new Set(), wanted))).toEqual([
      'wrong no-kube-state-metrics',
    ]);
    expect(
      short(
        checkObjects(new Set(['kube_node_status_capacity_cpu_cores']), wanted),
      ),
    ).toEqual(['wrong old-kube-state-metrics']);
    // OpenCost's exporter has both.
    const both = [...all, 'kube_node_status_capacity_cpu_cores'];
    expect(short(checkObjects(new Set(both), wanted))).not.toContain(
      'wrong old-kube-state-metrics',
    );
  });

  it('may have no storage', () => {
    const found = checkObjects(new Set(wanted.map(({ name }) => name)), wanted);
    expect(short(found)).toContain('note no-storage');
  });
});

describe('usage', () => {
  const named = CADVISOR_SERIES.map(({ name }) =>
    part('named', { __name__: name }, 10),
  );
  const job = (name: string, path: string) =>
    part('jobs', { job: name, metrics_path: path }, 10);

  it('comes from one job', () => {
    expect(
      short(checkUsage([...named, job('kubelet', '/metrics/cadvisor')])),
    ).toEqual(['right series-of-container_cpu_usage_seconds_total']);
  });

  it('comes twice beside /metrics/resource', () => {
    const found = checkUsage([
      ...named,
      job('kubelet', '/metrics/cadvisor'),
      job('kubelet', '/metrics/resource'),
    ]);
    expect(found[1]).toMatchObject({ id: 'cadvisor-copies', severity: 'note' });
    expect(found[1].sentence).toContain('at /metrics/resource (10 containers)');
    expectWhole(found);
  });

  it.each([
    [[], 'wrong no-cadvisor'],
    [[part('unnamed', {}, 30)], 'wrong usage-without-containers'],
    [named.slice(0, 1), 'wrong no-container_memory_working_set_bytes'],
  ])('of %j lacks what matters', (answer, expected) => {
    const found = checkUsage(answer);
    expect(short(found)).toContain(expected);
    expectWhole(found);
  });
});

describe('exporters', () => {
  const exporter = (labels: Record<string, string>, value = 3) =>
    part('exporters', { job: 'ksm', instance: 'a', ...labels }, value);
  const nodes = part('nodes', {}, 3);
  const made = (created: string) => part('created', { created });

  it.each([
    ['one', [exporter({})], 'right one-cluster'],
    [
      'shards',
      [exporter({ instance: 'a' }, 2), exporter({ instance: 'b' }, 1)],
      'right exporters',
    ],
    [
      'two replicas',
      [exporter({ instance: 'a' }), exporter({ instance: 'b' })],
      'note exporters',
    ],
    [
      'two copies of Prometheus',
      [
        exporter({ prometheus_replica: 'p-0' }),
        exporter({ prometheus_replica: 'p-1' }),
      ],
      'note exporters',
    ],
  ])('%s', (_, exporters, expected) => {
    const found = checkExporters([...exporters, nodes, made('1.7e+09')], WHERE);
    expect(short(found)).toEqual([expected]);
    expectWhole(found);
  });

  it('name the copies of Prometheus, and how they become one', () => {
    const [{ sentence, mend }] = checkExporters(
      [
        exporter({ prometheus_replica: 'p-0' }),
        exporter({ prometheus_replica: 'p-1' }),
        nodes,
      ],
      WHERE,
    );
    expect(sentence).toContain('told by the label prometheus_replica');
    expect(mend?.line).toBe('--query.replica-label=prometheus_replica');
  });

  it.each([
    ['a label', [exporter({ cluster: 'eu' }), exporter({ cluster: 'us' })], []],
    ['when kube-system was made', [exporter({})], [made('1'), made('2')]],
  ])('of several clusters, told by %s', (_, exporters, created) => {
    const found = checkExporters([...exporters, nodes, ...created], WHERE);
    expect(found[0]).toMatchObject({
      id: 'several-clusters',
      severity: 'wrong',
      mend: { line: expect.stringMatching(/^matchers: \{ cluster: '/) },
    });
    expect(found[0].sentence).toContain('2 clusters together');
    expectWhole(found);
  });
});

describe('matchers', () => {
  it.each([
    [{ cluster: 'us' }, [], /neither up nor kube_node_info/],
    [{ cluster: 'us' }, [series({})], /no series has a label cluster/],
    [
      { cluster: 'us' },
      [series({ cluster: 'us-west' }), series({ cluster: 'eu' })],
      /values of cluster are eu and us-west/,
    ],
    [
      { cluster: 'eu', tier: 'x' },
      [series({ cluster: 'eu', tier: 'prod' })],
      /values of tier are prod/,
    ],
  ])('%j pick nothing of %j', (matchers, there, sentence) => {
    const finding = checkMatchers(matchers, there, WHERE);
    expect(finding.severity).toBe('wrong');
    expect(finding.sentence).toMatch(sentence);
    expectWhole([finding]);
  });
});
