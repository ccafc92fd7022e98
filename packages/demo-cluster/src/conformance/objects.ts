import assert from 'node:assert/strict';
import { ConformanceCase, get } from './target';
import { WireObject } from './wire';

const KINDS = [
  'api/v1/pods',
  'apis/apps/v1/replicasets',
  'apis/apps/v1/deployments',
  'apis/apps/v1/statefulsets',
  'apis/apps/v1/daemonsets',
  'apis/batch/v1/jobs',
  'apis/batch/v1/cronjobs',
];

/** What the objects say of each other. */
export const objects: ConformanceCase[] = [
  {
    name: 'refer to their owners by kind, name and uid',
    async run(target) {
      const byUid = new Map<string, Omit<WireObject, 'apiVersion'>>();
      for (const path of KINDS) {
        const { body } = await get(target, `/${path}`);
        const kind = body.kind.replace(/List$/, '');
        for (const item of body.items) {
          byUid.set(item.metadata.uid, { ...item, kind });
        }
      }
      const chains = new Set<string>();
      for (const object of byUid.values()) {
        let top = object;
        const kinds = [object.kind];
        while (top.metadata.ownerReferences) {
          const [reference] = top.metadata.ownerReferences;
          assert.equal(reference.controller, true);
          const owner = byUid.get(reference.uid);
          assert.ok(owner, `nobody has the uid of ${reference.name}`);
          top = owner;
          assert.deepEqual(
            [top.kind, top.metadata.name, top.metadata.namespace],
            [reference.kind, reference.name, object.metadata.namespace],
          );
          kinds.push(top.kind);
        }
        if (object.kind === 'Pod') {
          chains.add(kinds.join('→'));
        }
      }
      chains.delete('Pod');
      assert.deepEqual([...chains].sort(), [
        'Pod→DaemonSet',
        'Pod→Job→CronJob',
        'Pod→ReplicaSet→Deployment',
        'Pod→StatefulSet',
      ]);
    },
  },
];
