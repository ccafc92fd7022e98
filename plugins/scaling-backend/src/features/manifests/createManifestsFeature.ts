import { createClusterVersions } from '@headroom/plugin-clusters-node';
import { Feature } from '../../core/Feature';
import { Requests } from '../../core/Requests';
import { ScalingCore } from '../../core/ScalingCore';
import { Manifests } from '../rightsizing/Manifests';
import { ManifestChecks } from './ManifestChecks';
import { createManifestsRouter } from './manifestsRouter';

/** Says what is wrong with manifests, of services and of what is to become one. */
export function createManifestsFeature(
  core: ScalingCore,
  { manifests }: { manifests: Manifests },
): Feature {
  const checks = ManifestChecks.create({
    ...core,
    links: core.stores.links,
    manifests,
    versions: createClusterVersions({ access: core.kubernetes }),
  });
  return {
    routes: createManifestsRouter({
      checks,
      requests: Requests.create(core),
    }),
  };
}
