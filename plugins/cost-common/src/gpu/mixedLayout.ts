import { GpuSharing } from '../observations/observations';
import { labelOf } from './labelOf';
import { wordGpuLayout } from './messages';
import { migShare, parseMigProfile } from './migProfiles';
import {
  modelOf,
  nameOf,
  NodeFacts,
  positive,
  SHARED_RESOURCE,
  stranded,
  wholeBoards,
} from './nodeFacts';
import { partOfName } from './partNames';
import type { GpuLayoutProblem, GpuNodeLayout, GpuResource } from './gpuLayout';

/**
 * Whole boards under their own name, and parts under the names of what they are:
 * MIG profiles, partitions, types of vGPU.
 */
export function mixedLayout(facts: NodeFacts): GpuNodeLayout {
  const problems: GpuLayoutProblem[] = [];
  const resources: Record<string, GpuResource> = {};
  let whole = 0;
  let cut = 0;
  for (const [resource, units] of facts.gpus) {
    const profile = parseMigProfile(resource)?.name;
    const part = profile === undefined ? partOfName(resource) : undefined;
    const replicas = replicasOf(facts, resource, profile);
    const mig =
      profile === undefined
        ? undefined
        : migShare(modelOf(facts), profile, {
            boardMemoryBytes: facts.memoryBytes,
          });
    if (mig?.problem) {
      problems.push(mig.problem);
    }
    if (part && part.share === undefined) {
      problems.push({
        code: 'gpu-part-unknown',
        ...wordGpuLayout('partUnknown', { resource }),
      });
    }
    if (part?.assumed) {
      problems.push({
        code: 'gpu-part-unknown',
        ...wordGpuLayout('coresAssumed', { resource, ...part.assumed }),
      });
    }
    const share = (mig?.share ?? part?.share ?? 1) / replicas;
    resources[resource] = {
      units,
      share,
      sharing: part?.sharing ?? sharingOf(facts, profile, replicas),
      ...(profile && { profile }),
      ...(replicas > 1 && { replicas }),
    };
    if (mig || part) {
      cut += units * share;
    } else {
      whole += units * share;
    }
  }
  const needed = whole + wholeBoards(cut);
  const devices = Math.max(needed, facts.count ?? facts.type?.boards ?? 0);
  return {
    ...nameOf(facts),
    devices,
    resources,
    strandedDevices: stranded(devices - whole, cut),
    problems,
  };
}

function sharingOf(
  facts: NodeFacts,
  profile: string | undefined,
  replicas: number,
): GpuSharing {
  if (profile) {
    return 'mig';
  }
  return replicas > 1 ? facts.sharing ?? 'time-slicing' : 'whole';
}

/** Clients a device of a resource is offered to, by the labels of that resource. */
function replicasOf(
  { labels, sharing }: NodeFacts,
  resource: string,
  profile: string | undefined,
): number {
  if (!sharing && !SHARED_RESOURCE.test(resource)) {
    return 1;
  }
  const name = profile ? `mig-${profile}` : 'gpu';
  const replicas = positive(labelOf(labels, `nvidia.com/${name}.replicas`));
  return replicas && replicas > 1 ? replicas : 1;
}
