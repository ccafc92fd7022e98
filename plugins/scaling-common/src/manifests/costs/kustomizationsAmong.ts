import { wordGuard } from '@headroom/plugin-cost-common';
import { textAt } from '../json';
import { sha256 } from '../kustomize/sha256';
import { ReadManifests, UnreadManifest } from '../readManifests';

/**
 * Kustomizations that stand among manifests, as what could not be read: what they make
 * of other files isn't there, and so its cost isn't known.
 *
 * @public
 */
export function kustomizationsAmong({
  kustomizations,
}: Pick<ReadManifests, 'kustomizations'>): UnreadManifest[] {
  return kustomizations.map(({ object, source }) => ({
    file: source?.file ?? '',
    ...(source && { line: source.lineOf(['kind']) }),
    said: wordGuard('kustomizationAmong', {
      kind: textAt(object, 'kind') ?? 'Kustomization',
    }),
    content: sha256(JSON.stringify(object)).slice(0, 16),
  }));
}
