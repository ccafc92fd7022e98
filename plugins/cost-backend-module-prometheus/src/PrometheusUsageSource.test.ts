import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { DEGRADING_PROBLEMS, Observations } from '@headroom/plugin-cost-common';
import {
  clusterOf,
  end,
  FakeAnswers,
  fakePrometheus,
  HOUR,
  hourly,
  readAt,
  START,
  upOf,
  URL_OF_FAKE,
} from './__testUtils__/fakePrometheus';
import { PrometheusUsageSource } from './PrometheusUsageSource';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const GIB = 2 ** 30;
const ksm = { job: 'ksm', instance: 'ksm-1' };
const node = { ...ksm, node: 'node-1' };
const pod = { ...ksm, namespace: 'shop', pod: 'web-1' };
const container = {
  job: 'kubelet',
  namespace: 'shop',
  pod: 'web-1',
  container: 'web',
  id: '/kubepods/a',
};

/** A node and a pod that ran through the whole of the hour. */
function steady(more: Partial<FakeAnswers> = {}): FakeAnswers {
  return {
    nodes: [
      hourly({ headroom_part: 'seen', ...node }, 120),
      hourly(
        {
          headroom_part: 'labels',
          ...node,
          label_node_kubernetes_io_instance_type: 'm5.large',
          label_karpenter_sh_capacity_type: 'spot',
          label_karpenter_sh_nodepool: 'general',
        },
        120,
      ),
      hourly({ headroom_part: 'capacity', node: 'node-1', resource: 'cpu' }, 2),
      hourly(
        { headroom_part: 'capacity', node: 'node-1', resource: 'memory' },
        8 * GIB,
      ),
    ],
    pods: [
      hourly(
        {
          ...pod,
          node: 'node-1',
          created_by_kind: 'ReplicaSet',
          created_by_name: 'web-abc',
        },
        120,
      ),
    ],
    phases: [hourly(pod, 120)],
    podLabels: [hourly({ ...pod, label_app: 'web' }, 120)],
    requests: [
      hourly(
        {
          headroom_part: 'request',
          ...container,
          node: 'node-1',
          resource: 'cpu',
        },
        0.5,
      ),
      hourly(
        {
          headroom_part: 'request',
          ...container,
          node: 'node-1',
          resource: 'memory',
        },
        GIB,
      ),
    ],
    owners: [
      hourly(
        {
          headroom_part: 'replicaset',
          namespace: 'shop',
          replicaset: 'web-abc',
          owner_kind: 'Deployment',
          owner_name: 'web',
          owner_is_controller: 'true',
        },
        1,
      ),
    ],
    containers: [hourly(container, 120)],
    lastRead: [readAt(container, -10, 3590)],
    cpu: [hourly({ headroom_part: 'grown-0', ...container }, 900)],
    memory: [hourly(container, GIB / 2)],
    up: [upOf('ksm', 30), upOf('kubelet', 30)],
    ...more,
  };
}

async function observe(
  answers: FakeAnswers,
  options: {
    hours?: number;
    matchers?: Record<string, string>;
    warnings?: string[];
  } = {},
): Promise<Observations & { asked: ReturnType<typeof fakePrometheus> }> {
  const asked = fakePrometheus(server, answers, options.warnings);
  const observations = await PrometheusUsageSource.create().observe({
    cluster: clusterOf(options.matchers),
    start: START,
    end: end(options.hours ?? 1),
    signal: new AbortController().signal,
  });
  return { ...observations, asked };
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
        zone: undefined,
        capacityType: 'spot',
        nodePool: 'general',
        gpuModel: undefined,
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
        memoryRequestByteSeconds: GIB * 3600,
        memoryUsageByteSeconds: GIB * 1800,
        gpuRequestDeviceSeconds: 0,
        gpuBusyDeviceSeconds: undefined,
      },
    ]);
    expect(observed.problems).toEqual([]);
    expect(observed.missingHours).toEqual([]);
    expect(observed.queries).toBe(observed.asked.length);
    expect(observed.queries).toBeLessThanOrEqual(15);
  });

  it('asks as often for a day as for an hour, at the end of each hour', async () => {
    const { asked, queries } = await observe(steady(), { hours: 24 });
    expect(queries).toBe((await observe(steady())).queries);
    const pods = asked.find(({ kind }) => kind === 'pods');
    expect(pods?.params.get('start')).toBe(String(end(1).getTime() / 1000));
    expect(pods?.params.get('end')).toBe(String(end(24).getTime() / 1000));
    expect(pods?.params.get('step')).toBe('3600');
    // Prometheus 2 includes the left end of a range.
    expect(pods?.query).toContain('[59m59s999ms]');
  });

  it('reads longer windows a day at a time', async () => {
    const day = await observe(steady(), { hours: 24 });
    const three = await observe(steady(), { hours: 60 });
    expect(three.missingHours).toHaveLength(59);
    expect(three.queries).toBeLessThanOrEqual(3 * day.queries);
    for (const { params } of three.asked) {
      const span = Number(params.get('end')) - Number(params.get('start'));
      expect(span).toBeLessThanOrEqual(24 * 3600);
    }
  });

  it('adds the matchers of the cluster to every selector', async () => {
    const { asked } = await observe(steady(), {
      matchers: { cluster: 'us "west"' },
    });
    expect(asked.length).toBeGreaterThan(10);
    for (const { query } of asked) {
      const metrics = query.match(
        /\b(kube_\w+|container_\w+_(total|bytes)|DCGM_\w+|up)(?=[{[)\s])/g,
      );
      const matchers = query.match(/cluster="us \\"west\\""/g);
      expect(metrics?.length).toBeGreaterThan(0);
      expect(matchers).toHaveLength(metrics?.length ?? 0);
    }
  });

  it('leaves an hour without nodes out', async () => {
    const observed = await observe(
      steady({
        nodes: steady().nodes?.map(series => ({
          ...series,
          values: [
            ...series.values,
            [series.values[0][0] + 7200, series.values[0][1]],
          ],
        })),
      }),
      { hours: 3 },
    );
    expect(observed.missingHours).toEqual(['2026-03-02T11:00:00.000Z']);
    expect(observed.nodes.map(({ hour }) => hour)).toEqual([
      HOUR,
      '2026-03-02T12:00:00.000Z',
    ]);
  });

  it('charges what was seen of an hour that was scraped in part, and says so', async () => {
    const half = steady();
    const observed = await observe({
      ...half,
      nodes: half.nodes?.map(series =>
        series.metric.headroom_part === 'seen'
          ? hourly(series.metric, 60)
          : series,
      ),
      pods: [hourly(half.pods![0].metric, 60)],
      phases: [hourly(pod, 60)],
      containers: [hourly(container, 60)],
    });
    expect(observed.nodes[0].upSeconds).toBe(1800);
    // The counter went on while nobody looked; requests and usage stay comparable.
    expect(observed.containers[0]).toMatchObject({
      runSeconds: 1800,
      cpuRequestCoreSeconds: 900,
      cpuUsageCoreSeconds: 450,
    });
    expect(observed.problems).toMatchObject([
      { code: 'partial-hour', severity: 'warning', hour: HOUR },
    ]);
    expect(DEGRADING_PROBLEMS).toContain('partial-hour');
  });

  it('takes an hour with a few failed scrapes for a whole one, and says so', async () => {
    const few = steady();
    const observed = await observe({
      ...few,
      nodes: few.nodes?.map(series =>
        series.metric.headroom_part === 'seen'
          ? hourly(series.metric, 116)
          : series,
      ),
      pods: [hourly(few.pods![0].metric, 116)],
      phases: [hourly(pod, 116)],
      containers: [hourly(container, 50)],
    });
    expect(observed.problems).toMatchObject([
      { severity: 'info', subject: 'kube-state-metrics 58 of 60 minutes' },
      { severity: 'warning', subject: 'cAdvisor 25 of 60 minutes' },
    ]);
  });

  it('believes cAdvisor while kube-state-metrics restarts', async () => {
    const whole = steady();
    const observed = await observe({
      ...whole,
      nodes: whole.nodes?.flatMap(series =>
        series.metric.headroom_part === 'seen'
          ? [
              hourly(series.metric, 50),
              hourly({ ...series.metric, instance: 'ksm-2' }, 60),
            ]
          : [series],
      ),
      pods: [
        hourly(whole.pods![0].metric, 50),
        hourly({ ...whole.pods![0].metric, instance: 'ksm-2' }, 60),
      ],
      phases: [hourly(pod, 50), hourly({ ...pod, instance: 'ksm-2' }, 60)],
    });
    expect(observed.nodes[0].upSeconds).toBe(3600);
    expect(observed.containers[0].runSeconds).toBe(3600);
    expect(observed.problems[0].message).toContain(
      'kube-state-metrics 55 of 60 minutes',
    );
  });

  it('counts a container that two jobs scrape once', async () => {
    const whole = steady();
    const other = { ...container, job: 'cadvisor' };
    const observed = await observe({
      ...whole,
      containers: [hourly(container, 120), hourly(other, 60)],
      lastRead: [readAt(container, -10, 3590), readAt(other, -40, 3560)],
      cpu: [
        hourly({ headroom_part: 'grown-0', ...container }, 900),
        hourly({ headroom_part: 'grown-1', ...other }, 900),
      ],
      memory: [hourly(container, GIB / 2), hourly(other, GIB / 2)],
      up: [...whole.up!, upOf('cadvisor', 60)],
    });
    expect(observed.containers[0]).toMatchObject({
      cpuUsageCoreSeconds: 900,
      memoryUsageByteSeconds: GIB * 1800,
    });
    const cpu = observed.asked.find(({ kind }) => kind === 'cpu')?.query;
    expect(cpu).toContain('job=~"kubelet"}[3629999ms]');
    expect(cpu).toContain('job=~"cadvisor"}[3659999ms]');
  });

  it('leaves out the series of a job that drops the cgroup', async () => {
    const { id: _, ...without } = { ...container, job: 'cadvisor' };
    const whole = steady();
    const observed = await observe({
      ...whole,
      containers: [hourly(container, 120), hourly(without, 120)],
      lastRead: [readAt(container, -10, 3590), readAt(without, -10, 3590)],
      cpu: [
        hourly({ headroom_part: 'grown-0', ...container }, 900),
        hourly({ headroom_part: 'grown-0', ...without }, 900),
      ],
      up: [...whole.up!, upOf('cadvisor', 30)],
    });
    expect(observed.containers[0].cpuUsageCoreSeconds).toBe(900);
  });

  it('adds up the runs of a container that was restarted', async () => {
    const second = { ...container, id: '/kubepods/b' };
    const observed = await observe(
      steady({
        containers: [hourly(container, 60), hourly(second, 60)],
        lastRead: [readAt(container, -10), readAt(second, undefined, 3590)],
        cpu: [
          hourly({ headroom_part: 'grown-0', ...container }, 600),
          hourly({ headroom_part: 'grown-0', ...second }, 590),
        ],
        memory: [hourly(container, GIB), hourly(second, GIB / 2)],
      }),
    );
    // The second was first read half a minute after it began: 59 of 60 intervals.
    expect(observed.containers[0].cpuUsageCoreSeconds).toBeCloseTo(1200, 9);
    expect(observed.containers[0].memoryUsageByteSeconds).toBe(GIB * 2700);
  });

  it('takes back what increase extrapolates where a counter was reset', async () => {
    const observed = await observe(
      steady({
        cpu: [
          hourly({ headroom_part: 'grown-0', ...container }, 77_777),
          hourly({ headroom_part: 'reset-0', ...container }, 907.5),
        ],
      }),
    );
    expect(observed.containers[0].cpuUsageCoreSeconds).toBeCloseTo(900, 9);
  });

  it('does not know the usage behind a single reading', async () => {
    const observed = await observe(
      steady({
        containers: [hourly(container, 1)],
        lastRead: [readAt(container, undefined, 3590)],
        cpu: [hourly({ headroom_part: 'grown-0', ...container }, 0)],
      }),
    );
    expect(observed.containers[0].cpuUsageCoreSeconds).toBeUndefined();
  });

  it('does not charge the requests of a pod that has succeeded', async () => {
    const observed = await observe(
      steady({
        phases: [hourly({ ...pod, pod: 'another' }, 120)],
        containers: [],
        lastRead: [],
        cpu: [],
        memory: [],
      }),
    );
    expect(observed.containers).toEqual([]);
    expect(codes(observed)).toEqual(['no-usage']);
  });

  it('splits a pod that moved under its name over its nodes', async () => {
    const whole = steady();
    const observed = await observe({
      ...whole,
      nodes: whole.nodes?.flatMap(series => [
        series,
        { ...series, metric: { ...series.metric, node: 'node-2' } },
      ]),
      pods: [
        hourly(whole.pods![0].metric, 30),
        hourly({ ...whole.pods![0].metric, node: 'node-2' }, 90),
      ],
    });
    expect(
      observed.containers.map(one => [
        one.node,
        one.runSeconds,
        one.cpuRequestCoreSeconds,
        one.cpuUsageCoreSeconds,
      ]),
    ).toEqual([
      ['node-1', 900, 450, 225],
      ['node-2', 2700, 1350, 675],
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
    [
      { created_by_kind: 'ReplicaSet', created_by_name: 'alone' },
      'ReplicaSet/alone',
    ],
  ])('names the workload of %j', async (createdBy, workload) => {
    const observed = await observe(
      steady({
        pods: [hourly({ ...pod, node: 'node-1', ...createdBy }, 120)],
        podLabels: [hourly({ ...pod, label_pod_template_hash: '5d8f' }, 120)],
        owners: [
          hourly(
            {
              headroom_part: 'job',
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

  it('reads volumes with their class and their pods', async () => {
    const claim = {
      ...ksm,
      namespace: 'shop',
      persistentvolumeclaim: 'data-0',
    };
    const { volumes } = await observe(
      steady({
        volumes: [
          hourly({ headroom_part: 'seen', ...claim }, 60),
          hourly({ headroom_part: 'size', ...claim }, 10 * GIB),
          hourly({ headroom_part: 'class', ...claim, storageclass: 'gp3' }, 60),
          hourly({ headroom_part: 'mount', ...claim, pod: 'web-1' }, 60),
        ],
      }),
    );
    expect(volumes).toEqual([
      {
        hour: HOUR,
        namespace: 'shop',
        claim: 'data-0',
        storageClass: 'gp3',
        capacityByteSeconds: 10 * GIB * 1800,
        pods: ['web-1'],
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
      podLabels: [hourly(pod, 120)],
    });
    expect(codes(observed)).toEqual(['no-pod-labels', 'no-instance-type']);
    expect(observed.problems[1]).toMatchObject({ subject: 'node-1' });
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

  it('tells the interval from the samples when there is no up', async () => {
    const observed = await observe(steady({ up: [] }));
    expect(observed.containers[0].runSeconds).toBe(3600);
    expect(codes(observed)).toEqual(['scrape-interval-guessed']);
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
      'Prometheus of cluster us-west failed (HTTP 500)',
    );
    const aborted = AbortSignal.abort(new Error('time is up'));
    await expect(source.observe({ ...query, signal: aborted })).rejects.toThrow(
      'time is up',
    );
  });

  it('knows the first hour it can answer for', async () => {
    const asked = fakePrometheus(server, { nodes: [hourly({}, 3, 3)] });
    const source = PrometheusUsageSource.create({ now: () => end(48) });
    expect(
      await source.earliest(clusterOf(), new AbortController().signal),
    ).toEqual(end(1));
    const [{ params }] = asked;
    const points =
      (Number(params.get('end')) - Number(params.get('start'))) / 3600;
    expect(points).toBeLessThan(11_000);
  });
});
