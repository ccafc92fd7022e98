import { ManifestObject } from './ManifestObject';

/** What is known beside the objects. @public */
export interface ManifestContext {
  /** Of the cluster, such as `1.36` or `v1.36.2`. */
  kubernetesVersion?: string;
  /** Such as `2.21.0`. */
  kedaVersion?: string;
  /** Of objects that name none. */
  namespace?: string;
  /**
   * What is in the cluster already: relations are looked for there, too, and
   * nothing is said about it.
   */
  existing?: readonly ManifestObject[];
  /**
   * Kinds that could not be read: rules that need them say nothing, as what is
   * missing may be there.
   */
  unknownKinds?: readonly string[];
  /** Labels that the Prometheus operator asks of rules; absent = not known. */
  ruleSelector?: Readonly<Record<string, string>>;
  /** Workflows of GitHub beside the objects, as `readManifests` gives them. */
  workflows?: readonly ManifestObject[];
  /** Values of the chart of runner scale sets, as `readManifests` gives them. */
  runnerValues?: readonly ManifestObject[];
  /** Whether a time zone is known; absent = by what luxon knows. */
  knowsZone?: (zone: string) => boolean;
  /** `false`: waived findings are given, too. */
  waivers?: boolean;
}
