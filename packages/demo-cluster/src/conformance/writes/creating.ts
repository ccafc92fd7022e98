import assert from 'node:assert/strict';
import { ask, ConformanceCase } from '../target';
import {
  accepted,
  eventually,
  patch,
  read,
  refusedWith,
  send,
  WireWritten,
} from './sending';

const CONFIGMAPS = '/api/v1/namespaces/payments/configmaps';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/payments/deployments';

const configMap = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

const deployment = (name: string, selected = name) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, labels: { made: 'by-conformance' } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: selected } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'registry.example.com/conformance:1.0.0',
            resources: { requests: { cpu: '10m', memory: '16Mi' } },
          },
        ],
      },
    },
  },
});

const owners = ({ metadata }: WireWritten) =>
  (metadata.managedFields ?? []).map(({ manager, operation }) => [
    manager,
    operation,
  ]);

/** How objects come to be. */
export const creating: ConformanceCase[] = [
  {
    name: 'makes what was sent, once, and what was only tried not at all',
    async run(target) {
      const path = `${CONFIGMAPS}/conformance-posted`;
      const object = configMap('conformance-posted', { key: 'one' });
      const tried = await send(
        target,
        'POST',
        `${CONFIGMAPS}?dryRun=All`,
        object,
      );
      assert.equal(tried.status, 201);
      assert.equal((await ask(target, path)).status, 404);
      const made = await send(
        target,
        'POST',
        `${CONFIGMAPS}?fieldManager=conformance`,
        object,
      );
      assert.equal(made.status, 201, JSON.stringify(made.body));
      assert.match(made.body.metadata.uid, /^[0-9a-f-]{36}$/);
      assert.deepEqual(owners(made.body), [['conformance', 'Update']]);
      const again = await send(target, 'POST', CONFIGMAPS, object);
      refusedWith(again, 409, 'AlreadyExists');
      assert.equal(
        again.body.message,
        'configmaps "conformance-posted" already exists',
      );
      const changed = accepted(
        await patch(target, path, { data: { key: null, other: 'two' } }),
      ) as WireWritten & { data: unknown };
      assert.deepEqual(changed.data, { other: 'two' });
      accepted(await send(target, 'DELETE', path));
      assert.equal((await ask(target, path)).status, 404);
    },
  },
  {
    name: 'makes what is applied and not there, and leaves it when the same is applied again',
    async run(target) {
      const path = `${CONFIGMAPS}/conformance-applied`;
      const apply = (data: Record<string, string>) =>
        patch(target, path, configMap('conformance-applied', data), {
          type: 'apply',
        });
      const first = await apply({ key: 'one', gone: 'soon' });
      assert.equal(first.status, 201, JSON.stringify(first.body));
      assert.deepEqual(owners(first.body), [['conformance', 'Apply']]);
      const second = await apply({ key: 'one', gone: 'soon' });
      assert.equal(second.status, 200);
      assert.equal(
        second.body.metadata.resourceVersion,
        first.body.metadata.resourceVersion,
      );
      const third = accepted(await apply({ key: 'one' }));
      assert.deepEqual((third as WireWritten & { data: unknown }).data, {
        key: 'one',
      });
      accepted(await send(target, 'DELETE', path));
    },
  },
  {
    name: 'makes nothing in a namespace that is not there',
    async run(target) {
      const path = '/api/v1/namespaces/conformance-nowhere/configmaps';
      const answer = await send(target, 'POST', path, configMap('x', {}));
      refusedWith(answer, 404, 'NotFound');
      assert.equal(
        answer.body.message,
        'namespaces "conformance-nowhere" not found',
      );
    },
  },
  {
    name: 'makes no Deployment that would not find its pods, and none without a name',
    async run(target) {
      refusedWith(
        await send(target, 'POST', DEPLOYMENTS, deployment('conf-x', 'y')),
        422,
        'Invalid',
        [{ field: 'spec.template.metadata.labels' }],
      );
      const { metadata: _, ...rest } = deployment('conf-x');
      refusedWith(
        await send(target, 'POST', DEPLOYMENTS, { ...rest, metadata: {} }),
        422,
        'Invalid',
        [{ field: 'metadata.name' }],
      );
    },
  },
  {
    name: 'has pods of a Deployment that was made, and none when it is gone',
    async run(target) {
      const name = 'conformance-made';
      const path = `${DEPLOYMENTS}/${name}`;
      const pods = `/api/v1/namespaces/payments/pods?labelSelector=app%3D${name}`;
      const made = await patch(target, path, deployment(name), {
        type: 'apply',
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      assert.equal(made.body.metadata.generation, 1);
      const count = async () =>
        (await ask<{ items: unknown[] }>(target, pods)).body.items.length;
      await eventually(
        target,
        'it has two pods',
        async () => (await count()) === 2,
      );
      const live = await read(target, path);
      assert.equal(live.spec.replicas, 2);
      accepted(await send(target, 'DELETE', path));
      await eventually(target, 'it is gone', async () => {
        const { status } = await ask(target, path);
        return status === 404;
      });
    },
  },
];
