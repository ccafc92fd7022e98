import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { inEnglish } from '@headroom/plugin-cost-common/testUtils';
import { CheckStep } from '@headroom/plugin-cost-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { part, series } from '../__testUtils__/fakeAnswers';
import { clusterOf, URL_OF_FAKE } from '../__testUtils__/fakePrometheus';
import { PrometheusUsageSource } from '../PrometheusUsageSource';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const NOW = Date.now() / 1000;

type Answer = PrometheusSeries[] | { status: number; body: unknown };

/** A Prometheus that has what `answer` says, and its clock. */
function prometheus(answer: (query: string) => Answer): string[] {
  const asked: string[] = [];
  const reply = (params: URLSearchParams) => {
    const query = params.get('query') ?? '';
    asked.push(query);
    if (query === 'time()') {
      return HttpResponse.json({
        status: 'success',
        data: {
          resultType: 'scalar',
          result: [NOW, String(Date.now() / 1000)],
        },
      });
    }
    const result = answer(query);
    return Array.isArray(result)
      ? HttpResponse.json({
          status: 'success',
          data: {
            resultType: 'matrix',
            result: result.map(({ labels, samples }) => ({
              metric: labels,
              values: samples.map(([at, value]) => [at, String(value)]),
            })),
          },
        })
      : HttpResponse.json(result.body as object, { status: result.status });
  };
  server.use(
    http.get(`${URL_OF_FAKE}/api/v1/query`, ({ request }) =>
      reply(new URL(request.url).searchParams),
    ),
    http.post(`${URL_OF_FAKE}/api/v1/query`, async ({ request }) =>
      reply(new URLSearchParams(await request.text())),
    ),
  );
  return asked;
}

/** A small cluster that has the most of what there can be. */
function healthy(query: string): Answer {
  if (/answering/.test(query)) {
    return [
      part('targets', { job: 'ksm' }, 1),
      part('answering', { job: 'ksm' }, 1),
    ];
  }
  if (/exporters/.test(query)) {
    return [part('exporters', { job: 'ksm', instance: 'a' }, 1), part('nodes')];
  }
  if (/^count by \(__name__\)/.test(query)) {
    return [...query.matchAll(/\b(kube_\w+)\b/g)].map(([name]) =>
      series({ __name__: name }),
    );
  }
  if (/"named"/.test(query)) {
    const labels = { job: 'kubelet', namespace: 'a', pod: 'b', container: 'c' };
    return [
      ...[
        'container_cpu_usage_seconds_total',
        'container_memory_working_set_bytes',
        'container_cpu_cfs_periods_total',
        'container_oom_events_total',
      ].map(name => part('named', { __name__: name })),
      part('jobs', { job: 'kubelet' }),
      part('example', labels),
    ];
  }
  if (/\[14m\]/.test(query)) {
    return [series({ job: 'ksm' }, [NOW - 90, NOW - 60, NOW - 30, NOW])];
  }
  if (/^topk\(300, kube_node_info/.test(query)) {
    return [series({ node: 'n1' })];
  }
  if (/^topk\(300, kube_node_labels/.test(query)) {
    return [
      series({
        node: 'n1',
        label_node_kubernetes_io_instance_type: 'm5.large',
      }),
    ];
  }
  if (/kube_pod_labels/.test(query)) {
    return [part('example', { label_app: 'x' }), part('app')];
  }
  return /offset/.test(query) ? [part('1'), part('30')] : [];
}

async function check(
  matchers: Record<string, string> = {},
  signal = new AbortController().signal,
): Promise<{ steps: CheckStep[]; found: string[] }> {
  const steps: CheckStep[] = [];
  const source = PrometheusUsageSource.create();
  for await (const step of source.check(clusterOf(matchers), signal)) {
    steps.push(step);
    if (step.kind === 'finding') {
      const { sentence, wording } = step.finding;
      expect(inEnglish(wording?.sentence)).toBe(sentence);
    }
  }
  return {
    steps,
    found: steps.flatMap(step =>
      step.kind === 'finding'
        ? [`${step.finding.severity} ${step.finding.id}`]
        : [],
    ),
  };
}

function sentences(steps: CheckStep[]): string {
  return steps
    .flatMap(step => (step.kind === 'finding' ? [step.finding.sentence] : []))
    .join('\n');
}

describe('the check of a Prometheus', () => {
  it('has nothing but right to say of a cluster that has all, in few questions', async () => {
    const asked = prometheus(healthy);
    const { steps, found } = await check();
    expect(found.filter(each => !each.startsWith('right'))).toEqual([]);
    expect(found.length).toBeGreaterThan(9);
    expect(asked.length).toBeLessThanOrEqual(20);
    expect(
      steps.filter(({ kind }) => kind === 'asking').length,
    ).toBeGreaterThan(8);
    expect(steps).toContainEqual({
      kind: 'nodes',
      nodes: [
        {
          count: 1,
          node: expect.objectContaining({ instanceType: 'm5.large' }),
        },
      ],
    });
  });

  it('asks for counts and single series, with the matchers of the cluster', async () => {
    const asked = prometheus(healthy);
    await check({ cluster: 'us-west' });
    for (const query of asked.filter(each => each !== 'time()')) {
      expect(query).toMatch(
        /^(count|topk|label_replace|max by \(node|up\{|kube_node_info\{|container_memory\w+\{)/,
      );
      expect(query).toContain('cluster="us-west"');
    }
  });

  it('says that there is nothing at all once', async () => {
    prometheus(() => []);
    expect((await check()).found).toEqual([
      'right answers',
      'right clock',
      'wrong matchers',
    ]);
  });

  it('says what matchers there are when they pick nothing', async () => {
    prometheus(query =>
      /^topk\(50/.test(query) ? [series({ cluster: 'eu' })] : [],
    );
    const { steps } = await check({ cluster: 'us' });
    expect(sentences(steps)).toContain('the values of cluster are eu');
  });

  it('goes on when a question is too much, asking for less', async () => {
    const refused = {
      status: 422,
      body: {
        status: 'error',
        errorType: 'execution',
        error: 'limit of secret series',
      },
    };
    prometheus(query =>
      /^count by \(__name__\) \(\{__name__=~"kube_pod_info/.test(query) &&
      !/kube-system/.test(query)
        ? refused
        : healthy(query),
    );
    const { found } = await check();
    expect(found.filter(each => !each.startsWith('right'))).toEqual([]);
    server.resetHandlers();
    prometheus(query =>
      /kube_pod_labels|offset 90d/.test(query) ? refused : healthy(query),
    );
    const { steps, found: partly } = await check();
    expect(partly).toContain('note pod-labels-not-told');
    expect(partly).toContain('missing history');
    expect(sentences(steps)).not.toContain('secret');
  });

  it.each([
    [401, 'text/plain', 'no', /none are configured/],
    [302, 'text/plain', '', /redirect/],
    [200, 'text/html', '<html><title>Grafana</title>', /a Grafana says/],
  ])(
    'ends with one finding when it is answered %i, %s',
    async (status, type, body, sentence) => {
      server.use(
        http.get(
          `${URL_OF_FAKE}/*`,
          () =>
            new HttpResponse(body, {
              status,
              headers: { 'content-type': type },
            }),
        ),
      );
      const { steps, found } = await check();
      expect(found).toEqual(['wrong unanswered']);
      expect(sentences(steps)).toMatch(sentence);
      expect(sentences(steps)).not.toContain('prometheus.test');
    },
  );

  it('finds the path below which the API is', async () => {
    server.use(
      http.get(`${URL_OF_FAKE}/prometheus/api/v1/query`, () =>
        HttpResponse.json({
          status: 'success',
          data: { resultType: 'scalar', result: [1, '1'] },
        }),
      ),
      http.get(
        `${URL_OF_FAKE}/*`,
        () => new HttpResponse('404 page not found', { status: 404 }),
      ),
    );
    const { steps } = await check();
    expect(steps.at(-1)).toMatchObject({
      finding: {
        severity: 'wrong',
        sentence: expect.stringContaining('answers below /prometheus.'),
        mend: { line: expect.stringMatching(/^url: …\/prometheus/) },
      },
    });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    prometheus(query => {
      if (/exporters/.test(query)) {
        controller.abort(new Error('enough'));
      }
      return healthy(query);
    });
    await expect(check({}, controller.signal)).rejects.toThrow('enough');
  });
});
