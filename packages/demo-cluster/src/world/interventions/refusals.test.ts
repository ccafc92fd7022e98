import {
  done,
  instant,
  START,
  worldWith,
} from '../__testUtils__/interventions';
import { createWorld, MOST_INTERVENTIONS } from '../createWorld';
import { GIB } from '../types';
import { InterventionError } from './Intervention';

const AT = instant(40, 17);
const LEDGER = 'Deployment/payments/payment-ledger';

function refusalOf(act: () => void): { reason: string; message: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof InterventionError) {
      return { reason: error.reason, message: error.message };
    }
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('what can not be done', () => {
  it.each([
    [
      done(AT, 'Deployment/payments/ledger', { replicas: 1 }),
      'not-found',
      'There is no Deployment payments/ledger in us-west.',
    ],
    [
      done(AT, 'HorizontalPodAutoscaler/payments/payment-ledger', {
        minReplicas: 1,
      }),
      'not-found',
      'There is no HorizontalPodAutoscaler payments/payment-ledger in us-west.',
    ],
    [
      done(AT, 'Pod/payments/scratch-embeddings', { deleted: true }),
      'not-found',
      'There is no Pod payments/scratch-embeddings in us-west.',
    ],
    [
      done(AT, LEDGER, { suspended: true }),
      'invalid',
      "suspended of a Deployment can't be changed.",
    ],
    [
      done(AT, LEDGER, { containers: { sidecar: { cpuRequestCores: 1 } } }),
      'invalid',
      'Deployment payments/payment-ledger has no container "sidecar".',
    ],
    [
      done(AT, LEDGER, {
        containers: { ledger: { memoryRequestBytes: 9 * GIB } },
      }),
      'invalid',
      'The container "ledger" can\'t ask for more than its limit.',
    ],
    [
      done(AT, LEDGER, { containers: { ledger: { cpuRequestCores: 64 } } }),
      'invalid',
      'No node of the pool general would have room for a pod of payments/payment-ledger.',
    ],
    [
      done(AT, 'DaemonSet/observability/log-shipper', {
        containers: { 'log-shipper': { cpuRequestCores: 6 } },
      }),
      'invalid',
      /^No node of the pool general would have room for a pod of /,
    ],
    [
      done(AT, 'HorizontalPodAutoscaler/storefront/web-frontend', {
        maxReplicas: 1,
      }),
      'invalid',
      'The least of replicas, 2, is above the most, 1.',
    ],
    [
      done(AT, 'HorizontalPodAutoscaler/storefront/web-frontend', {
        minReplicas: 0,
      }),
      'invalid',
      'A HorizontalPodAutoscaler on CPU needs at least one replica to measure.',
    ],
    [
      done(AT, 'Namespace/kube-system', { deleted: true }),
      'invalid',
      "The namespace kube-system can't be deleted.",
    ],
    [
      done(AT, 'PersistentVolumeClaim/ml-serving/data-job-queue-0', {
        deleted: true,
      }),
      'invalid',
      'PersistentVolumeClaim ml-serving/data-job-queue-0 is mounted: its pod has to go first.',
    ],
    [
      done(new Date(START.getTime() - 1000), LEDGER, { replicas: 1 }),
      'invalid',
      'Nothing can be done before the start of the world.',
    ],
    [
      done(AT, LEDGER, {}),
      'invalid',
      'This is no intervention: patch: changes nothing.',
    ],
    [
      done(AT, LEDGER, { annotations: { a: 'x'.repeat(9000) } }),
      'invalid',
      /^This is no intervention: patch: annotations: a: /,
    ],
    [
      done(AT, LEDGER, {
        annotations: Object.fromEntries(
          [1, 2, 3, 4, 5].map(key => [`key${key}`, 'x'.repeat(4000)]),
        ),
      }),
      'invalid',
      'An intervention has at most 16384 characters.',
    ],
  ])('is refused: %j', (entry, reason, message) => {
    const world = createWorld({ seed: 1, start: START });
    const found = refusalOf(() => world.intervene(entry));
    expect(found.reason).toBe(reason);
    expect(found.message).toMatch(message);
    expect(refusalOf(() => world.check(entry))).toEqual(found);
    expect(world.cluster('us-west').interventions).toBe(0);
  });

  it('is what lies before what was done last', () => {
    const world = worldWith([done(AT, LEDGER, { replicas: 2 })]);
    const before = done(instant(40), LEDGER, { replicas: 1 });
    expect(refusalOf(() => world.intervene(before)).message).toBe(
      'Nothing can be done before what was done last: the past stays as it is.',
    );
  });

  it('is done to what was deleted', () => {
    const world = worldWith([done(AT, LEDGER, { deleted: true })]);
    const again = done(AT, LEDGER, { replicas: 2 });
    expect(refusalOf(() => world.intervene(again)).reason).toBe('not-found');
  });

  it('is done to an object with another uid', () => {
    const world = createWorld({ seed: 1, start: START });
    const entry = done(AT, LEDGER, { replicas: 2 });
    const { uid } = world.specAt(entry.object, AT)!;
    const object = { ...entry.object, uid: 'another' };
    expect(refusalOf(() => world.intervene({ ...entry, object })).reason).toBe(
      'conflict',
    );
    world.intervene({ ...entry, object: { ...object, uid } });
    expect(world.specAt(entry.object, AT)!.replicas).toBe(2);
  });

  it('is done in a cluster there is not', () => {
    const world = createWorld({ seed: 1, start: START });
    const entry = done(AT, LEDGER, { replicas: 2 });
    const object = { ...entry.object, cluster: 'mars' };
    expect(refusalOf(() => world.intervene({ ...entry, object }))).toEqual({
      reason: 'not-found',
      message: 'There is no cluster "mars"; there are us-west, eu-central.',
    });
  });

  it('is one more than a world takes', () => {
    const world = createWorld({ seed: 1, start: START });
    const one = (index: number) =>
      done(instant(0), LEDGER, { annotations: { index: String(index) } });
    for (let index = 0; index < MOST_INTERVENTIONS; index++) {
      world.intervene(one(index));
    }
    expect(refusalOf(() => world.intervene(one(0)))).toEqual({
      reason: 'too-many',
      message:
        'The world has been changed 10000 times, and takes no more; start a new one.',
    });
  }, 120_000);
});
