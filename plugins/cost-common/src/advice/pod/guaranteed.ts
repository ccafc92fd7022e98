import { NamespaceLimit, ResourceSpec } from '@headroom/common';
import { AdviceInput } from '../types';
import { withDefaults } from './withDefaults';

/** What a pod's class gives a container that advice must not take away in silence. */
export interface PodClass {
  /** `maybe` = this container alone would be; the others are not known. */
  guaranteed: boolean | 'maybe';
  /** Whole cores of a Guaranteed pod: the static CPU manager gives them to the container alone. */
  exclusiveCores: boolean;
}

/**
 * The pod's QoS class as the API server works it out: Guaranteed when every
 * container, init containers and sidecars too, has limits of CPU and memory and
 * requests equal to them; by the pod's own resources where it has any.
 */
export function podClassOf({
  spec,
  facts,
  limits,
}: Pick<AdviceInput, 'spec' | 'facts' | 'limits'>): PodClass {
  if (facts?.podSpec) {
    return { guaranteed: isEven(facts.podSpec), exclusiveCores: false };
  }
  const others = facts?.otherContainers;
  const known = others !== undefined || facts?.containersInPod === 1;
  const even =
    spec !== undefined &&
    isEven(spec) &&
    (others ?? []).every(other => isEven(other, limits));
  return {
    guaranteed: even && (known || 'maybe'),
    exclusiveCores: even && isWhole(spec?.cpuLimitCores),
  };
}

/** A request rounded up to whole cores, at least one. */
export function wholeCores(cores: number): number {
  return Math.max(1, Math.ceil(cores - 1e-9));
}

function isWhole(cores: number | undefined): boolean {
  return cores !== undefined && cores >= 1 && Number.isInteger(cores);
}

function isEven(
  given: ResourceSpec,
  limits?: readonly NamespaceLimit[],
): boolean {
  const spec = withDefaults(given, limits);
  return (
    isSame(spec.cpuRequestCores, spec.cpuLimitCores) &&
    isSame(spec.memoryRequestBytes, spec.memoryLimitBytes)
  );
}

/** Requests are measured on average, to 1024 bytes. */
function isSame(request: number | undefined, limit: number | undefined) {
  return (
    limit !== undefined &&
    limit > 0 &&
    request !== undefined &&
    Math.abs(request - limit) <= 1e-3 * limit
  );
}
