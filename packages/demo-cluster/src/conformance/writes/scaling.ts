import assert from 'node:assert/strict';
import { ConformanceCase } from '../target';
import {
  accepted,
  asRead,
  LEDGER,
  OTHER_UID,
  patch,
  read,
  refusedWith,
  send,
} from './sending';

const SCALE = `${LEDGER}/scale`;

/** The `scale` of objects. */
export const scaling: ConformanceCase[] = [
  {
    name: 'has the replicas of an object, under its uid and version',
    async run(target) {
      const object = await read(target, LEDGER);
      const { kind, metadata, spec, status } = await read(target, SCALE);
      assert.equal(kind, 'Scale');
      assert.deepEqual(
        [metadata.name, metadata.uid],
        ['payment-ledger', object.metadata.uid],
      );
      assert.equal(spec.replicas, object.spec.replicas);
      assert.equal(status.selector, 'app=payment-ledger');
      refusedWith(
        await send(target, 'GET', SCALE.replace('payment-ledger', 'nobody')),
        404,
        'NotFound',
      );
    },
  },
  {
    name: 'changes the replicas of the object that was meant, as it was read',
    async run(target) {
      const { spec: before } = await read(target, LEDGER);
      const wanted = before.replicas - 1;
      const scaled = await asRead(target, SCALE, ({ metadata }) => {
        const { uid, resourceVersion } = metadata;
        return patch(target, SCALE, {
          metadata: { uid, resourceVersion },
          spec: { replicas: wanted },
        });
      });
      assert.equal(scaled.kind, 'Scale');
      assert.equal(scaled.spec.replicas, wanted);
      const { spec, metadata } = await read(target, LEDGER);
      assert.equal(spec.replicas, wanted);
      const managers = metadata.managedFields!.filter(
        ({ subresource }) => subresource === 'scale',
      );
      assert.deepEqual(
        managers.map(({ manager }) => manager),
        ['conformance'],
      );
      for (const precondition of [
        { uid: OTHER_UID },
        { resourceVersion: '1' },
      ]) {
        const body = { metadata: precondition, spec: { replicas: 7 } };
        refusedWith(await patch(target, SCALE, body), 409, 'Conflict');
      }
      const tried = await patch(
        target,
        SCALE,
        { spec: { replicas: 7 } },
        { query: 'dryRun=All' },
      );
      assert.equal(accepted(tried).spec.replicas, 7);
      assert.equal((await read(target, LEDGER)).spec.replicas, wanted);
      refusedWith(
        await patch(target, SCALE, { spec: { replicas: -1 } }),
        422,
        'Invalid',
        [{ field: 'spec.replicas' }],
      );
      const { replicas } = before;
      accepted(await patch(target, SCALE, { spec: { replicas } }));
    },
  },
];
