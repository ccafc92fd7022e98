import assert from 'node:assert/strict';
import { ConformanceCase } from '../target';
import {
  accepted,
  asRead,
  GATEWAY_HPA,
  INVOICES,
  LEDGER,
  NOBODY,
  OTHER_UID,
  ownersOf,
  patch,
  PATCHES,
  QUEUE,
  read,
  refusedWith,
  send,
} from './sending';

const annotations = (value: string | null) => ({
  metadata: { annotations: { 'conformance/merge': value } },
});

/** Changes of objects, whatever they are said with. */
export const patches: ConformanceCase[] = [
  {
    name: 'has what a merge patch changed, under a new version and its manager',
    async run(target) {
      const before = await read(target, LEDGER);
      const changed = accepted(await patch(target, LEDGER, annotations('1')));
      assert.equal(changed.metadata.annotations!['conformance/merge'], '1');
      assert.notEqual(
        changed.metadata.resourceVersion,
        before.metadata.resourceVersion,
      );
      const after = await read(target, LEDGER);
      assert.equal(after.metadata.annotations!['conformance/merge'], '1');
      const path = ['f:metadata', 'f:annotations', 'f:conformance/merge'];
      assert.deepEqual(ownersOf(after, ...path), ['conformance']);
      const gone = accepted(await patch(target, LEDGER, annotations(null)));
      assert.equal(gone.metadata.annotations!['conformance/merge'], undefined);
      assert.deepEqual(ownersOf(gone, ...path), []);
    },
  },
  {
    name: 'makes no new version of what nothing changes in',
    async run(target) {
      for (let tries = 0; ; tries++) {
        const { metadata, spec } = await read(target, QUEUE);
        const { replicas } = spec;
        const same = accepted(
          await patch(target, QUEUE, { spec: { replicas } }),
        );
        if (same.metadata.resourceVersion === metadata.resourceVersion) {
          return;
        }
        // A controller may have been faster.
        assert.ok(tries < 5, 'there is a new version');
      }
    },
  },
  {
    name: 'counts the changes of a spec, and not those of metadata',
    async run(target) {
      const { metadata } = await read(target, INVOICES);
      const noted = accepted(await patch(target, INVOICES, annotations('1')));
      assert.equal(noted.metadata.generation, metadata.generation);
      const suspended = accepted(
        await patch(target, INVOICES, { spec: { suspend: true } }),
      );
      assert.equal(suspended.spec.suspend, true);
      assert.equal(suspended.metadata.generation, metadata.generation + 1);
      accepted(await patch(target, INVOICES, { spec: { suspend: false } }));
    },
  },
  {
    name: 'merges containers by their names in a strategic patch, and replaces them in a merge patch',
    async run(target) {
      const before = await read(target, LEDGER);
      const [{ name, image, resources }] = before.spec.template.spec.containers;
      const container = { name, resources: { requests: { cpu: '3' } } };
      const spec = { template: { spec: { containers: [container] } } };
      const after = accepted(
        await patch(target, LEDGER, { spec }, { type: 'strategic' }),
      );
      const [changed] = after.spec.template.spec.containers;
      assert.deepEqual(
        [changed.image, changed.resources.requests.cpu],
        [image, '3'],
      );
      assert.equal(
        changed.resources.requests.memory,
        resources.requests.memory,
      );
      // Without an image it is no container.
      assert.equal((await patch(target, LEDGER, { spec })).status, 422);
    },
  },
  {
    name: 'writes amounts in one way',
    async run(target) {
      const { spec } = await read(target, LEDGER);
      const [{ name }] = spec.template.spec.containers;
      const requests = { cpu: '2000m', memory: '6144Mi' };
      const containers = [{ name, resources: { requests } }];
      const body = { spec: { template: { spec: { containers } } } };
      const after = accepted(
        await patch(target, LEDGER, body, { type: 'strategic' }),
      );
      assert.deepEqual(
        after.spec.template.spec.containers[0].resources.requests,
        { cpu: '2', memory: '6Gi' },
      );
    },
  },
  {
    name: 'follows the operations of a JSON patch, or none of them',
    async run(target) {
      const add = {
        op: 'add',
        path: '/metadata/annotations/conformance~1json',
        value: '1',
      };
      const json = { type: 'json' } as const;
      const after = accepted(await patch(target, LEDGER, [add], json));
      assert.equal(after.metadata.annotations!['conformance/json'], '1');
      const remove = { op: 'remove', path: add.path };
      const wrong = { op: 'test', path: '/spec/replicas', value: 77 };
      for (const impossible of [
        [remove, wrong],
        [remove, { op: 'remove', path: '/spec/none' }],
      ]) {
        const answer = await patch(target, LEDGER, impossible, json);
        refusedWith(answer, 422, 'Invalid');
      }
      const still = await read(target, LEDGER);
      assert.equal(still.metadata.annotations!['conformance/json'], '1');
      accepted(await patch(target, LEDGER, [remove], json));
    },
  },
  {
    name: 'is tried without a trace',
    async run(target) {
      const before = await read(target, QUEUE);
      const body = { ...annotations('dry'), spec: { replicas: 2 } };
      const tried = accepted(
        await patch(target, QUEUE, body, { query: 'dryRun=All' }),
      );
      assert.equal(tried.spec.replicas, 2);
      assert.deepEqual(ownersOf(tried, 'f:spec', 'f:replicas'), [
        'conformance',
      ]);
      const after = await read(target, QUEUE);
      assert.equal(after.spec.replicas, before.spec.replicas);
      assert.equal(
        after.metadata.annotations?.['conformance/merge'],
        undefined,
      );
      refusedWith(
        await patch(target, QUEUE, body, { query: 'dryRun=Some' }),
        422,
        'Invalid',
        [{ field: 'dryRun' }],
      );
    },
  },
  {
    name: 'is of the object that was meant, as it was read',
    async run(target) {
      const changed = await asRead(target, LEDGER, ({ metadata }) => {
        const { uid, resourceVersion } = metadata;
        return patch(target, LEDGER, {
          metadata: { uid, resourceVersion, ...annotations('2').metadata },
        });
      });
      assert.equal(changed.metadata.annotations!['conformance/merge'], '2');
      const stale = await patch(target, LEDGER, {
        metadata: { resourceVersion: '1' },
      });
      refusedWith(stale, 409, 'Conflict');
      assert.equal(
        stale.body.message,
        'Operation cannot be fulfilled on deployments.apps "payment-ledger": the object has been modified; please apply your changes to the latest version and try again',
      );
      refusedWith(
        await patch(target, LEDGER, { metadata: { uid: OTHER_UID } }),
        422,
        'Invalid',
        [{ reason: 'FieldValueInvalid', field: 'metadata.uid' }],
      );
      refusedWith(
        await patch(target, NOBODY, { metadata: { uid: OTHER_UID } }),
        404,
        'NotFound',
      );
      accepted(await patch(target, LEDGER, annotations(null)));
    },
  },
  {
    name: 'has no fields that the kind has not, and no values that they can’t have',
    async run(target) {
      const misspelt = { spec: { replica: 1 } };
      accepted(await patch(target, LEDGER, misspelt));
      const strict = { query: 'fieldValidation=Strict' };
      const refusal = await patch(target, LEDGER, misspelt, strict);
      refusedWith(refusal, 422, 'Invalid', [{ field: 'patch' }]);
      assert.match(refusal.body.message, /unknown field "spec.replica"/);
      refusedWith(
        await patch(target, LEDGER, { spec: { replicas: -1 } }),
        422,
        'Invalid',
        [{ reason: 'FieldValueInvalid', field: 'spec.replicas' }],
      );
      refusedWith(
        await patch(target, LEDGER, { spec: { replicas: 'two' } }),
        422,
        'Invalid',
        [{ field: 'patch' }],
      );
      const [{ name }] = (await read(target, LEDGER)).spec.template.spec
        .containers;
      const requests = { memory: '9Gi' };
      const containers = [{ name, resources: { requests } }];
      refusedWith(
        await patch(
          target,
          LEDGER,
          { spec: { template: { spec: { containers } } } },
          { type: 'strategic' },
        ),
        422,
        'Invalid',
        [{ field: 'spec.template.spec.containers[0].resources.requests' }],
      );
    },
  },
  {
    name: 'moves the bounds of an autoscaler, the least not above the most',
    async run(target) {
      const { spec } = await read(target, GATEWAY_HPA);
      const raised = accepted(
        await patch(target, GATEWAY_HPA, { spec: { minReplicas: 3 } }),
      );
      assert.equal(raised.spec.minReplicas, 3);
      assert.deepEqual(ownersOf(raised, 'f:spec', 'f:minReplicas'), [
        'conformance',
      ]);
      refusedWith(
        await patch(target, GATEWAY_HPA, { spec: { minReplicas: 99 } }),
        422,
        'Invalid',
        [{ reason: 'FieldValueInvalid', field: 'spec.maxReplicas' }],
      );
      refusedWith(
        await patch(target, GATEWAY_HPA, { spec: { maxReplicas: null } }),
        422,
        'Invalid',
      );
      const { minReplicas } = spec;
      accepted(await patch(target, GATEWAY_HPA, { spec: { minReplicas } }));
    },
  },
  {
    name: 'puts an object that was read and changed, unless it was changed since',
    async run(target) {
      const put = (object: object) => send(target, 'PUT', LEDGER, object);
      const after = await asRead(target, LEDGER, object => {
        const metadata = {
          ...object.metadata,
          labels: { ...object.metadata.labels, conformance: 'put' },
        };
        return put({ ...object, metadata });
      });
      assert.equal(after.metadata.labels!.conformance, 'put');
      const metadata = { ...after.metadata, labels: {} };
      refusedWith(
        await put({
          ...after,
          metadata: { ...metadata, resourceVersion: '1' },
        }),
        409,
        'Conflict',
      );
      refusedWith(
        await put({ ...after, metadata: { ...metadata, uid: OTHER_UID } }),
        409,
        'Conflict',
      );
      assert.equal(
        (await read(target, LEDGER)).metadata.labels!.conformance,
        'put',
      );
      accepted(
        await patch(target, LEDGER, {
          metadata: { labels: { conformance: null } },
        }),
      );
    },
  },
  {
    name: 'is refused in a form or by a way that there is not',
    async run(target) {
      refusedWith(
        await send(target, 'PATCH', LEDGER, {}),
        415,
        'UnsupportedMediaType',
      );
      refusedWith(
        await send(target, 'PATCH', '/api/v1/pods', {}, PATCHES.merge),
        405,
        'MethodNotAllowed',
      );
      refusedWith(
        await send(target, 'POST', LEDGER, {}),
        405,
        'MethodNotAllowed',
      );
    },
  },
];
