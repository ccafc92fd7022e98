import assert from 'node:assert/strict';
import { assertStatus, ConformanceCase, get, refused } from './target';
import { WireList, WireStatus } from './wire';

/** Long lists, and lists as they were. */
export const pages: ConformanceCase[] = [
  {
    name: 'pages, and the pages are one consistent list',
    async run(target) {
      const uids: string[] = [];
      const remaining: number[] = [];
      const versions = new Set<string>();
      let token = '';
      do {
        const { body } = await get(
          target,
          `/api/v1/pods?limit=17&continue=${token}`,
        );
        uids.push(...body.items.map(pod => pod.metadata.uid));
        remaining.push(uids.length + (body.metadata.remainingItemCount ?? 0));
        versions.add(body.metadata.resourceVersion);
        token = body.metadata.continue;
        // What happens meanwhile is not part of it.
        await target.changePods();
      } while (token);
      const [version, ...others] = versions;
      assert.deepEqual(others, []);
      const { body: all } = await get(
        target,
        `/api/v1/pods?resourceVersion=${version}&resourceVersionMatch=Exact`,
      );
      assert.ok(remaining.length > 2);
      assert.deepEqual(
        uids,
        all.items.map(pod => pod.metadata.uid),
      );
      assert.deepEqual(new Set(remaining), new Set([uids.length]));
    },
  },
  {
    name: 'doesn’t count what remains of a selection',
    async run(target) {
      const { body } = await get(
        target,
        `/api/v1/pods?limit=1&labelSelector=app%3D${target.fixture.deployment.name}`,
      );
      assert.equal(body.items.length, 1);
      assert.equal(typeof body.metadata.continue, 'string');
      assert.equal(body.metadata.remainingItemCount, undefined);
    },
  },
  {
    name: 'offers to go on with what there is now when a list is too old',
    async run(target) {
      const path = '/api/v1/pods?limit=5';
      const first = await get(target, path);
      await target.expireVersions();
      const late = await get<WireList & WireStatus>(
        target,
        `${path}&continue=${first.body.metadata.continue}`,
      );
      assertStatus(late, 410, 'Expired');
      const rest = await get(
        target,
        `/api/v1/pods?continue=${late.body.metadata.continue}`,
      );
      assert.equal(rest.status, 200, JSON.stringify(rest.body));
      const keyOf = ({ metadata }: WireList['items'][number]) =>
        `${metadata.namespace}/${metadata.name}`;
      const last = keyOf(first.body.items.at(-1)!);
      assert.ok(rest.body.items.length > 0);
      assert.ok(rest.body.items.every(item => keyOf(item) > last));
      assert.ok(
        Number(rest.body.metadata.resourceVersion) >
          Number(first.body.metadata.resourceVersion),
      );
    },
  },
  {
    name: 'refuses tokens it didn’t give',
    async run(target) {
      const { message } = await refused(
        target,
        '/api/v1/pods?limit=5&continue=garbage',
        400,
        'BadRequest',
      );
      assert.match(message, /continue key is not valid/);
      const first = await get(target, '/api/v1/pods?limit=5');
      const { continue: token, resourceVersion } = first.body.metadata;
      await refused(
        target,
        `/api/v1/pods?limit=5&continue=${token}&resourceVersion=${resourceVersion}`,
        400,
        'BadRequest',
      );
    },
  },
  {
    name: 'reads at a version, exactly or not older',
    async run(target) {
      const before = await get(target, '/api/v1/pods');
      const version = before.body.metadata.resourceVersion;
      await target.changePods();
      const at = (match: string) =>
        get(
          target,
          `/api/v1/pods?resourceVersion=${version}&resourceVersionMatch=${match}`,
        );
      assert.deepEqual((await at('Exact')).body, before.body);
      const notOlder = await at('NotOlderThan');
      assert.ok(
        Number(notOlder.body.metadata.resourceVersion) >= Number(version),
      );
      const whichever = await get(target, '/api/v1/pods?resourceVersion=0');
      assert.equal(whichever.status, 200);
    },
  },
  {
    name: 'refuses versions that make no sense',
    async run(target) {
      const refusal = (query: string, code: number, reason: string) =>
        refused(target, `/api/v1/pods?${query}`, code, reason);
      const future = await refusal(
        'resourceVersion=99999999999',
        504,
        'Timeout',
      );
      assert.match(future.message, /^Timeout: Too large resource version/);
      for (const query of [
        'resourceVersionMatch=Exact',
        'resourceVersionMatch=Exact&resourceVersion=0',
        'resourceVersionMatch=Perhaps&resourceVersion=1',
      ]) {
        await refusal(query, 422, 'Invalid');
      }
      await refusal('resourceVersion=abc', 400, 'BadRequest');
    },
  },
];
