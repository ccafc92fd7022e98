import assert from 'node:assert/strict';
import { ask, ConformanceCase } from '../target';
import {
  accepted,
  eventually,
  INVOICES,
  OTHER_UID,
  patch,
  read,
  refusedWith,
  send,
} from './sending';

const KEEP = 'conformance.example.com/keep';

/** How objects go. */
export const deleting: ConformanceCase[] = [
  {
    name: 'deletes the object that was meant, when nothing keeps it any more',
    async run(target) {
      const { metadata } = accepted(
        await patch(target, INVOICES, { metadata: { finalizers: [KEEP] } }),
      );
      assert.deepEqual(metadata.finalizers, [KEEP]);
      for (const preconditions of [
        { uid: OTHER_UID },
        { uid: metadata.uid, resourceVersion: '1' },
      ]) {
        const options = { kind: 'DeleteOptions', apiVersion: 'v1' };
        refusedWith(
          await send(target, 'DELETE', INVOICES, { ...options, preconditions }),
          409,
          'Conflict',
        );
      }
      accepted(await send(target, 'DELETE', `${INVOICES}?dryRun=All`));
      assert.equal(
        (await read(target, INVOICES)).metadata.deletionTimestamp,
        undefined,
      );
      accepted(await send(target, 'DELETE', INVOICES));
      const going = await read(target, INVOICES);
      assert.equal(going.metadata.uid, metadata.uid);
      assert.match(going.metadata.deletionTimestamp!, /^\d{4}-.*Z$/);
      accepted(
        await patch(target, INVOICES, { metadata: { finalizers: null } }),
      );
      await eventually(target, 'the object is gone', async () => {
        const { status } = await ask(target, INVOICES);
        return status === 404;
      });
      refusedWith(await send(target, 'DELETE', INVOICES), 404, 'NotFound');
    },
  },
];
