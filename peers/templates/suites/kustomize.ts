/** What our own build of a kustomization makes is what `kubectl kustomize` makes. */
import {
  buildKustomization,
  findKustomizations,
} from '@headroom/plugin-scaling-common';
import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { peer, run } from './peer';
import { renderedSets } from './rendered';

const [program, ...first] = peer.kubectl;

// Templates without manifests are named in rendered.ts, which fails where the names are
// not true.
describe('kubectl kustomize', () => {
  for (const { title, folder, files } of renderedSets) {
    it(`makes the same of ${title}`, async () => {
      const roots = findKustomizations(files);
      assert.ok(roots.length > 0, 'there is no kustomization');
      for (const root of roots) {
        const { code, output, errors } = await run(program, [
          ...first,
          'kustomize',
          path.join(folder, root),
        ]);
        assert.equal(code, 0, errors);
        const theirs = parseAllDocuments(output).map(each => each.toJS());
        assert.deepEqual(
          sorted(buildKustomization(files, root)),
          sorted(theirs),
        );
      }
    });
  }
});

/** By identity: kubectl puts kinds in an order of its own where asked to. */
function sorted(objects: readonly unknown[]): unknown[] {
  const key = (object: any) =>
    [object.apiVersion, object.kind, object.metadata?.name].join('/');
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
