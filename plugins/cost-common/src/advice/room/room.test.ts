import { NamespaceLimit } from '@headroom/common';
import {
  codesFor,
  digestsOf,
  GIB,
  inputOf,
  MIB,
  POLICY,
  SPEC,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { explainAdvice } from '../output/explainAdvice';
import { recomputeAdvice } from '../recomputeAdvice';
import { AdviceInput } from '../types';

type Line = Extract<NamespaceLimit, { kind: 'LimitRange' }>['lines'][number];
type Quota = Extract<NamespaceLimit, { kind: 'ResourceQuota' }>;

const range = (...lines: Line[]): NamespaceLimit => ({
  kind: 'LimitRange',
  namespace: 'shop',
  name: 'bounds',
  lines,
});
const cpu = (more: Partial<Line>): Line => ({
  type: 'Container',
  resource: 'cpu',
  ...more,
});
const memory = (more: Partial<Line>): Line => ({
  type: 'Container',
  resource: 'memory',
  ...more,
});
const quota = (
  hard: Quota['hard'],
  used: Quota['used'],
  scopes: Quota['scopes'] = [],
): NamespaceLimit => ({
  kind: 'ResourceQuota',
  namespace: 'shop',
  name: 'team',
  hard,
  used,
  scopes,
});
const facts = (
  more: Partial<NonNullable<AdviceInput['facts']>> = {},
): AdviceInput['facts'] => ({
  name: 'app',
  role: 'main',
  spec: SPEC,
  containersInPod: 1,
  replicas: 1,
  ...more,
});
/** Asks for about 0.21 cores and 1178 MiB by itself, of 2 cores and 4 GiB. */
const advise = (limits: NamespaceLimit[], change: Partial<AdviceInput> = {}) =>
  adviseContainer(
    inputOf({ digests: digestsOf(28), limits, facts: facts(), ...change }),
  );
const messageOf = (
  { reasons }: ReturnType<typeof advise>['cpu'],
  code: string,
) => reasons.find(each => each.code === code)?.message;

describe('a LimitRange', () => {
  it('is never gone below, and is named', () => {
    const advice = advise([range(cpu({ min: 0.5 }), memory({ min: 2 * GIB }))]);
    expect(advice.cpu.proposed).toEqual({ request: 0.5, limit: null });
    expect(advice.cpu.rule).toEqual({
      kind: 'bound',
      side: 'least',
      bound: 0.5,
      by: 'LimitRange bounds',
    });
    expect(messageOf(advice.cpu, 'limit-range')).toBe(
      'LimitRange bounds asks for at least 500m of cpu in a container.',
    );
    expect(advice.memory.proposed).toEqual({
      request: 2 * GIB,
      limit: 2 * GIB,
    });
    expect(explainAdvice(advice).memory.message).toMatch(
      /asks for less than the 2 GiB that LimitRange bounds asks for/,
    );
    const evidence = JSON.parse(JSON.stringify(advice.evidence));
    expect(recomputeAdvice(evidence, digestsOf(28))).toEqual(advice);
  });

  it('of the tightest of several', () => {
    const { cpu: advised } = advise([
      range(cpu({ min: 0.5 })),
      range(cpu({ min: 0.7 })),
    ]);
    expect(advised.proposed?.request).toBe(0.7);
  });

  it('is never gone above: CPU to its maximum, with the limit it then takes', () => {
    const spec = { ...SPEC, cpuRequestCores: 0.3 };
    const { cpu: advised } = advise([range(cpu({ max: 1 }))], {
      spec,
      digests: digestsOf(28, { spec, cpu: () => 1.5 }),
    });
    expect(advised.proposed).toEqual({ request: 1, limit: 1 });
    expect(messageOf(advised, 'limit-range')).toMatch(
      /allows at most 1 core of cpu .* Usage asks for 1\.\d+ cores/,
    );
  });

  it('with too little memory withholds: less than is needed is a kill', () => {
    const spec = {
      ...SPEC,
      memoryRequestBytes: 2 * GIB,
      memoryLimitBytes: 2 * GIB,
    };
    const { memory: advised } = advise([range(memory({ max: 4 * GIB }))], {
      spec,
      digests: digestsOf(28, {
        spec,
        oomKills: 1,
        oomLimitBytes: 4 * GIB,
      }),
    });
    expect(advised.status).toBe('withheld');
    expect(advised.held?.limit).toBe(5 * GIB);
    expect(messageOf(advised, 'limit-range')).toMatch(
      /LimitRange bounds allows at most 4 GiB .* Usage asks for 5 GiB/,
    );
  });

  it('takes what policy adds to a memory limit, not what is needed', () => {
    const policy = { ...POLICY, memoryLimitRatio: 2 };
    const { memory: advised } = advise([range(memory({ max: 1.5 * GIB }))], {
      policy,
    });
    expect(advised.proposed).toEqual({
      request: 1178 * MIB,
      limit: 1.5 * GIB,
    });
  });

  it.each([
    ['its default', { default: 0.5 }, 0.5],
    ['its maximum, where it has no default', { max: 3 }, 3],
  ])('that would give a limit by %s: it is not left off', (_, line, limit) => {
    const { cpu: advised } = advise([range(cpu(line))]);
    expect(advised.proposed?.limit).toBe(limit);
    expect(messageOf(advised, 'limit-range')).toMatch(
      /LimitRange bounds gives a cpu limit of .* to containers without one/,
    );
  });

  it('keeps the limit that is set, rather than its lower default', () => {
    const spec = { ...SPEC, cpuLimitCores: 3 };
    const { cpu: advised } = advise([range(cpu({ default: 0.5 }))], {
      spec,
      digests: digestsOf(28, { spec }),
    });
    expect(advised.proposed?.limit).toBe(3);
    expect(codesFor(advised)).not.toContain('limit-removed');
  });

  it('with a low default: the limit leaves room for the highest peak', () => {
    const digests = digestsOf(28, {
      cpu: slot => (slot === 5 ? 1.2 : 0.2),
    });
    const { cpu: advised } = advise([range(cpu({ default: 0.5 }))], {
      digests,
    });
    expect(advised.proposed?.limit).toBe(1.2);
  });

  it('with a ratio: the request rises so that the limit holds the peak', () => {
    const digests = digestsOf(28, {
      cpu: slot => (slot === 5 ? 1.2 : 0.1),
    });
    const { cpu: advised } = advise([range(cpu({ maxLimitRequestRatio: 4 }))], {
      digests,
    });
    const { request, limit } = advised.proposed!;
    expect(limit).toBeGreaterThanOrEqual(1.2);
    expect(limit! / request).toBeLessThanOrEqual(4);
    expect(messageOf(advised, 'limit-range')).toMatch(/refuses pods without/);
  });

  it('of type Pod: each container keeps to its part of the sum', () => {
    const other = { name: 'proxy', role: 'sidecar' as const };
    const pod = facts({
      containersInPod: 2,
      otherContainers: [{ ...other, cpuRequestCores: 1 }],
    });
    const { cpu: advised } = advise([range(cpu({ type: 'Pod', min: 1.5 }))], {
      facts: pod,
    });
    // Two of the pod's three cores.
    expect(advised.proposed?.request).toBe(1);
    expect(messageOf(advised, 'limit-range')).toMatch(
      /at least 1.5 cores of cpu in a pod, of which this container keeps the part/,
    );
  });
});

describe('a ResourceQuota', () => {
  const killed = (limits: NamespaceLimit[], more = {}) => {
    const spec = {
      ...SPEC,
      memoryRequestBytes: 4 * GIB,
      memoryLimitBytes: 4 * GIB,
    };
    return advise(limits, {
      spec,
      digests: digestsOf(28, { spec, oomKills: 1, oomLimitBytes: 4 * GIB }),
      ...more,
    }).memory;
  };
  const room = (gib: number) =>
    quota(
      { memoryRequestBytes: 100 * GIB },
      { memoryRequestBytes: (100 - gib) * GIB },
    );

  it('with room for the change on all pods leaves advice as it is', () => {
    const three = { facts: facts({ replicas: 3 }) };
    expect(killed([room(3)], three).proposed?.limit).toBe(5 * GIB);
    const short = killed([room(2.9)], three);
    expect(short.status).toBe('withheld');
    expect(short.held?.limit).toBe(5 * GIB);
    expect(messageOf(short, 'quota')).toMatch(
      /^ResourceQuota team has 2.9 GiB of requests.memory left, which allows 4.97 GiB for each of 3 pods. Usage asks for 5 GiB/,
    );
  });

  it('counts the pods an autoscaler may make', () => {
    const hpa = {
      kind: 'HorizontalPodAutoscaler' as const,
      name: 'cart',
      target: { namespace: 'shop', kind: 'Deployment', name: 'cart' },
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [],
      otherMetrics: 1,
    };
    const three = { facts: facts({ replicas: 3 }), steering: [hpa] };
    // 10 × 5 GiB are 38 GiB more than 3 × 4 GiB.
    expect(killed([room(37)], three).status).toBe('withheld');
    expect(killed([room(38)], three).proposed?.limit).toBe(5 * GIB);
  });

  it('that is used up does not take away what is there', () => {
    const { cpu: advised } = advise([
      quota({ cpuRequestCores: 4 }, { cpuRequestCores: 5 }),
    ]);
    expect(advised.proposed?.request).toBeLessThan(0.3);
  });

  it('bounds a CPU request that rises', () => {
    const spec = { ...SPEC, cpuRequestCores: 0.5 };
    const { cpu: advised } = advise(
      [quota({ cpuRequestCores: 10 }, { cpuRequestCores: 9.8 })],
      { spec, digests: digestsOf(28, { spec, cpu: () => 1 }) },
    );
    expect(advised.proposed?.request).toBe(0.7);
    expect(codesFor(advised)).toContain('quota');
  });

  it('counts what a RuntimeClass takes of pods an autoscaler may add', () => {
    const spec = { ...SPEC, cpuRequestCores: 0.5 };
    const request = (podOverhead?: { cpuCores: number }) =>
      advise([quota({ cpuRequestCores: 10 }, { cpuRequestCores: 8.6 })], {
        spec,
        facts: facts({ podOverhead }),
        digests: digestsOf(28, { spec, cpu: () => 1 }),
        steering: [
          {
            kind: 'HorizontalPodAutoscaler',
            name: 'web',
            target: { namespace: 'shop', kind: 'Deployment', name: 'web' },
            minReplicas: 1,
            maxReplicas: 3,
            metrics: [{ resource: 'memory', targetAverageValue: 4 * GIB }],
            otherMetrics: 0,
          },
        ],
      }).cpu;
    const settingOf = ({ proposed, held }: ReturnType<typeof request>) =>
      (proposed ?? held)?.request;
    // (1.4 + 0.5) / 3, and less 2 × 0.1 that the quota counts of two more pods.
    expect(settingOf(request())).toBeCloseTo(0.633, 2);
    expect(settingOf(request({ cpuCores: 0.1 }))).toBeCloseTo(0.566, 2);
  });

  it('of CPU limits: none can be left off', () => {
    const spec = { ...SPEC, cpuLimitCores: 3 };
    const { cpu: advised } = advise(
      [quota({ cpuLimitCores: 10 }, { cpuLimitCores: 9 })],
      { spec, digests: digestsOf(28, { spec }) },
    );
    expect(advised.proposed?.limit).toBe(3);
    expect(messageOf(advised, 'quota')).toMatch(/pods without one are refused/);
  });

  const scope = (
    name: string,
    operator: Quota['scopes'][number]['operator'] = 'Exists',
    values: string[] = [],
  ) => [{ scope: name, operator, values }];

  it.each([
    ['Terminating', scope('Terminating'), {}, false],
    ['Terminating', scope('Terminating'), { terminating: true as const }, true],
    ['NotTerminating', scope('NotTerminating'), {}, true],
    ['BestEffort', scope('BestEffort'), {}, false],
    ['another class', scope('PriorityClass', 'In', ['high']), {}, false],
    [
      'its class',
      scope('PriorityClass', 'In', ['high']),
      { priorityClass: 'high' },
      true,
    ],
    ['no class', scope('PriorityClass', 'DoesNotExist'), {}, true],
    ['a scope of tomorrow', scope('Lunar'), {}, true],
  ])('of scope %s', (_, scopes, more, counts) => {
    const { status } = killed(
      [quota({ memoryRequestBytes: GIB }, { memoryRequestBytes: GIB }, scopes)],
      { facts: facts(more) },
    );
    expect(status).toBe(counts ? 'withheld' : 'change');
  });
});

describe('what could not be read', () => {
  it('is said beside what is proposed', () => {
    const { cpu: advised } = adviseContainer(
      inputOf({ digests: digestsOf(28), limits: undefined }),
    );
    expect(advised.status).toBe('change');
    expect(codesFor(advised)).toContain('limits-unknown');
    expect(codesFor(advise([]).cpu)).not.toContain('limits-unknown');
  });
});

describe('the largest node', () => {
  const node = { cpuCores: 8, memoryBytes: 32 * GIB, nodePools: ['general'] };
  const wild = digestsOf(28, day => ({
    cpu: slot => (day === 10 && slot === 7 ? 5_766_666 : 2),
    runs: [],
  }));

  it('bounds what a reading can be: one sample does not ruin the advice', () => {
    const policy = { ...POLICY, cpuLimit: { timesRequest: 2 } };
    const { cpu: advised, money } = advise([], { digests: wild, node, policy });
    const steady = advise([], {
      digests: digestsOf(28, { cpu: () => 2 }),
      node,
      policy,
    });
    // The exact peak was the impossible one: the next is known to a bucket.
    const peak = steady.cpu.usage!.peak;
    expect(advised.usage!.peak / peak).toBeCloseTo(1, 1);
    const [now, then] = [advised, steady.cpu].map(
      each => each.proposed ?? each.held ?? each.current,
    );
    expect(now.request! / then.request!).toBeCloseTo(1, 1);
    expect(now.limit! / then.limit!).toBeCloseTo(1, 1);
    expect(
      Number(money?.listMicros) / Number(steady.money?.listMicros),
    ).toBeCloseTo(1, 1);
  });

  it('bounds by what any machine has, where no node is known', () => {
    const policy = { ...POLICY, cpuLimit: { timesRequest: 2 } };
    const { cpu: advised } = advise([], { digests: wild, policy });
    const setting = advised.proposed ?? advised.held ?? advised.current;
    expect(setting.request).toBeLessThan(4);
    expect(setting.limit ?? 0).toBeLessThan(10);
  });

  it('bounds requests and limits: a pod that asks for more is never scheduled', () => {
    const spec = { ...SPEC, cpuRequestCores: 4 };
    const policy = { ...POLICY, cpuLimit: { timesRequest: 2 } };
    const { cpu: advised } = advise([], {
      spec,
      digests: digestsOf(28, { spec, cpu: () => 8 }),
      node,
      policy,
    });
    expect(advised.proposed).toEqual({ request: 8, limit: 8 });
    expect(messageOf(advised, 'node-size')).toMatch(
      /^No node of node pool general has more than 8 cores/,
    );
  });

  it('has less for containers where a RuntimeClass takes its part', () => {
    const spec = { ...SPEC, cpuRequestCores: 4 };
    const policy = { ...POLICY, cpuLimit: { timesRequest: 2 } };
    const { cpu: advised } = advise([], {
      spec,
      facts: facts({ podOverhead: { cpuCores: 0.25 } }),
      digests: digestsOf(28, { spec, cpu: () => 8 }),
      node,
      policy,
    });
    expect(advised.proposed).toEqual({ request: 7.75, limit: 7.75 });
    expect(messageOf(advised, 'node-size')).toContain(
      'No node of node pool general has more than 8 cores, of which the RuntimeClass of the pod takes 250m. A pod that asks for more is never scheduled.',
    );
  });

  it('with too little memory withholds', () => {
    const spec = {
      ...SPEC,
      memoryRequestBytes: 30 * GIB,
      memoryLimitBytes: 30 * GIB,
    };
    const { memory: advised } = advise([], {
      spec,
      digests: digestsOf(28, { spec, oomKills: 1, oomLimitBytes: 30 * GIB }),
      node,
    });
    expect(advised.status).toBe('withheld');
    expect(codesFor(advised)).toContain('node-size');
  });
});
