import assert from 'node:assert/strict';
import { ask, ConformanceCase, ConformanceTarget } from '../target';
import { WireList } from '../wire';
import {
  accepted,
  eventually,
  OTHER_UID,
  patch,
  read,
  refusedWith,
  send,
} from './sending';

const QUEUE_POD = '/api/v1/namespaces/ml-serving/pods/job-queue-0';
const BUDGETS = '/apis/policy/v1/namespaces/payments/poddisruptionbudgets';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/payments/deployments';

async function podOf(
  target: ConformanceTarget,
  namespace: string,
  app: string,
) {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const query = `labelSelector=app%3D${app}&fieldSelector=status.phase%3DRunning`;
  const { body } = await ask<WireList>(target, `${path}?${query}`);
  // A budget keeps neither one that is being deleted, which runs for a while,
  // nor one that runs and is not ready yet.
  const [{ metadata }] = body.items.filter(
    item =>
      !item.metadata.deletionTimestamp &&
      item.status.conditions?.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      ),
  );
  return { path: `${path}/${metadata.name}`, ...metadata };
}

function evict(
  target: ConformanceTarget,
  { path, name, namespace }: { path: string; name: string; namespace: string },
  uid: string,
  query = '',
) {
  return send(target, 'POST', `${path}/eviction${query}`, {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    deleteOptions: { preconditions: { uid }, gracePeriodSeconds: 0 },
  });
}

/** Waits until a Deployment has rolled out, and its budget allows so many evictions. */
async function budgetAllows(
  target: ConformanceTarget,
  name: string,
  allowed: number,
): Promise<void> {
  await eventually(
    target,
    `the budget of ${name} allows ${allowed}`,
    async () => {
      const { status, spec, metadata } = await read(
        target,
        `${DEPLOYMENTS}/${name}`,
      );
      const budget = await read(target, `${BUDGETS}/${name}`);
      return (
        status.observedGeneration === metadata.generation &&
        // While it rolls out there are more of them, or older ones.
        [status.replicas, status.updatedReplicas, status.readyReplicas].every(
          count => count === spec.replicas,
        ) &&
        // Until a budget's controller has seen it, evictions are refused as "processed".
        budget.status.observedGeneration === budget.metadata.generation &&
        budget.status.expectedPods === spec.replicas &&
        budget.status.currentHealthy === spec.replicas &&
        budget.status.disruptionsAllowed === allowed
      );
    },
  );
}

const resources = (of: object, more: object = {}) => ({
  spec: { containers: [{ name: 'nats', resources: of, ...more }] },
});

/** What is done to single pods. */
export const pods: ConformanceCase[] = [
  {
    name: 'evicts no pod that a PodDisruptionBudget keeps, not even to try',
    async run(target) {
      await budgetAllows(target, 'checkout-api', 0);
      const pod = await podOf(target, 'payments', 'checkout-api');
      for (const query of ['?dryRun=All', '']) {
        const answer = await evict(target, pod, pod.uid, query);
        refusedWith(answer, 429, 'TooManyRequests', [
          { reason: 'DisruptionBudget' },
        ]);
        assert.match(
          answer.body.details.causes![0].message,
          /^The disruption budget checkout-api needs 3 healthy pods and has 3 currently$/,
        );
      }
      assert.equal((await read(target, pod.path)).metadata.uid, pod.uid);
    },
  },
  {
    name: 'evicts the pod that was meant where its budget allows it',
    async run(target) {
      // Of one without a budget: an API server takes even what it then refuses off it.
      const other = await podOf(target, 'payments', 'fraud-detector-api');
      refusedWith(await evict(target, other, OTHER_UID), 409, 'Conflict');
      assert.equal((await read(target, other.path)).metadata.uid, other.uid);
      await budgetAllows(target, 'payment-ledger', 1);
      const pod = await podOf(target, 'payments', 'payment-ledger');
      assert.equal(
        (await evict(target, pod, pod.uid, '?dryRun=All')).status,
        201,
      );
      assert.equal((await read(target, pod.path)).metadata.uid, pod.uid);
      const evicted = await evict(target, pod, pod.uid);
      assert.deepEqual(
        [evicted.status, evicted.body.kind, evicted.body.status],
        [201, 'Status', 'Success'],
      );
      await eventually(target, 'the pod is gone', async () => {
        const { status } = await ask(target, pod.path);
        return status === 404;
      });
      refusedWith(await evict(target, pod, pod.uid), 404, 'NotFound');
    },
  },
  {
    name: 'resizes a pod where it is, and changes nothing else of it',
    async run(target) {
      const before = await read(target, QUEUE_POD);
      const [{ image }] = before.spec.containers;
      const path = `${QUEUE_POD}/resize`;
      const strategic = { type: 'strategic' } as const;
      const tried = await patch(
        target,
        path,
        resources({ requests: { cpu: '300m' } }),
        { ...strategic, query: 'dryRun=All' },
      );
      assert.equal(
        accepted(tried).spec.containers[0].resources.requests.cpu,
        '300m',
      );
      const resized = accepted(
        await patch(
          target,
          path,
          resources({ requests: { cpu: '200m' } }, { image: 'other' }),
          strategic,
        ),
      );
      assert.equal(resized.metadata.uid, before.metadata.uid);
      const [container] = resized.spec.containers;
      assert.deepEqual(
        [container.image, container.resources.requests.cpu],
        [image, '200m'],
      );
      assert.equal(
        container.resources.limits.memory,
        before.spec.containers[0].resources.limits.memory,
      );
      const managers = resized.metadata.managedFields!.filter(
        ({ subresource }) => subresource === 'resize',
      );
      assert.deepEqual(
        managers.map(({ manager }) => manager),
        ['conformance'],
      );
    },
  },
  {
    name: 'resizes no pod to what it can’t be, and not by the way of others',
    async run(target) {
      const path = `${QUEUE_POD}/resize`;
      const strategic = { type: 'strategic' } as const;
      const answers = [
        await patch(
          target,
          path,
          resources({ limits: { memory: null } }),
          strategic,
        ),
        await patch(
          target,
          path,
          resources({ requests: { memory: '100Gi' } }),
          strategic,
        ),
        // All of it would be guaranteed.
        await patch(
          target,
          path,
          resources({
            requests: { cpu: '200m', memory: '1Gi' },
            limits: { cpu: '200m', memory: '1Gi' },
          }),
          strategic,
        ),
        await patch(
          target,
          QUEUE_POD,
          resources({ requests: { cpu: '250m' } }),
          strategic,
        ),
      ];
      answers.forEach(answer => refusedWith(answer, 422, 'Invalid'));
      refusedWith(
        await patch(
          target,
          path,
          { metadata: { resourceVersion: '1' } },
          strategic,
        ),
        409,
        'Conflict',
      );
    },
  },
];
