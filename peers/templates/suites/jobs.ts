import { BatchV1Api, V1Job, V1Pod } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { create, kubeConfigOf, until } from '../../kubernetes/suites/cluster';
import { CreatedSet } from './created';

const batch = kubeConfigOf('admin').makeApiClient(BatchV1Api);

/**
 * Begins what a CronJob would, as its controller does, and lets it go on, as Kueue does
 * when there is room.
 *
 * @returns its pods, once it is done
 */
export async function startJob(set: CreatedSet): Promise<V1Pod[]> {
  const { namespace, workload } = set;
  const { metadata, spec } = workload.spec.jobTemplate;
  const name = `${workload.metadata.name}-29384756`;
  const job = await create<V1Job>({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata, name, namespace },
    spec,
  });
  assert.ok(job.metadata.labels?.['kueue.x-k8s.io/queue-name']);
  await until(`${set.title} is suspended`, async () => {
    const { status } = await batch.readNamespacedJob({ namespace, name });
    return status?.conditions?.some(({ type }) => type === 'Suspended');
  });
  assert.deepEqual(await set.pods(), []);
  await batch.patchNamespacedJob({
    namespace,
    name,
    body: [{ op: 'replace', path: '/spec/suspend', value: false }],
  });
  await until(`${set.title} is done`, async () => {
    const { status } = await batch.readNamespacedJob({ namespace, name });
    return status?.succeeded === 1;
  });
  return set.pods();
}
