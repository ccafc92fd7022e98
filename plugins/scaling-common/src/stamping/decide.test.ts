import fc from 'fast-check';
import { makeSpec } from './__testUtils__/makeSpec';
import { cheaperChoices } from './cheaperChoices';
import { checkServiceSpec } from './checkServiceSpec';
import { decide } from './decide';
import { DecisionAnswers, KINDS_OF_WORK } from './DecisionAnswers';
import { demandsOf } from './demandsOf';
import { CRITICALITIES, ENVIRONMENTS, SERVICE_KINDS } from './ServiceSpec';

const NOW = { nowMs: Date.UTC(2026, 10, 29) };
const STANDARD = {
  environment: 'production',
  criticality: 'standard',
} as const;

it.each([
  ['requests', undefined, 'web-service', 'cpu'],
  ['gateway', undefined, 'api-gateway', 'cpu'],
  ['model', undefined, 'model-serving', 'requestsPerSecond'],
  ['model', '10Gi', 'gpu-inference', 'queueDepth'],
  ['queue', undefined, 'batch-inference', 'queueDepth'],
  ['training', '40Gi', 'training-job', 'none'],
  ['state', undefined, 'feature-store', 'memory'],
] as const)(
  'makes of %s with %s of a GPU a %s by %s',
  (work, gpuMemory, kind, signal) => {
    const { spec } = decide({ ...STANDARD, work, gpuMemory });
    expect(spec).toMatchObject({ kind, scaling: { signal } });
  },
);

it('reckons with the peak and a third more', () => {
  const { spec, reasons } = decide({
    ...STANDARD,
    work: 'model',
    requestsPerSecond: 300,
    latencyMilliseconds: 200,
  });
  expect(spec.replicas).toEqual({ min: 2, max: 20 });
  expect(spec.scaling).toEqual({
    signal: 'requestsPerSecond',
    target: 20,
    latencyMilliseconds: 200,
  });
  expect(reasons.map(({ reason }) => reason.message)).toContain(
    'At 300 requests a second and 20 a replica, 15 are needed at the peak; a third more is the most.',
  );
});

it('shares a device as far as others depend on it', () => {
  const sharing = (over: Partial<DecisionAnswers>) =>
    decide({ ...STANDARD, work: 'model', gpuMemory: '9Gi', ...over }).spec.gpu
      ?.sharing;
  expect(sharing({ environment: 'development' })).toBe('time-slicing');
  expect(sharing({ gpuModel: 'NVIDIA-A100-SXM4-80GB' })).toBe('mig');
  expect(sharing({ gpuModel: 'NVIDIA-L4' })).toBe('whole');
});

/** What was decided of a field, and the sentence that says why. */
function decided(over: Partial<DecisionAnswers>, field: string) {
  const { reasons } = decide({ ...STANDARD, ...over });
  return reasons
    .filter(each => each.field === field)
    .map(({ value, reason }) => [value, reason.wording.key.split('.')[1]]);
}

it.each<[string, Partial<DecisionAnswers>, [string, string][]]>([
  ['replicas', { work: 'requests' }, [['2–10', 'replicasServing']]],
  [
    'replicas',
    { work: 'requests', criticality: 'critical' },
    [['3–10', 'replicasCritical']],
  ],
  [
    'replicas',
    { work: 'requests', requestsPerSecond: 90 },
    [['2–10', 'replicasUnmeasured']],
  ],
  [
    'replicas',
    { work: 'queue', criticality: 'critical' },
    [['2–50', 'replicasQueueCritical']],
  ],
  ['gpu', { work: 'requests' }, []],
  ['gpu', { kind: 'gpu-inference' }, [['whole', 'gpuUnknown']]],
  [
    'gpu',
    { work: 'model', gpuMemory: '60Gi', gpuModel: 'NVIDIA-A100-SXM4-80GB' },
    [['60Gi', 'gpuNoSlice']],
  ],
  [
    'gpu',
    { work: 'model', gpuMemory: '20Gi', gpuModel: 'NVIDIA-B200' },
    [['20Gi', 'gpuMig']],
  ],
  [
    'gpu',
    { work: 'model', gpuMemory: '8Gi', criticality: 'dev' },
    [['8Gi', 'gpuTimeSlicing']],
  ],
  [
    'gpu',
    {
      work: 'model',
      gpuMemory: '8Gi',
      environment: 'development',
      criticality: 'critical',
    },
    [['8Gi', 'gpuWhole']],
  ],
  [
    'scaling',
    { work: 'requests', latencyMilliseconds: 300 },
    [
      ['cpu', 'signalCpu'],
      ['300 ms', 'latencyAlert'],
    ],
  ],
  [
    'scaling',
    { kind: 'model-serving' },
    [
      ['requestsPerSecond', 'signalRequests'],
      ['500 ms', 'latencyGuard'],
      ['10 min', 'scaleDownSlow'],
    ],
  ],
])('decides the %s of %j', (field, over, what) => {
  expect(decided(over, field)).toEqual(what);
});

const answers: fc.Arbitrary<DecisionAnswers> = fc.record(
  {
    work: fc.constantFrom(...KINDS_OF_WORK),
    kind: fc.constantFrom(...SERVICE_KINDS),
    environment: fc.constantFrom(...ENVIRONMENTS),
    criticality: fc.constantFrom(...CRITICALITIES),
    requestsPerSecond: fc.nat({ max: 1_000_000 }),
    latencyMilliseconds: fc.integer({ min: 1, max: 60_000 }),
    gpuMemory: fc.constantFrom('1Gi', '10Gi', '40Gi'),
    gpuModel: fc.constantFrom('NVIDIA-A100-SXM4-80GB', 'NVIDIA-L4', 'x'),
    interruptible: fc.boolean(),
  },
  { requiredKeys: ['environment', 'criticality'] },
);

describe('of any answers', () => {
  it('decides for what nothing is said against, with a reason for each', () => {
    fc.assert(
      fc.property(answers, given => {
        const { spec, reasons } = decide(given);
        const found = checkServiceSpec(makeSpec(spec), NOW);
        expect(found.map(({ text }) => text.message)).toEqual([]);
        expect(new Set(reasons.map(({ field }) => field)).size).toBeGreaterThan(
          4,
        );
      }),
    );
  });

  it('names choices that are smaller in one thing, and can be', () => {
    fc.assert(
      fc.property(answers, given => {
        const whole = makeSpec(decide(given).spec);
        for (const { spec } of cheaperChoices(whole)) {
          const errors = checkServiceSpec({ ...whole, ...spec }, NOW).filter(
            ({ severity }) => severity === 'error',
          );
          expect(errors).toEqual([]);
          expect(demandsOf(spec)).not.toEqual(demandsOf(whole));
        }
      }),
    );
  });
});
