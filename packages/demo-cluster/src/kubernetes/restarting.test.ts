import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWrittenDemo } from './__testUtils__/writtenDemo';

const LEDGER = '/apis/apps/v1/namespaces/payments/deployments/payment-ledger';
const WEB_HPA =
  '/apis/autoscaling/v2/namespaces/storefront/horizontalpodautoscalers/web-frontend';
const INDEXER =
  '/apis/keda.sh/v1alpha1/namespaces/ml-serving/scaledobjects/document-indexer';
const QUEUE_POD = '/api/v1/namespaces/ml-serving/pods/job-queue-1';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'restarting-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** An object without what begins anew with the process. */
function lasting({ metadata, ...rest }: any) {
  const { resourceVersion: _version, ...kept } = metadata;
  return { ...rest, metadata: kept };
}

it('keeps all that was written when it is started again', async () => {
  const interventionFile = join(directory, 'done.jsonl');
  const now = new Date('2026-02-12T20:10:00Z');
  const first = await startWrittenDemo({ interventionFile, now });
  const by = (path: string) => `${path}?fieldManager=headroom`;
  const note = { 'headroom.io/restore': JSON.stringify({ v: 1, at: now }) };
  const answers = [
    await first.merge(by(LEDGER), {
      metadata: { annotations: note, finalizers: ['example.com/keep'] },
      spec: { replicas: 2 },
    }),
    await first.merge(by(WEB_HPA), { spec: { minReplicas: 4 } }),
    await first.merge(by(INDEXER), {
      metadata: { annotations: { 'autoscaling.keda.sh/paused-replicas': '1' } },
      spec: { maxReplicaCount: 9 },
    }),
    await first.merge(by(`${QUEUE_POD}/resize`), {
      spec: {
        containers: [
          {
            name: 'nats',
            resources: {
              requests: { cpu: '300m', memory: '1Gi' },
              limits: { memory: '3Gi' },
            },
          },
        ],
      },
    }),
    await first.send('DELETE', LEDGER),
  ];
  expect(answers.map(({ status }) => status)).toEqual([
    200, 200, 200, 200, 200,
  ]);
  const paths = [LEDGER, WEB_HPA, INDEXER, QUEUE_POD];
  const before = [];
  for (const path of paths) {
    before.push(lasting((await first.get(path)).body));
  }
  await first.demo.stop();

  const second = await startWrittenDemo({ interventionFile, now });
  expect(second.demo.skipped).toEqual([]);
  const after = [];
  for (const path of paths) {
    after.push(lasting((await second.get(path)).body));
  }
  await second.demo.stop();
  expect(after).toEqual(before);
  expect(after[0].metadata.deletionTimestamp).toBe('2026-02-12T20:10:00Z');
  expect(after[2].spec.maxReplicaCount).toBe(9);
}, 60_000);
