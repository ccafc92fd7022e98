import { CoreV1Api } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { ConformanceCase, get, refused, watchPods } from './target';

/** What is answered to questions that have no answer. */
export const errors: ConformanceCase[] = [
  {
    name: 'answers 404 with a Status to names nobody has',
    async run(target) {
      const core = target.config.makeApiClient(CoreV1Api);
      const { namespace } = target.fixture.deployment;
      await assert.rejects(
        core.readNamespacedPod({ namespace, name: 'nobody' }),
        { code: 404 },
      );
      const { status, body } = await get(
        target,
        '/apis/apps/v1/namespaces/x/deployments/y',
      );
      assert.equal(status, 404);
      assert.deepEqual(body, {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'deployments.apps "y" not found',
        reason: 'NotFound',
        details: { name: 'y', group: 'apps', kind: 'deployments' },
        code: 404,
      });
    },
  },
  {
    name: 'answers 404 to kinds it doesn’t have',
    async run(target) {
      for (const path of [
        '/api/v1/unicorns',
        '/apis/apps/v1/unicorns',
        '/api/v1/namespaces/x/unicorns/y',
        '/apis/apps/v2/deployments',
        '/apis/apps/v2',
        '/api/v2/pods',
      ]) {
        await refused(target, path, 404, 'NotFound');
      }
      for (const path of [
        '/apis/nobody.example.com',
        '/apis/nobody.example.com/v1/things',
      ]) {
        assert.deepEqual(
          await get(target, path),
          { status: 404, body: '404 page not found\n' },
          path,
        );
      }
    },
  },
  {
    name: 'answers to paths that mix namespaces up',
    async run(target) {
      for (const path of [
        '/api/v1/pods/no-namespace',
        '/api/v1/namespaces/x/nodes',
      ]) {
        await refused(target, path, 404, 'NotFound');
      }
    },
  },
  {
    name: 'answers 400 to selectors and numbers that can’t be read',
    async run(target) {
      for (const query of [
        'limit=many',
        'labelSelector=app%3D%3D%3Dx',
        'labelSelector=app%20in%20x',
        'fieldSelector=spec.foo%3D1',
        'fieldSelector=status.phase',
      ]) {
        await refused(target, `/api/v1/pods?${query}`, 400, 'BadRequest');
      }
    },
  },
  {
    name: 'takes any flag for true but 0 and false, and the first of many',
    async run(target) {
      const { name } = target.fixture.deployment;
      const { body } = await get(
        target,
        `/api/v1/pods?watch=0&labelSelector=app%3D${name}&labelSelector=app%3Dx`,
      );
      assert.equal(body.kind, 'PodList');
      assert.ok(body.items.length > 0);
      assert.ok(
        body.items.every(({ metadata }) => metadata.labels.app === name),
      );
      const [line] = await watchPods(
        target,
        `timeoutSeconds=1&labelSelector=app%3D${name}`,
        1,
        'perhaps',
      );
      assert.equal(line.type, 'ADDED');
    },
  },
];
