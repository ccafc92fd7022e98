import { VersionApi } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { ConformanceCase, get } from './target';
import { WireDiscovery } from './wire';

/** How the API says what it is and has. */
export const discovery: ConformanceCase[] = [
  {
    name: 'says its version',
    async run({ config }) {
      const version = await config.makeApiClient(VersionApi).getCode();
      assert.deepEqual([version.major, version.minor], ['1', '36']);
    },
  },
  {
    name: 'lists the groups and what can be listed of them',
    async run(target) {
      const { body: core } = await get<WireDiscovery>(target, '/api/v1');
      assert.equal(core.kind, 'APIResourceList');
      const { body: groups } = await get<WireDiscovery>(target, '/apis');
      assert.equal(groups.kind, 'APIGroupList');
      const lists = [core];
      for (const { versions } of groups.groups) {
        for (const { groupVersion } of versions) {
          const path = `/apis/${groupVersion}`;
          lists.push((await get<WireDiscovery>(target, path)).body);
        }
      }
      for (const { groupVersion, resources } of lists) {
        const path =
          groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`;
        for (const { name, kind, verbs } of resources) {
          if (verbs.includes('list')) {
            const list = await get(target, `${path}/${name}?limit=1`);
            assert.equal(list.body.kind, `${kind}List`, `${path}/${name}`);
          }
        }
      }
    },
  },
  {
    name: 'has a page for each group, and none for others',
    async run(target) {
      const { body } = await get<WireDiscovery>(target, '/apis/apps');
      assert.equal(body.kind, 'APIGroup');
      assert.equal(body.preferredVersion.version, 'v1');
      for (const path of [
        '/apis/nobody.example.com',
        '/apis/nobody.example.com/v1',
        '/apis/apps/v2',
      ]) {
        assert.equal((await get(target, path)).status, 404, path);
      }
    },
  },
];
