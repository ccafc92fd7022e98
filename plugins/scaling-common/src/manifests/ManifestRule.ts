import { Json, Worded } from '@headroom/common';
import { ManifestRuleId, ManifestSeverity } from './ManifestFinding';
import { ManifestObject, ManifestPath } from './ManifestObject';
import { ManifestSet } from './ManifestSet';

/** A value to set; null takes the field away. */
export interface ManifestEdit {
  path: ManifestPath;
  value: Json;
}

/** Where a rule found something. */
export interface Hit {
  on: ManifestObject;
  path: ManifestPath;
  said: Worded;
  /** What mends it, where that is certain. */
  edits?: readonly ManifestEdit[];
  /** Where it is another than the rule's. */
  severity?: ManifestSeverity;
}

/** Rules of the same subject are in one file. @public */
export const MANIFEST_FAMILIES = [
  'yaml',
  'vpa',
  'hpa',
  'keda',
  'pdb',
  'quotas',
  'priority',
  'karpenter',
  'gpuSharing',
  'kueue',
  'arcRunners',
  'goldilocks',
  'prometheusRules',
  'pods',
  'hardening',
  'workloads',
  'network',
  'rbac',
  'deprecations',
] as const;

/** @public */
export type ManifestFamily = (typeof MANIFEST_FAMILIES)[number];

/** One thing that manifests are checked for. */
export interface ManifestRule {
  id: ManifestRuleId;
  family: ManifestFamily;
  severity: ManifestSeverity;
  /** Checks of other tools that look for the same, as those call them. */
  judges: readonly string[];
  /** What comes of it. */
  why: Worded;
  /** Kinds without which nothing is said, where they could not be read. */
  needs?: readonly string[];
  /** It is about what only a file has. */
  onlyFiles?: boolean;
  check(set: ManifestSet): Iterable<Hit>;
}
