import { Said } from '@headroom/common';
import { ManifestFile } from './readManifests';
import { ManifestContext } from './ManifestContext';
import { ManifestFinding } from './ManifestFinding';

/** A finding as the back end gives it. @public */
export interface ManifestFindingView
  extends Omit<ManifestFinding, 'said' | 'why'> {
  said: Said;
  why: Said;
}

/** Where objects of a service were read. @public */
export type ManifestPlace =
  | { type: 'cluster'; cluster: string; namespace: string }
  | {
      type: 'repository';
      /** As a person opens it in the forge. */
      url: string;
    };

/** What was checked at one place. @public */
export interface CheckedPlace {
  place: ManifestPlace;
  /** Objects of the service; those beside it are only looked at. */
  objects: number;
  findings: readonly ManifestFindingView[];
  /** Findings beyond those given. */
  more: number;
  /**
   * What could not be read, and so is neither found nor missed: kinds, files, the
   * whole place.
   */
  unknown: readonly Said[];
}

/** What is wrong with the manifests of a service, where it runs and where it is written. @public */
export interface ManifestReport {
  entityRef: string;
  /** Clusters first; empty = nothing runs, and nothing says where its manifests are. */
  places: readonly CheckedPlace[];
  /** Why a place is not among them; absent = none is left out. */
  notes: readonly Said[];
}

/** Manifests to check. @public */
export interface ManifestCheckRequest {
  files: readonly ManifestFile[];
  /** What is known of where they go. */
  context?: Pick<
    ManifestContext,
    'kubernetesVersion' | 'kedaVersion' | 'namespace' | 'ruleSelector'
  >;
}

/** What is wrong with the manifests that were sent. @public */
export interface ManifestCheck {
  objects: number;
  findings: readonly ManifestFindingView[];
  /** Findings beyond those given. */
  more: number;
  /** Files that were not checked. */
  unread: ReadonlyArray<{ file: string; line?: number; said: Said }>;
}
