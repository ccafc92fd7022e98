import { UrlReaderService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { CostClient } from '@headroom/plugin-cost-common';
import { Verifier } from '@headroom/plugin-controllers-node';
import { RepositoryActuator } from '@headroom/plugin-scaling-node';
import { Feature } from '../../core/Feature';
import { ScalingCore } from '../../core/ScalingCore';
import { tellOfPlan } from '../../core/tellOfPlan';
import { AdviceOfCosts } from './AdviceOfCosts';
import { Manifests } from './Manifests';
import { readRightsizingConfig } from './readRightsizingConfig';
import { Rightsizing } from './Rightsizing';
import { createRightsizingRouter } from './rightsizingRouter';
import { createRightsizingVerifier } from './rightsizingVerifier';

/** Takes advice: as a pull request or on the cluster, watched and taken back. */
export function createRightsizingFeature(
  core: ScalingCore,
  {
    config: rootConfig,
    repositories,
    urlReader,
  }: {
    config: Config;
    repositories: RepositoryActuator;
    urlReader: UrlReaderService;
  },
): Feature & { verifier: Verifier; manifests: Manifests } {
  const config = readRightsizingConfig(rootConfig);
  const integrations = ScmIntegrations.fromConfig(rootConfig);
  const { auth, discovery, logger } = core;
  const manifests = Manifests.create({
    integrations,
    logger,
    urlReader,
    sources: config.manifests,
  });
  const rightsizing = Rightsizing.create({
    ...core,
    config,
    advice: AdviceOfCosts.create({
      auth,
      costs: CostClient.create({ discoveryApi: discovery }),
    }),
    manifests,
  });
  return {
    manifests,
    routes: createRightsizingRouter({
      ...core,
      rightsizing,
      onPlanned: plan => tellOfPlan(plan, core),
    }),
    verifier: createRightsizingVerifier({
      ...core,
      config,
      repositories,
    }),
  };
}
