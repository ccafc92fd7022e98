import { at, formatManifestPath, textAt } from '../json';
import { sayManifest } from '../sentences';
import { defineRules } from './defineRules';

const LABEL = 'goldilocks.fairwinds.com/enabled';

export const goldilocksRules = defineRules('goldilocks', {
  M49: {
    severity: 'warning',
    *check(set) {
      for (const on of set.all) {
        const kind = textAt(on.object, 'kind') ?? '';
        for (const path of [
          ['metadata', 'labels', LABEL],
          ['spec', 'template', 'metadata', 'labels', LABEL],
        ]) {
          if (kind !== 'Namespace' && at(on.object, ...path) !== undefined) {
            yield {
              on,
              path,
              said: sayManifest('M49', {
                field: formatManifestPath(path),
                kind,
              }),
              edits: [{ path, value: null }],
            };
          }
        }
      }
    },
  },
});
