import { Json } from '@headroom/common';

/** Keys of maps, and indices of lists, from the top of an object. @public */
export type ManifestPath = ReadonlyArray<string | number>;

/** An object of Kubernetes as JSON; nothing of it is certain to be there. @public */
export type KubernetesJson = { readonly [key: string]: Json };

/**
 * A plain scalar of a file that readers of YAML 1.1 and of YAML 1.2 take for
 * different things: `Off`, `0644`, `22:22`.
 *
 * @public
 */
export interface YamlSurprise {
  path: ManifestPath;
  /** As the file has it. */
  written: string;
  /** What a reader of YAML 1.1 makes of it, as people would write that. */
  readAs: string;
  type: 'boolean' | 'number' | 'date';
}

/** Where an object was read. @public */
export interface ManifestSource {
  /** As it was given, e.g. `deploy/base/web.yaml`. */
  file: string;
  /** Which of the file's documents, from 0. */
  document: number;
  /** The text of the file. */
  text: string;
  /** From the top of the document to the object; empty but in a `List`. */
  within: ManifestPath;
  /**
   * The line of a field, from 1; of the nearest field above it where it isn't
   * there.
   */
  lineOf(path: ManifestPath): number;
  surprises: readonly YamlSurprise[];
}

/** An object to check, of a file or as an API server has it. @public */
export interface ManifestObject {
  object: KubernetesJson;
  /** Absent = it was not read from a file. */
  source?: ManifestSource;
  /**
   * As an API server has it: with defaults, a status and who owns which field.
   * Rules about what only a file can have leave it alone.
   */
  isLive?: boolean;
}
