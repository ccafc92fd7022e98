import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import {
  DEGRADING_PROBLEMS,
  NodeLabelRules,
  Observations,
} from '@headroom/plugin-cost-common';
import {
  bySlot,
  clusterOf,
  end,
  FakeAnswers,
  fakePrometheus,
  FakeSeries,
  HOUR,
  hourly,
  scrapedEvery,
  START,
  URL_OF_FAKE,
} from './__testUtils__/fakePrometheus';
import { PrometheusUsageSource } from './PrometheusUsageSource';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const GIB = 2 ** 30;
const ksm = { job: 'ksm', instance: 'ksm-1' };
const ofNode = { node: 'node-1' };
const ofPod = { namespace: 'shop', pod: 'web-1' };
const ofContainer = { ...ofPod, container: 'web' };
const ofRun = { job: 'kubelet', id: '/kubepods/poda/a', ...ofContainer };

/** A part of an answer with a value an hour. */
const part = (
  name: string,
  labels: Record<string, string>,
  ...values: Array<number | undefined>
) => hourly({ headroom_part: name, ...labels }, ...values);

/** Twelve slots, and the one before the hour. */
const slots = (value: (slot: number) => number | undefined) =>
  Array.from({ length: 13 }, (_, index) => value(index - 1));

/** What cAdvisor says of a run: a quarter of a core and half a GiB. */
function usageOf(
  labels: Record<string, string>,
  {
    cores = 0.25,
    gib = 0.5,
    readings = 10,
    alive = () => true,
  }: {
    cores?: number;
    gib?: number;
    readings?: number;
    alive?: (slot: number) => boolean;
  } = {},
): FakeSeries[] {
  const while_ = (value: (slot: number) => number) =>
    slots(slot => (alive(slot) ? value(slot) : undefined));
  const series = (name: string, value: (slot: number) => number) =>
    bySlot({ headroom_part: name, ...labels }, while_(value), -1);
  return [
    series('cpu', slot => 1000 + cores * 300 * (slot + 1)),
    series('cpu-seen', () => readings),
    series('memory', () => gib * GIB),
    series('memory-peak', () => gib * GIB * 1.5),
  ];
}

/** A node and a pod that ran through the whole of the hour. */
function steady(more: Partial<FakeAnswers> = {}): FakeAnswers {
  return {
    scrapes: [scrapedEvery(ksm, 30)],
    nodes: [
      part('seen', ofNode, 3600),
      part(
        'labels',
        {
          ...ofNode,
          label_node_kubernetes_io_instance_type: 'm5.large',
          label_karpenter_sh_capacity_type: 'spot',
          label_karpenter_sh_nodepool: 'general',
        },
        120,
      ),
      part('capacity', { ...ofNode, resource: 'cpu' }, 2),
      part('capacity', { ...ofNode, resource: 'memory' }, 8 * GIB),
    ],
    pods: [
      part(
        'place',
        {
          ...ofPod,
          ...ofNode,
          created_by_kind: 'ReplicaSet',
          created_by_name: 'web-abc',
        },
        3600,
      ),
      part('counts-phases', {}, 5),
    ],
    podLabels: [hourly({ ...ofPod, label_app: 'web' }, 120)],
    requests: [
      part('request', { ...ofContainer, ...ofNode, resource: 'cpu' }, 1800),
      part(
        'request',
        { ...ofContainer, ...ofNode, resource: 'memory' },
        3600 * GIB,
      ),
      part('counts-requests', {}, 2),
    ],
    owners: [
      part(
        'replicaset',
        {
          namespace: 'shop',
          replicaset: 'web-abc',
          owner_kind: 'Deployment',
          owner_name: 'web',
          owner_is_controller: 'true',
        },
        1,
      ),
    ],
    usage: usageOf(ofRun),
    ...more,
  };
}

async function observe(
  answers: FakeAnswers,
  options: {
    hours?: number;
    matchers?: Record<string, string>;
    warnings?: string[];
    nodeLabels?: NodeLabelRules;
  } = {},
): Promise<Observations & { asked: ReturnType<typeof fakePrometheus> }> {
  const asked = fakePrometheus(server, answers, options.warnings);
  const observations = await PrometheusUsageSource.create().observe({
    cluster: clusterOf(options.matchers),
    start: START,
    end: end(options.hours ?? 1),
    signal: new AbortController().signal,
    nodeLabels: options.nodeLabels,
  });
  return { ...observations, asked };
}

/** Refuses range queries over more hours than these. */
function refuseLongerThan(hours: number): void {
  const refuse = (params: URLSearchParams) =>
    Number(params.get('end')) - Number(params.get('start')) > hours * 3600
      ? HttpResponse.json({ status: 'error' }, { status: 422 })
      : undefined;
  server.use(
    http.get(`${URL_OF_FAKE}/api/v1/query_range`, ({ request }) =>
      refuse(new URL(request.url).searchParams),
    ),
    http.post(`${URL_OF_FAKE}/api/v1/query_range`, async ({ request }) =>
      refuse(new URLSearchParams(await request.clone().text())),
    ),
  );
}

function codes({ problems }: Observations): string[] {
  return problems.map(({ code }) => code);
}

describe('PrometheusUsageSource', () => {
  it('observes a pod that ran through the hour', async () => {
    const observed = await observe(steady());
    expect(observed.nodes).toEqual([
      {
        hour: HOUR,
        node: 'node-1',
        instanceType: 'm5.large',
        region: 'us-west-2',
        capacityType: 'spot',
        nodePool: 'general',
        cpuCores: 2,
        memoryBytes: 8 * GIB,
        gpuDevices: 0,
        upSeconds: 3600,
      },
    ]);
    expect(observed.containers).toEqual([
      {
        hour: HOUR,
        namespace: 'shop',
        pod: 'web-1',
        container: 'web',
        node: 'node-1',
        workloadKind: 'Deployment',
        workload: 'web',
        labels: { app: 'web' },
        labelsSanitized: true,
        runSeconds: 3600,
        cpuRequestCoreSeconds: 1800,
        cpuUsageCoreSeconds: 900,
        cpuChargedCoreSeconds: 1800,
        memoryRequestByteSeconds: GIB * 3600,
        memoryUsageByteSeconds: GIB * 1800,
        memoryChargedByteSeconds: GIB * 3600,
        gpuRequestDeviceSeconds: 0,
        samples: {
          cpuCores: Array(12).fill(0.25),
          memoryBytes: Array(12).fill(0.75 * GIB),
        },
      },
    ]);
    expect(observed.problems).toEqual([]);
    expect(observed.missingHours).toEqual([]);
    expect(observed.queries).toBe(observed.asked.length);
    expect(observed.queries).toBeLessThanOrEqual(15);
  });

  it('asks as often for six hours as for one, at the end of each hour', async () => {
    const scrapes = [scrapedEvery(ksm, 30, -900, 6 * 3600)];
    const usage = [0, 1, 2, 3, 4, 5].flatMap(hour =>
      usageOf(ofRun).map(({ metric, values }) => ({
        metric,
        values: values.map(([at, value]): [number, string] => [
          at + hour * 3600,
          value,
        ]),
      })),
    );
    const { asked, queries } = await observe(steady({ scrapes, usage }), {
      hours: 6,
    });
    expect(queries).toBe((await observe(steady())).queries);
    const pods = asked.find(({ kind }) => kind === 'pods');
    expect(pods?.params.get('start')).toBe(String(end(1).getTime() / 1000));
    expect(pods?.params.get('end')).toBe(String(end(6).getTime() / 1000));
    expect(pods?.params.get('step')).toBe('3600');
    // Prometheus 2 includes the left end of a range.
    expect(pods?.query).toContain('[59m59s999ms:30s]');
  });

  it('reads longer windows a quarter of a day at a time', async () => {
    const observed = await observe(steady(), { hours: 20 });
    expect(observed.missingHours).toHaveLength(19);
    for (const { params } of observed.asked) {
      // A quarter of an hour before the window tells at what pace it begins.
      const span = Number(params.get('end')) - Number(params.get('start'));
      expect(span).toBeLessThanOrEqual(6.25 * 3600);
    }
  });

  it('asks nothing more of hours in which nothing was scraped', async () => {
    const { asked, missingHours } = await observe({}, { hours: 3 });
    expect(asked.map(({ kind }) => kind)).toEqual(['scrapes', 'podScrapes']);
    expect(missingHours).toHaveLength(3);
  });

  it('asks apart for hours with another pace of scrapes', async () => {
    const { asked } = await observe(
      steady({
        scrapes: [
          scrapedEvery(ksm, 60, -900, 3600),
          scrapedEvery(ksm, 30, 3630, 7200),
        ],
      }),
      { hours: 2 },
    );
    const pods = asked.filter(({ kind }) => kind === 'pods');
    expect(pods.map(({ query }) => /\[\d+ms\]/.exec(query)?.[0])).toEqual([
      '[59999ms]',
      '[29999ms]',
    ]);
  });

  it('asks hour by hour for what the server refuses at once', async () => {
    const scrapes = [scrapedEvery(ksm, 30, -900, 7200)];
    const asked = fakePrometheus(server, steady({ scrapes }));
    refuseLongerThan(1.25);
    const observed = await PrometheusUsageSource.create().observe({
      cluster: clusterOf(),
      start: START,
      end: end(2),
      signal: new AbortController().signal,
    });
    expect(observed.nodes.map(({ hour }) => hour)).toEqual([HOUR]);
    expect(asked.filter(({ kind }) => kind === 'scrapes')).toHaveLength(2);
    expect(asked.filter(({ kind }) => kind === 'owners')).toHaveLength(2);
    expect(asked.filter(({ kind }) => kind === 'pods')).toHaveLength(2);
  });

  it('says that nodes or pods are not told of', async () => {
    const podless = await observe(steady({ podScrapes: [] }));
    expect(codes(podless)).toEqual(['no-pods']);
    const nodeless = await observe(
      steady({ scrapes: [], podScrapes: [scrapedEvery(ksm, 30)] }),
    );
    expect(nodeless.missingHours).toEqual([HOUR]);
    expect(nodeless.problems).toMatchObject([
      { code: 'no-nodes', severity: 'warning', hour: HOUR },
    ]);
    expect(nodeless.problems[0].message).toContain('kube_node_info');
  });

  it('is scraped at the pace of the slower of those who tell of nodes and of pods', async () => {
    const { asked } = await observe(
      steady({
        scrapes: [scrapedEvery(ksm, 15)],
        podScrapes: [scrapedEvery({ ...ksm, instance: 'pods' }, 60)],
        witnesses: [
          bySlot({ ...ksm, instance: 'pods', ...ofPod }, [5, 5, 5]),
          bySlot({ ...ksm, instance: 'more', exported_pod: 'api-1' }, [5]),
        ],
      }),
    );
    const pods = asked.find(({ kind }) => kind === 'pods');
    expect(pods?.query).toContain('[59999ms]');
    const [, witnessed] = asked.filter(({ kind }) => kind === 'podScrapes');
    expect(witnessed.query).toContain('kube_pod_info{pod=~"web-1"}');
    expect(witnessed.query).toContain('kube_pod_info{exported_pod=~"api-1"}');
    expect(asked.length).toBeLessThanOrEqual(15);
  });

  it('adds the matchers of the cluster to every selector', async () => {
    const { asked } = await observe(steady(), {
      matchers: { cluster: 'us "west"' },
    });
    expect(asked).toHaveLength(11);
    for (const { query } of asked) {
      const metrics = query.match(
        /\b(kube_\w+|container_\w+_(total|bytes)|DCGM_\w+|up)(?=[{[)\s])|__name__=/g,
      );
      const matchers = query.match(/cluster="us \\"west\\""/g);
      expect(metrics?.length).toBeGreaterThan(0);
      expect(matchers).toHaveLength(metrics?.length ?? 0);
    }
  });

  it('charges what was seen of an hour that was scraped in part, and says so', async () => {
    const half = steady();
    const observed = await observe({
      ...half,
      scrapes: [scrapedEvery(ksm, 30, -900, 1800)],
      nodes: half.nodes?.map(series =>
        series.metric.headroom_part === 'seen'
          ? hourly(series.metric, 1800)
          : series,
      ),
      pods: half.pods?.map(series =>
        series.metric.headroom_part === 'place'
          ? hourly(series.metric, 1800)
          : series,
      ),
      requests: half.requests?.map(series => ({
        ...series,
        values: series.values.map(([at, value]) => [at, String(+value / 2)]),
      })),
      usage: usageOf(ofRun, { alive: slot => slot < 6 }),
      failedScrapes: [
        hourly({ job: 'ksm', instance: 'ksm-1' }, 0.5),
        hourly(
          {
            job: 'kubelet',
            instance: '10.0.1.1:10250',
            metrics_path: '/metrics/cadvisor',
          },
          0.153,
        ),
      ],
    });
    expect(observed.nodes[0].upSeconds).toBe(1800);
    expect(observed.containers[0]).toMatchObject({
      runSeconds: 1800,
      cpuRequestCoreSeconds: 900,
      // Half a gap of ten after the last reading.
      cpuUsageCoreSeconds: 453.75,
    });
    expect(observed.problems).toMatchObject([
      { code: 'scrapes-failed', severity: 'info', hour: HOUR },
      { code: 'partial-hour', severity: 'warning', hour: HOUR },
    ]);
    expect(observed.problems[0].message).toContain(
      ': ksm at ksm-1 (50 %), kubelet at 10.0.1.1:10250/metrics/cadvisor (15 %).',
    );
    expect(observed.problems[1].message).toContain(
      'cAdvisor 30 of 60 minutes, kube-state-metrics ksm-1 30 of 60 minutes',
    );
    expect(DEGRADING_PROBLEMS).toContain('partial-hour');
  });

  it('believes cAdvisor while kube-state-metrics restarts', async () => {
    const whole = steady();
    const observed = await observe({
      ...whole,
      scrapes: [
        scrapedEvery(ksm, 30, -900, 1500),
        scrapedEvery({ ...ksm, instance: 'ksm-2' }, 30, 1815, 3600),
      ],
      nodes: whole.nodes?.map(series =>
        series.metric.headroom_part === 'seen'
          ? hourly(series.metric, 3300)
          : series,
      ),
      pods: whole.pods?.map(series =>
        series.metric.headroom_part === 'place'
          ? hourly(series.metric, 3300)
          : series,
      ),
    });
    expect(observed.nodes[0].upSeconds).toBe(3600);
    expect(observed.containers[0].runSeconds).toBe(3600);
    expect(observed.problems[0].message).toContain(
      'kube-state-metrics ksm-1 and ksm-2 55 of 60 minutes',
    );
  });

  it('does not take a container for ended while kube-state-metrics is silent', async () => {
    const whole = steady();
    const ofMost = (all: FakeSeries[] | undefined, name: string) =>
      all?.map(series =>
        series.metric.headroom_part === name
          ? hourly(series.metric, 2400)
          : series,
      );
    const observed = await observe({
      ...whole,
      scrapes: [scrapedEvery(ksm, 30, -900, 2400)],
      nodes: ofMost(whole.nodes, 'seen'),
      pods: ofMost(whole.pods, 'place'),
      states: [part('running', ofContainer, 2400)],
    });
    expect(observed.containers[0]).toMatchObject({
      cpuUsageCoreSeconds: 900,
      memoryUsageByteSeconds: GIB * 1800,
    });
    const [ended] = (
      await observe(steady({ states: [part('running', ofContainer, 2400)] }))
    ).containers;
    expect(ended.memoryUsageByteSeconds).toBeCloseTo(GIB * 1200, 0);
  });

  it('counts a container that two jobs scrape once', async () => {
    const other = { ...ofRun, job: 'cadvisor' };
    const observed = await observe(
      steady({
        usage: [...usageOf(ofRun), ...usageOf(other, { readings: 5 })],
      }),
    );
    expect(observed.containers[0]).toMatchObject({
      cpuUsageCoreSeconds: 900,
      memoryUsageByteSeconds: GIB * 1800,
    });
  });

  it('leaves out the series of a job that drops the cgroup', async () => {
    const { id: _, ...without } = { ...ofRun, job: 'cadvisor' };
    const observed = await observe(
      steady({ usage: [...usageOf(ofRun), ...usageOf(without)] }),
    );
    expect(observed.containers[0].cpuUsageCoreSeconds).toBe(900);
  });

  it('adds up the runs of a container that was restarted', async () => {
    const second = { ...ofRun, id: '/kubepods/poda/b' };
    const observed = await observe(
      steady({
        usage: [
          ...usageOf(ofRun, { gib: 1, alive: slot => slot < 6 }),
          ...usageOf(second, { gib: 0.5, alive: slot => slot >= 6 }),
          bySlot(
            { headroom_part: 'cpu-first', ...second },
            [1000 + 0.25 * 300 * 6 + 7.5],
            6,
          ),
        ],
      }),
    );
    expect(observed.containers[0].cpuUsageCoreSeconds).toBeCloseTo(900, 9);
    expect(observed.containers[0].memoryUsageByteSeconds).toBe(GIB * 2700);
  });

  it('does not know the usage behind a single reading', async () => {
    const observed = await observe(
      steady({
        usage: usageOf(ofRun, { readings: 1, alive: slot => slot === 11 }),
      }),
    );
    expect(observed.containers[0].cpuUsageCoreSeconds).toBeUndefined();
  });

  it('does not charge a pod that holds no place', async () => {
    const observed = await observe(
      steady({ pods: [part('counts-phases', {}, 5)], usage: [] }),
    );
    expect(observed.containers).toEqual([]);
    expect(codes(observed)).toEqual(['no-usage']);
  });

  it('splits a pod that moved under its name over its nodes', async () => {
    const whole = steady();
    const place = whole.pods![0].metric;
    const observed = await observe({
      ...whole,
      nodes: whole.nodes?.flatMap(series => [
        series,
        { ...series, metric: { ...series.metric, node: 'node-2' } },
      ]),
      pods: [
        hourly(place, 900),
        hourly({ ...place, node: 'node-2' }, 2700),
        part('counts-phases', {}, 5),
      ],
      requests: [
        part('request', { ...ofContainer, ...ofNode, resource: 'cpu' }, 450),
        part(
          'request',
          { ...ofContainer, node: 'node-2', resource: 'cpu' },
          5400,
        ),
        part('counts-requests', {}, 1),
      ],
    });
    expect(
      observed.containers.map(one => [
        one.node,
        one.runSeconds,
        one.cpuRequestCoreSeconds,
        one.cpuUsageCoreSeconds,
        one.samples !== undefined,
      ]),
    ).toEqual([
      ['node-1', 900, 450, 225, false],
      ['node-2', 2700, 5400, 675, true],
    ]);
  });

  it.each([
    [{ created_by_kind: '<none>', created_by_name: '<none>' }, 'Pod/web-1'],
    [{ created_by_kind: '', created_by_name: '' }, 'Pod/web-1'],
    [
      { created_by_kind: 'StatefulSet', created_by_name: 'web' },
      'StatefulSet/web',
    ],
    [
      { created_by_kind: 'PyTorchJob', created_by_name: 'train' },
      'PyTorchJob/train',
    ],
    [{ created_by_kind: 'Job', created_by_name: 'once' }, 'Job/once'],
    [
      { created_by_kind: 'Job', created_by_name: 'nightly-1' },
      'CronJob/nightly',
    ],
    [
      { created_by_kind: 'ReplicaSet', created_by_name: 'gone-5d8f' },
      'Deployment/gone',
    ],
    [{ created_by_kind: 'Node', created_by_name: '1' }, 'Pod/web'],
    [
      { created_by_kind: 'ReplicationController', created_by_name: 'shop-12' },
      'ReplicationController/shop-12',
    ],
    [
      { created_by_kind: 'ReplicaSet', created_by_name: 'alone' },
      'ReplicaSet/alone',
    ],
  ])('names the workload of %j', async (createdBy, workload) => {
    const observed = await observe(
      steady({
        pods: [part('place', { ...ofPod, ...ofNode, ...createdBy }, 3600)],
        podLabels: [hourly({ ...ofPod, label_pod_template_hash: '5d8f' }, 120)],
        owners: [
          part(
            'job',
            {
              namespace: 'shop',
              job_name: 'nightly-1',
              owner_kind: 'CronJob',
              owner_name: 'nightly',
              owner_is_controller: 'true',
            },
            1,
          ),
        ],
      }),
    );
    const [{ workloadKind, workload: name }] = observed.containers;
    expect(`${workloadKind}/${name}`).toBe(workload);
  });

  it('reads volumes with their class and the pods that had them', async () => {
    const claim = { namespace: 'shop', persistentvolumeclaim: 'data-0' };
    const ofVolume = { ...claim, storageclass: 'gp3', volumename: 'pv-1' };
    const unclaimed = { persistentvolume: 'pv-2' };
    const { volumes } = await observe(
      steady({
        volumes: [
          part('seen', claim, 1800),
          part('asked', claim, 10 * GIB),
          part('held', ofVolume, 1800),
          part('mount', { ...claim, pod: 'web-1' }, 900),
          part('volume-capacity', { persistentvolume: 'pv-1' }, 20 * GIB),
          part('volume-capacity', unclaimed, 5 * GIB),
          part('volume-unclaimed', unclaimed, 3600),
        ],
      }),
    );
    expect(volumes).toEqual([
      {
        hour: HOUR,
        namespace: 'shop',
        claim: 'data-0',
        storageClass: 'gp3',
        capacityByteSeconds: 20 * GIB * 1800,
        existedSeconds: 1800,
        pods: ['web-1'],
        podSeconds: [900],
      },
      {
        hour: HOUR,
        namespace: '',
        claim: 'pv-2',
        capacityByteSeconds: 5 * GIB * 3600,
        pods: [],
      },
    ]);
  });

  it('says what is missing to link and to price', async () => {
    const whole = steady();
    const observed = await observe({
      ...whole,
      nodes: whole.nodes?.filter(
        ({ metric }) => metric.headroom_part !== 'labels',
      ),
      podLabels: [hourly(ofPod, 120)],
    });
    expect(codes(observed)).toEqual(['no-pod-labels', 'no-instance-type']);
    expect(observed.problems[1]).toMatchObject({ subject: 'node-1' });
  });

  it('tells nodes by the labels that configuration adds', async () => {
    const whole = steady();
    const { nodes } = await observe(
      {
        ...whole,
        nodes: whole.nodes?.map(each =>
          each.metric.headroom_part === 'labels'
            ? part(
                'labels',
                {
                  ...ofNode,
                  label_acme_io_machine_type: 'm1',
                  label_acme_io_serverless: 'yes',
                },
                120,
              )
            : each,
        ),
      },
      {
        nodeLabels: {
          instanceType: ['acme.io/machineType'],
          billedByPods: [{ label: 'acme.io/serverless', platform: 'acme' }],
        },
      },
    );
    expect(nodes).toMatchObject([
      { instanceType: 'm1', billing: 'pods', podPlatform: 'acme' },
    ]);
  });

  it('says which series are missing, and what that does to money', async () => {
    const whole = steady();
    const observed = await observe({
      ...whole,
      pods: [whole.pods![0]],
      requests: [],
    });
    expect(codes(observed)).toEqual(['no-requests', 'no-phases']);
    expect(observed.problems[0].message).toMatch(
      /kube_pod_container_resource_requests in this hour\. Reservations are not known.*denylist/,
    );
    expect(observed.containers[0]).toMatchObject({
      cpuUsageCoreSeconds: 900,
      cpuChargedCoreSeconds: 900,
    });
    expect(observed.containers[0].cpuRequestCoreSeconds).toBeUndefined();
  });

  it('says that it is not known when init containers run', async () => {
    const whole = steady();
    const { problems } = await observe({
      ...whole,
      requests: [...whole.requests!, part('counts-init', {}, 2)],
    });
    expect(problems).toMatchObject([
      { code: 'no-init-status', severity: 'warning', hour: HOUR },
    ]);
    expect(problems[0].message).toMatch(
      /kube_pod_init_container_status_running in this hour\. It is not known when init.*denylist/,
    );
    const known = await observe({
      ...whole,
      requests: [
        ...whole.requests!,
        part('counts-init', {}, 2),
        part('counts-init-running', {}, 2),
      ],
    });
    expect(known.problems).toEqual([]);
  });

  it('reports warnings without passing their text on', async () => {
    const observed = await observe(steady(), {
      warnings: ['store 10.1.2.3 unavailable'],
    });
    expect(observed.problems).toMatchObject([
      { code: 'partial-answer', severity: 'warning' },
    ]);
    expect(DEGRADING_PROBLEMS).toContain('partial-answer');
    expect(JSON.stringify(observed.problems)).not.toContain('10.1.2.3');
  });

  it('throws a sentence when Prometheus fails, and the reason when it is aborted', async () => {
    server.use(
      http.get(`${URL_OF_FAKE}/api/v1/*`, () =>
        HttpResponse.text('secret stack', { status: 500 }),
      ),
      http.post(`${URL_OF_FAKE}/api/v1/*`, () =>
        HttpResponse.text('secret stack', { status: 500 }),
      ),
    );
    const query = { cluster: clusterOf(), start: START, end: end(1) };
    const source = PrometheusUsageSource.create();
    const { signal } = new AbortController();
    const failure = await source
      .observe({ ...query, signal })
      .catch(error => error);
    expect(failure.name).toBe('ServiceUnavailableError');
    expect(failure.message).toBe(
      'Prometheus of cluster us-west answered /api/v1/query_range with HTTP 500: it failed.',
    );
    const aborted = AbortSignal.abort(new Error('time is up'));
    await expect(source.observe({ ...query, signal: aborted })).rejects.toThrow(
      'time is up',
    );
  });

  it('knows the first hour it can answer for, asking a month at a time', async () => {
    const asked = fakePrometheus(server, {
      nodeCount: [hourly({}, 3, 3)],
    });
    const source = PrometheusUsageSource.create({ now: () => end(48) });
    const { signal } = new AbortController();
    expect(await source.earliest(clusterOf(), signal)).toEqual(end(1));
    for (const { params } of asked) {
      const days =
        (Number(params.get('end')) - Number(params.get('start'))) / 86_400;
      expect(days).toBeLessThan(32);
    }
  });

  it('passes over months that a service refuses to look into, but not all', async () => {
    const asked: string[] = [];
    server.use(
      http.get(`${URL_OF_FAKE}/api/v1/query_range`, ({ request }) => {
        asked.push(request.url);
        return asked.length < 10
          ? HttpResponse.json({ status: 'error' }, { status: 422 })
          : HttpResponse.json({
              status: 'success',
              data: { resultType: 'matrix', result: [] },
            });
      }),
    );
    const source = PrometheusUsageSource.create({ now: () => end(48) });
    const { signal } = new AbortController();
    expect(await source.earliest(clusterOf(), signal)).toBeUndefined();
    expect(asked).toHaveLength(16);
    server.use(
      http.get(`${URL_OF_FAKE}/api/v1/query_range`, () =>
        HttpResponse.json({ status: 'error' }, { status: 404 }),
      ),
    );
    await expect(source.earliest(clusterOf(), signal)).rejects.toThrow();
  });
});
