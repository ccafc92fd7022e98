import { makeSpec } from './__testUtils__/makeSpec';
import { checkServiceSpec } from './checkServiceSpec';
import { SERVICE_KINDS, ServiceSpec } from './ServiceSpec';

const NOW = { nowMs: Date.UTC(2026, 10, 29) };

function issuesOf(
  over: Partial<ServiceSpec>,
  context: Omit<Parameters<typeof checkServiceSpec>[1], 'nowMs'> = {},
) {
  return checkServiceSpec(makeSpec(over), { ...NOW, ...context }).map(
    ({ path, severity, text }) => `${severity} ${path}: ${text.message}`,
  );
}

it.each(SERVICE_KINDS)('lets the defaults of %s be', kind => {
  expect(issuesOf({ kind })).toEqual([]);
});

const cases: ReadonlyArray<readonly [Partial<ServiceSpec>, string]> = [
  [
    { replicas: { min: 12, max: 10 } },
    'error replicas.min: replicas.min is 12, above replicas.max, which is 10; lower the one or raise the other.',
  ],
  [
    { replicas: { min: 3, max: 3 } },
    'error replicas.max: replicas.min and replicas.max are both 3, so nothing can scale; raise replicas.max, or let nothing scale it.',
  ],
  [
    { kind: 'batch-inference', criticality: 'critical', spot: false },
    'error replicas.min: replicas.min is 0, and the service is critical: the first request after a rest would wait for a pod; set it to 2.',
  ],
  [
    { replicas: { min: 0, max: 10 } },
    'error replicas.min: replicas.min is 0, and nothing that scales by cpu wakes from zero; set it to 1 or more.',
  ],
  [
    { timezone: 'Europe/Berlim' },
    'error timezone: timezone is Europe/Berlim, and there is no such time zone; it is a name of the IANA database, such as Europe/Berlin.',
  ],
  [
    { kind: 'gpu-inference', gpu: { sharing: 'mig' } },
    'error gpu.memory: gpu.memory is missing: a part of a device can’t be chosen without it; say how much memory the model takes, such as 12Gi.',
  ],
  [
    {
      kind: 'gpu-inference',
      gpu: { sharing: 'mig', memory: '90Gi', model: 'NVIDIA-A100-SXM4-80GB' },
    },
    'error gpu.memory: gpu.memory is 90Gi, more than any slice of NVIDIA-A100-SXM4-80GB has; take a whole device.',
  ],
  [
    { limits: { memory: '128Mi' } },
    'error limits.memory: limits.memory is 128Mi, below the request of 256Mi; raise it, or lower the request.',
  ],
  [
    { requests: { cpu: '-1', memory: '1Gi', ephemeralStorage: '1Gi' } },
    'error requests.cpu: requests.cpu is "-1"; it is a quantity such as 250m or 512Mi.',
  ],
  [
    { image: 'ghcr.io/example/checkout:latest' },
    'error image: image is "ghcr.io/example/checkout:latest"; it is an image with a tag that is not latest, or with a digest.',
  ],
  [
    { image: 'registry:5000/checkout' },
    'error image: image is "registry:5000/checkout"; it is an image with a tag that is not latest, or with a digest.',
  ],
  [
    { kind: 'training-job', cron: '61 * * * *' },
    'error cron: cron is "61 * * * *"; it is five fields of cron, such as 0 1 * * *.',
  ],
  [
    { kind: 'training-job', cron: '0 1 31 2 *' },
    'error cron: cron is 0 1 31 2 *, which never comes; correct its day or its month.',
  ],
  [
    { kind: 'training-job', replicas: { min: 0, max: 2 } },
    'error replicas.max: replicas.max is 2, and a training runs once at a time; set it to 1.',
  ],
  [
    {
      kind: 'batch-inference',
      scaling: { signal: 'cpu' },
      replicas: { min: 1, max: 2 },
    },
    'error scaling.signal: scaling.signal is cpu, and a batch-inference can’t follow that; it is one of queueDepth, none.',
  ],
  [
    { scaling: { signal: 'cpu', target: 130 } },
    'error scaling.target: scaling.target is 130 %, and there is no more than 100 % of a request; set 30 to 90.',
  ],
  [
    {
      kind: 'gpu-inference',
      gpu: { sharing: 'mig', memory: '8Gi', model: 'NVIDIA-L4' },
    },
    'error gpu.model: gpu.model is NVIDIA-L4, which can’t be cut into slices; let replicas take turns on it, take a whole device, or name another model.',
  ],
  [
    {
      kind: 'gpu-inference',
      gpu: { sharing: 'whole', memory: '90Gi', model: 'NVIDIA-A100-SXM4-80GB' },
    },
    'error gpu.memory: gpu.memory is 90Gi, and one A100 80 GB has 80Gi; ask for that or less, or name another model.',
  ],
  [
    {
      kind: 'gpu-inference',
      criticality: 'critical',
      gpu: { sharing: 'time-slicing', memory: '8Gi' },
    },
    'error gpu.sharing: gpu.sharing is time-slicing, and the service is critical: nothing keeps memory and faults of its neighbours away; take a slice or a whole device.',
  ],
];

it.each(cases)('says of %j what is wrong', (over, said) => {
  expect(issuesOf(over)).toEqual([said]);
});

it('says which windows are in conflict', () => {
  const [said, ...others] = issuesOf({
    schedule: 'mon-fri 08:00-18:00 max=2; mon-fri 12:00-13:00 min=3',
  });
  expect(others).toEqual([]);
  expect(said).toMatch(
    /^error schedule: .*highest floor is 3 and the lowest ceiling is 2/,
  );
});

it('compares a budget with what the smallest number of replicas costs', () => {
  const budget = { amount: '100', currency: 'USD' };
  const cost = (decimal: bigint, currency = 'USD') => ({
    minMonthly: { micros: decimal, currency },
  });
  expect(issuesOf({ budget }, cost(100_000_000n))).toEqual([]);
  expect(issuesOf({ budget }, cost(100_000_001n))).toEqual([
    'error budget: budget is 100 USD a month, below the 100.01 USD that 2 replicas cost; raise it, or take fewer or smaller replicas.',
  ]);
  expect(issuesOf({ budget }, cost(500_000_000n, 'EUR'))).toEqual([]);
  expect(issuesOf({ budget })).toEqual([]);
});

it('knows clusters where they are said', () => {
  expect(issuesOf({ cluster: 'mars' }, { clusters: ['us-west'] })).toEqual([
    'error cluster: cluster is mars, and there is no such cluster under headroom.clusters; there are us-west.',
  ]);
});

it('says which names are too long for what is added to them', () => {
  const spec = { ...makeSpec(), name: 'n'.repeat(53) };
  expect(checkServiceSpec(spec, NOW).map(({ text }) => text.message)).toEqual([
    'name has 53 characters, and Kubernetes adds to it in the names of Jobs, revisions and HPAs; it has 52 at most.',
  ]);
});

it('says what a kind can’t do without', () => {
  const without = (kind: ServiceSpec['kind'], field: keyof ServiceSpec) =>
    checkServiceSpec({ ...makeSpec({ kind }), [field]: undefined }, NOW).map(
      ({ path }) => path,
    );
  expect(without('feature-store', 'storage')).toEqual(['storage']);
  expect(without('training-job', 'storage')).toEqual(['storage']);
  expect(without('training-job', 'cron')).toEqual(['cron']);
  expect(without('gpu-inference', 'gpu')).toEqual(['gpu']);
});
