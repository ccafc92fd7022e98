import assert from 'node:assert/strict';
import { ConformanceCase, ConformanceTarget } from '../target';
import {
  accepted,
  CHECKOUT,
  NOBODY,
  OTHER_UID,
  ownersOf,
  patch,
  read,
  refusedWith,
} from './sending';

const REPLICAS = ['f:spec', 'f:replicas'];

function apply(
  target: ConformanceTarget,
  manager: string,
  {
    metadata,
    spec,
    path = CHECKOUT,
  }: { metadata?: object; spec?: object; path?: string },
  query = '',
) {
  const name = path.split('/').at(-1);
  const body = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...metadata },
    ...(spec && { spec }),
  };
  return patch(target, path, body, { type: 'apply', manager, query });
}

const force = 'force=true';

/** Fields that managers own: server-side apply. */
export const applying: ConformanceCase[] = [
  {
    name: 'gives a field to who applies it, and names who owns it to others',
    async run(target) {
      const spec = { replicas: 4 };
      const ours = accepted(await apply(target, 'team-a', { spec }, force));
      assert.equal(ours.spec.replicas, 4);
      assert.deepEqual(ownersOf(ours, ...REPLICAS), ['team-a']);
      const { operation } = ours.metadata.managedFields!.find(
        ({ manager }) => manager === 'team-a',
      )!;
      assert.equal(operation, 'Apply');
      const conflict = await apply(target, 'team-b', { spec: { replicas: 2 } });
      refusedWith(conflict, 409, 'Conflict', [
        { reason: 'FieldManagerConflict', field: '.spec.replicas' },
      ]);
      assert.equal(
        conflict.body.message,
        'Apply failed with 1 conflict: conflict with "team-a": .spec.replicas',
      );
      assert.equal((await read(target, CHECKOUT)).spec.replicas, 4);
      // The same value is no conflict: it has two owners.
      const shared = accepted(await apply(target, 'team-b', { spec }));
      assert.deepEqual(ownersOf(shared, ...REPLICAS), ['team-a', 'team-b']);
      const forced = accepted(
        await apply(target, 'team-b', { spec: { replicas: 3 } }, force),
      );
      assert.equal(forced.spec.replicas, 3);
      assert.deepEqual(ownersOf(forced, ...REPLICAS), ['team-b']);
    },
  },
  {
    name: 'names whoever changed a field, however they did',
    async run(target) {
      accepted(await patch(target, CHECKOUT, { spec: { replicas: 5 } }));
      const conflict = await apply(target, 'team-a', { spec: { replicas: 3 } });
      refusedWith(conflict, 409, 'Conflict', [
        { reason: 'FieldManagerConflict', field: '.spec.replicas' },
      ]);
      assert.equal(
        conflict.body.details.causes![0].message,
        'conflict with "conformance" using apps/v1',
      );
      accepted(await apply(target, 'team-a', { spec: { replicas: 3 } }, force));
    },
  },
  {
    name: 'takes away what is not applied any more, unless others own it',
    async run(target) {
      const annotated = (annotations: Record<string, string>) => ({
        metadata: { annotations },
      });
      const both = accepted(
        await apply(
          target,
          'team-c',
          annotated({ 'conf/a': '1', 'conf/b': '1' }),
        ),
      );
      assert.equal(both.metadata.annotations!['conf/a'], '1');
      accepted(await apply(target, 'team-d', annotated({ 'conf/b': '1' })));
      const left = accepted(await apply(target, 'team-c', {}));
      assert.equal(left.metadata.annotations!['conf/a'], undefined);
      assert.equal(left.metadata.annotations!['conf/b'], '1');
      assert.ok(
        left.metadata.managedFields!.every(
          ({ manager }) => manager !== 'team-c',
        ),
      );
      const none = accepted(await apply(target, 'team-d', {}));
      assert.equal(none.metadata.annotations!['conf/b'], undefined);
    },
  },
  {
    name: 'owns elements of a list by their names',
    async run(target) {
      const { spec } = await read(target, CHECKOUT);
      const [{ name }] = spec.template.spec.containers;
      const resources = { requests: { cpu: '400m' } };
      const containers = [{ name, resources }];
      const applied = accepted(
        await apply(
          target,
          'team-a',
          { spec: { replicas: 3, template: { spec: { containers } } } },
          force,
        ),
      );
      const path = [
        'f:spec',
        'f:template',
        'f:spec',
        'f:containers',
        `k:{"name":"${name}"}`,
        'f:resources',
        'f:requests',
        'f:cpu',
      ];
      assert.deepEqual(ownersOf(applied, ...path), ['team-a']);
      const conflict = await apply(target, 'team-b', {
        spec: {
          template: {
            spec: {
              containers: [{ name, resources: { requests: { cpu: '450m' } } }],
            },
          },
        },
      });
      refusedWith(conflict, 409, 'Conflict', [
        {
          field: `.spec.template.spec.containers[name="${name}"].resources.requests.cpu`,
        },
      ]);
    },
  },
  {
    name: 'is of the object that was meant, and tried without a trace',
    async run(target) {
      const metadata = { annotations: { 'conf/tried': '1' } };
      accepted(await apply(target, 'team-e', { metadata }, 'dryRun=All'));
      const { metadata: after } = await read(target, CHECKOUT);
      assert.equal(after.annotations!['conf/tried'], undefined);
      refusedWith(
        await apply(target, 'team-e', { metadata: { resourceVersion: '1' } }),
        409,
        'Conflict',
      );
      refusedWith(
        await apply(target, 'team-e', { metadata: { uid: OTHER_UID } }),
        422,
        'Invalid',
        [{ field: 'metadata.uid' }],
      );
      const none = { path: NOBODY, metadata: { uid: OTHER_UID } };
      refusedWith(await apply(target, 'team-e', none), 409, 'Conflict');
    },
  },
  {
    name: 'needs a name of who applies, and fields that the kind has',
    async run(target) {
      refusedWith(await apply(target, '', {}), 422, 'Invalid', [
        { reason: 'FieldValueRequired', field: 'fieldManager' },
      ]);
      refusedWith(
        await patch(target, CHECKOUT, {}, { query: force }),
        422,
        'Invalid',
        [{ reason: 'FieldValueForbidden', field: 'force' }],
      );
      const { status, body } = await apply(target, 'team-e', {
        spec: { replica: 3 },
      });
      assert.equal(status, 500, JSON.stringify(body));
      assert.match(
        body.message,
        /\.spec\.replica: field not declared in schema/,
      );
    },
  },
];
