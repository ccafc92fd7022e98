import { ManifestRule } from '../ManifestRule';
import { arcRunnerRules } from './arcRunners';
import { goldilocksRules } from './goldilocks';
import { gpuSharingRules } from './gpuSharing';
import { hpaRules } from './hpa';
import { karpenterRules } from './karpenter';
import { kedaRules } from './keda';
import { kueueRules } from './kueue';
import { pdbRules } from './pdb';
import { priorityRules } from './priority';
import { prometheusRules } from './prometheusRules';
import { quotaRules } from './quotas';
import { vpaRules } from './vpa';
import { yamlRules } from './yaml';
import { deprecationRules } from './deprecations';
import { hardeningRules } from './hardening';
import { networkRules } from './network';
import { podAccessRules } from './podAccess';
import { podRules } from './pods';
import { rbacRules } from './rbac';
import { workloadRules } from './workloads';

/** All rules, by family. */
export const RULES: readonly ManifestRule[] = [
  ...yamlRules,
  ...vpaRules,
  ...hpaRules,
  ...kedaRules,
  ...pdbRules,
  ...quotaRules,
  ...priorityRules,
  ...karpenterRules,
  ...gpuSharingRules,
  ...kueueRules,
  ...arcRunnerRules,
  ...goldilocksRules,
  ...prometheusRules,
  ...podRules,
  ...hardeningRules,
  ...podAccessRules,
  ...workloadRules,
  ...networkRules,
  ...rbacRules,
  ...deprecationRules,
];
