import { textAt } from '../json';
import { ManifestSet } from '../ManifestSet';
import { sayManifest } from '../sentences';
import { EndedVersion, ENDED_VERSIONS } from './apiVersions';
import { defineRules } from './defineRules';

/** Only the version differs: no field was renamed on the way. */
const SAME_FIELDS = [
  'apps/v1',
  'batch/v1',
  'rbac.authorization.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'coordination.k8s.io/v1',
  'node.k8s.io/v1',
];

function said(
  { apiVersion: value, use, removedIn, product }: EndedVersion,
  set: ManifestSet,
) {
  const version = `1.${removedIn}`;
  if (use === undefined) {
    return sayManifest('K90gone', { value, version });
  }
  if (product !== undefined) {
    return sayManifest('K90other', {
      value,
      right: use,
      product: `${product}.${removedIn}`,
    });
  }
  const isServed =
    set.minorVersion !== undefined && set.minorVersion < removedIn;
  return sayManifest(isServed ? 'K90deprecated' : 'K90removed', {
    value,
    version,
    right: use,
  });
}

export const deprecationRules = defineRules('deprecations', {
  K90: {
    severity: 'error',
    judges: [
      'pluto',
      'kube-score/stable-version',
      'kube-linter/no-extensions-v1beta',
    ],
    *check(set) {
      const path = ['apiVersion'];
      for (const on of set.all) {
        const apiVersion = textAt(on.object, 'apiVersion') ?? '';
        const kind = textAt(on.object, 'kind') ?? '';
        const ended = ENDED_VERSIONS.find(
          each => each.apiVersion === apiVersion && each.kinds.includes(kind),
        );
        if (ended) {
          const isServed =
            ended.product !== undefined ||
            (set.minorVersion !== undefined &&
              set.minorVersion < ended.removedIn);
          yield {
            on,
            path,
            said: said(ended, set),
            ...(isServed && { severity: 'warning' as const }),
            ...(ended.use !== undefined &&
              SAME_FIELDS.includes(ended.use) && {
                edits: [{ path, value: ended.use }],
              }),
          };
        }
      }
    },
  },
});
