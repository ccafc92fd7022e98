import { SchemaJudge } from './SchemaJudge';

/** As an operator would have it, small. */
const WIDGETS = {
  kind: 'CustomResourceDefinition',
  spec: {
    group: 'example.com',
    names: { kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                required: ['size'],
                'x-kubernetes-validations': [
                  { rule: 'self.size <= 3', message: 'size is at most 3' },
                  { rule: 'self.size == oldSelf.size' },
                  { rule: 'self.nothing(' },
                ],
                properties: {
                  size: { type: 'integer', minimum: 1 },
                  mode: { type: 'string', enum: ['Off', 'On'] },
                  free: {
                    type: 'object',
                    'x-kubernetes-preserve-unknown-fields': true,
                  },
                  loud: { type: 'string', pattern: '^(?i)(abort|warn)?$' },
                  port: { 'x-kubernetes-int-or-string': true },
                  keys: {
                    type: 'object',
                    additionalProperties: { type: 'string' },
                    'x-kubernetes-validations': [
                      {
                        rule: 'self.all(k, !k.find("^([^/]+)").endsWith("example.com"))',
                        message: 'ours are not for you',
                      },
                    ],
                  },
                },
              },
            },
          },
        },
      },
      { name: 'v1old', served: false, schema: {} },
    ],
  },
};

const widget = (spec: object, more: object = {}) => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'a' },
  spec,
  ...more,
});

const judge = new SchemaJudge();
judge.addDefinition(WIDGETS);
const said = (object: Parameters<SchemaJudge['judge']>[0]) =>
  judge.judge(object).problems.map(({ message }) => message);

describe('SchemaJudge', () => {
  it('passes what is right', () => {
    expect(
      said(
        widget({
          size: 2,
          mode: 'Off',
          free: { a: 1 },
          port: 'http',
          loud: 'WARN',
        }),
      ),
    ).toEqual([]);
  });

  it.each([
    [widget({ size: 2, sise: 1 }), 'spec has the field sise'],
    [widget({ size: 2 }, { sepc: {} }), 'The object has the field sepc'],
    [widget({}), 'spec has no size'],
    [widget({ size: 2, mode: false }), 'spec.mode is false'],
    [widget({ size: 2, mode: 'Auto' }), 'allowed values Off, On'],
    [widget({ size: 0 }), 'spec.size is 0; it must be >= 1'],
    [widget({ size: 2, port: 1.5 }), 'spec.port is 1.5'],
    [widget({ size: 4 }), 'size is at most 3'],
    [widget({ size: 2, loud: 'shout' }), 'spec.loud is "shout"'],
    [
      widget({ size: 2, keys: { 'a.example.com/b': 'c' } }),
      'ours are not for you',
    ],
    [
      widget({ size: 1 }, { metadata: { name: 'a', lables: {} } }),
      'metadata has the field lables',
    ],
    [
      widget({ size: 1 }, { apiVersion: 'example.com/v1old' }),
      'There is no Widget in example.com/v1old',
    ],
  ])('refuses %j', (object, expected) => {
    expect(said(object)).toEqual(
      expect.arrayContaining([expect.stringContaining(expected)]),
    );
  });

  it('says by name what it can not judge', () => {
    expect(
      judge.judge({ apiVersion: 'other.io/v1', kind: 'Thing' }).notJudged,
    ).toEqual(['other.io/v1 Thing']);
    expect(judge.judge(widget({ size: 1 })).notJudged).toEqual([
      expect.stringContaining('the rule "self.nothing(" of spec'),
    ]);
  });
});

const folder = process.env.HEADROOM_SCHEMAS;
(folder ? describe : describe.skip)('the schemas of HEADROOM_SCHEMAS', () => {
  const strict = SchemaJudge.read(folder ?? '');

  it('has rules that all can be asked', async () => {
    expect((await strict).brokenRules).toEqual([]);
    expect((await strict).kinds).toEqual(
      expect.arrayContaining([
        'apps/v1 Deployment',
        'keda.sh/v1alpha1 ScaledObject',
        'karpenter.sh/v1 NodePool',
        'kueue.x-k8s.io/v1beta2 ClusterQueue',
        'autoscaling.k8s.io/v1 VerticalPodAutoscaler',
      ]),
    );
  });

  it.each([
    [
      'M1',
      'autoscaling.k8s.io/v1',
      'VerticalPodAutoscaler',
      {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
        updatePolicy: { updateMode: 'Recommendation' },
      },
      'spec.updatePolicy.updateMode',
    ],
    [
      'M6',
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      {
        maxReplicas: 3,
        scaleTargetRef: { kind: 'Deployment', name: 'a' },
        targetCPUUtilizationPercentage: 50,
      },
      'targetCPUUtilizationPercentage',
    ],
    ['M6', 'autoscaling/v2beta2', 'HorizontalPodAutoscaler', {}, 'There is no'],
    [
      'M13',
      'keda.sh/v1alpha1',
      'ScaledObject',
      {
        scaleTargetRef: { name: 'a' },
        triggers: [{ type: 'cron', metadata: { desiredReplicas: 3 } }],
      },
      'desiredReplicas',
    ],
    [
      'M27',
      'v1',
      'LimitRange',
      { limits: [{ type: 'Container', defaultRequests: {} }] },
      'defaultRequests',
    ],
    [
      'M31',
      'karpenter.sh/v1',
      'NodePool',
      {
        template: {
          spec: {
            nodeClassRef: { group: 'a', kind: 'b', name: 'c' },
            requirements: [],
          },
        },
        disruption: { budgets: [{ nodes: '1', schedule: '0 0 * * *' }] },
      },
      "'schedule' must be set with 'duration'",
    ],
    [
      'M43',
      'kueue.x-k8s.io/v1beta2',
      'ClusterQueue',
      {
        resourceGroups: [
          {
            coveredResources: ['cpu', 'memory'],
            flavors: [
              {
                name: 'a',
                resources: [{ name: 'cpu', nominalQuota: '1' }],
              },
            ],
          },
        ],
      },
      'flavors',
    ],
  ])('refuses %s in %s %s', async (_rule, apiVersion, kind, spec, expected) => {
    const { problems } = (await strict).judge({
      apiVersion,
      kind,
      metadata: { name: 'a' },
      spec,
    });
    expect(problems.map(({ field, message }) => `${field} ${message}`)).toEqual(
      expect.arrayContaining([expect.stringContaining(expected)]),
    );
  });

  it('passes a Deployment, and refuses a quantity that is none', async () => {
    const deployment = (memory: unknown) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: {
          metadata: { labels: { a: 'b' } },
          spec: {
            containers: [{ name: 'a', resources: { requests: { memory } } }],
          },
        },
      },
    });
    expect((await strict).judge(deployment('1Gi')).problems).toEqual([]);
    expect((await strict).judge(deployment('1GB')).problems).toHaveLength(1);
  });
});
