import { NODE_LEAVES, NODES } from './nodes';
import { DAYS, MINUTES, minuteOf } from './time';

/** A container of the generated cluster. */
export interface WorldContainer {
  name: string;
  /** Absent = no request. */
  cpuRequest?: number;
  memoryRequestMib?: number;
  /** Units of `gpuResource`. */
  gpuRequest?: number;
  /** `nvidia_com_gpu` unless it is a MIG instance. */
  gpuResource?: string;
  memoryLimitMib?: number;
  /** Mean use; it swings with the day and with noise. */
  cpuCores: number;
  memoryMib: number;
}

/** A pod from the minute it is bound to the minute it is gone. */
export interface WorldPod {
  namespace: string;
  name: string;
  node: string;
  /** Catalog component it belongs to; absent = nobody's. */
  service?: string;
  from: number;
  to: number;
  /** Minute it succeeded; kube-state-metrics goes on listing it until `to`. */
  completes?: number;
  owner?: { kind: string; name: string };
  /** What is above the owner, when there is something. */
  top?: { kind: string; name: string };
  claims: string[];
  containers: WorldContainer[];
  /** Minutes a container is restarted at: a new cgroup, a new counter. */
  restarts: number[];
  /** Minutes a counter starts again from zero under the same labels. */
  counterResets: number[];
}

type Template = Pick<WorldPod, 'namespace' | 'service' | 'containers'> &
  Partial<WorldPod>;

function container(
  name: string,
  cpuRequest: number | undefined,
  memoryRequestMib: number | undefined,
  cpuCores: number,
  memoryMib: number,
  gpuRequest?: number,
): WorldContainer {
  return {
    name,
    cpuRequest,
    memoryRequestMib,
    cpuCores,
    memoryMib,
    gpuRequest,
  };
}

function pod(
  template: Template,
  name: string,
  node: string,
  more: Partial<WorldPod> = {},
): WorldPod {
  return {
    from: 0,
    to: MINUTES + 1,
    claims: [],
    restarts: [],
    counterResets: [],
    ...template,
    name,
    node,
    ...more,
  };
}

/** Pods of a Deployment or a Rollout: one on each node that `nodes` names. */
function replicas(
  kind: 'Deployment' | 'Rollout',
  name: string,
  template: Template,
  nodes: string[],
): WorldPod[] {
  const replicaSet = `${name}-6d4b75cb6d`;
  return nodes.map((node, index) =>
    pod(template, `${replicaSet}-${'abcdefgh'[index]}x7k2`, node, {
      owner: { kind: 'ReplicaSet', name: replicaSet },
      top: { kind, name },
    }),
  );
}

function statefulSet(
  name: string,
  template: Template,
  nodes: string[],
): WorldPod[] {
  return nodes.map((node, index) =>
    pod(template, `${name}-${index}`, node, {
      owner: { kind: 'StatefulSet', name },
      claims: [`data-${name}-${index}`],
    }),
  );
}

/** Ends a pod and starts its successor. */
function replaced(
  before: WorldPod,
  minute: number,
  successor: Partial<WorldPod>,
): WorldPod[] {
  return [
    { ...before, to: minute },
    { ...before, from: minute + 1, ...successor },
  ];
}

function shop(): WorldPod[] {
  const web = replicas(
    'Deployment',
    'web',
    {
      namespace: 'shop',
      service: 'web',
      containers: [
        container('web', 0.5, 512, 0.42, 480),
        container('proxy', 0.1, 128, 0.13, 90),
      ],
    },
    ['general-1', 'general-2', 'general-3'],
  );
  const api = replicas(
    'Deployment',
    'api',
    {
      namespace: 'shop',
      service: 'api',
      containers: [container('api', 2, 2048, 1.1, 1900)],
    },
    ['general-1', 'general-2', 'spot-1'],
  );
  const queue = replicas(
    'Deployment',
    'queue',
    {
      namespace: 'shop',
      service: 'queue',
      containers: [container('worker', 0.5, 1024, 0.8, 700)],
    },
    ['general-2', 'spot-1'],
  );
  const billing = replicas(
    'Deployment',
    'billing',
    {
      namespace: 'shop',
      service: 'billing',
      containers: [
        { ...container('billing', 0.25, 768, 0.3, 900), memoryLimitMib: 1024 },
      ],
    },
    ['general-1', 'general-2'],
  );
  const checkout = replicas(
    'Deployment',
    'checkout',
    {
      namespace: 'shop',
      service: 'checkout',
      containers: [container('checkout', 1, 1024, 0.35, 600)],
    },
    ['general-1', 'spot-1'],
  );
  queue[0].counterResets = [minuteOf(5, 8, 34)];
  billing[1].restarts = [minuteOf(7, 14, 12)];
  return [
    ...web.slice(0, 2),
    ...replaced(web[2], NODE_LEAVES, {
      name: 'web-6d4b75cb6d-zx7k2',
      node: 'general-2',
    }),
    ...api.slice(0, 2),
    // Rolled in the middle of an hour.
    ...replaced(api[2], minuteOf(4, 13, 22), { name: 'api-6d4b75cb6d-qx7k2' }),
    ...queue,
    ...billing,
    ...checkout,
  ];
}

function data(): WorldPod[] {
  const redis = statefulSet(
    'redis',
    {
      namespace: 'data',
      service: 'redis',
      containers: [container('redis', 0.5, 4096, 0.2, 3000)],
    },
    ['general-1', 'general-3'],
  );
  const search = statefulSet(
    'search',
    {
      namespace: 'data',
      service: 'search',
      containers: [container('search', 1, 6144, 0.9, 7000)],
    },
    ['general-1', 'general-2', 'general-3'],
  );
  const images = replicas(
    'Deployment',
    'images',
    {
      namespace: 'data',
      service: 'images',
      containers: [container('resize', 0.75, 512, 0.9, 450)],
    },
    ['general-2', 'spot-1'],
  );
  images[1].from = minuteOf(3, 16, 47);
  const burst = replicas(
    'Deployment',
    'burst',
    {
      namespace: 'data',
      service: 'burst',
      containers: [container('burst', undefined, undefined, 0.6, 800)],
    },
    ['general-1', 'spot-1'],
  );
  // A StatefulSet's pod keeps its name and its claim when it moves.
  return [
    redis[0],
    ...replaced(redis[1], NODE_LEAVES, { node: 'general-2' }),
    ...search.slice(0, 2),
    ...replaced(search[2], NODE_LEAVES, { node: 'spot-1' }),
    ...images,
    ...burst,
    ...nightly(),
  ];
}

/** A CronJob: each night one pod runs for half an hour, and is listed as succeeded for three hours more. */
function nightly(): WorldPod[] {
  return Array.from({ length: DAYS }, (_, day) => {
    const from = minuteOf(day, 1, 5 + (day % 7) * 3);
    const minutes = 31 + (day % 5) * 4;
    const job = `reports-${29_000_000 + day * 1440}`;
    return pod(
      {
        namespace: 'data',
        service: 'reports',
        containers: [container('report', 1, 1024, 2.2, 1500)],
      },
      `${job}-k8x2w`,
      'general-1',
      {
        owner: { kind: 'Job', name: job },
        top: { kind: 'CronJob', name: 'reports' },
        from,
        completes: from + minutes,
        to: from + minutes + 180,
      },
    );
  });
}

function ml(): WorldPod[] {
  const embedder = replicas(
    'Deployment',
    'embedder',
    {
      namespace: 'ml',
      service: 'embedder',
      containers: [container('server', 8, 16_384, 4.5, 11_000, 1)],
    },
    ['gpu-1', 'gpu-1', 'gpu-2', 'gpu-2'],
  );
  const trainer = ['gpu-1', 'gpu-2'].map((node, index) =>
    pod(
      {
        namespace: 'ml',
        service: 'trainer',
        containers: [container('train', 6, 32_768, 7.5, 30_000, 1)],
      },
      `trainer-worker-${index}`,
      node,
      { owner: { kind: 'PyTorchJob', name: 'trainer' } },
    ),
  );
  const notebook = pod(
    {
      namespace: 'ml',
      service: 'notebook',
      containers: [container('jupyter', 2, 8192, 0.1, 2500, 1)],
    },
    'notebook',
    'gpu-2',
  );
  const tagger = replicas(
    'Deployment',
    'tagger',
    {
      namespace: 'ml',
      service: 'tagger',
      containers: [container('tag', 0.5, 2048, 0.3, 1500, 1)],
    },
    ['sliced-1', 'sliced-1', 'sliced-1'],
  );
  const whisper = replicas(
    'Deployment',
    'whisper',
    {
      namespace: 'ml',
      service: 'whisper',
      containers: [container('transcribe', 1, 4096, 0.8, 3500, 1)],
    },
    ['silent-1'],
  );
  const onInstance = (
    name: string,
    profile: string,
    cpu: number,
    memoryMib: number,
  ) =>
    replicas(
      'Deployment',
      name,
      {
        namespace: 'ml',
        service: name,
        containers: [
          {
            ...container('server', cpu, memoryMib, cpu / 2, memoryMib / 2, 1),
            gpuResource: `nvidia_com_mig_${profile}`,
          },
        ],
      },
      ['mig-1'],
    );
  const fraud = replicas(
    'Rollout',
    'fraud',
    {
      namespace: 'ml',
      service: 'fraud',
      containers: [container('detector', 1.5, 3072, 1.2, 3300)],
    },
    ['general-2', 'spot-1'],
  );
  return [
    ...embedder,
    ...trainer,
    notebook,
    ...tagger,
    ...whisper,
    ...onInstance('llm', '3g_40gb', 4, 32_768),
    ...onInstance('rerank', '1g_10gb', 2, 8192),
    ...fraud,
  ];
}

/** A DaemonSet that no service owns. */
function agents(): WorldPod[] {
  return NODES.map(({ name, leaves }, index) =>
    pod(
      {
        namespace: 'kube-system',
        service: undefined,
        containers: [container('agent', 0.1, 200, 0.08, 220)],
      },
      `agent-${'bcdfghjkl'[index]}4n9q`,
      name,
      {
        owner: { kind: 'DaemonSet', name: 'agent' },
        to: leaves ?? MINUTES + 1,
      },
    ),
  );
}

export const PODS: WorldPod[] = [...shop(), ...data(), ...ml(), ...agents()];
