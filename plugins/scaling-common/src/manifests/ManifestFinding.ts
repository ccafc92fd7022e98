import { Json, Worded } from '@headroom/common';
import { ManifestPath } from './ManifestObject';

/** `M7` of the mistakes of commonly copied snippets, `K10` of what linters look for. @public */
export type ManifestRuleId = `M${number}` | `K${number}`;

/** With an `error` something does not work as it is written; a `warning` is a risk. @public */
export type ManifestSeverity = 'error' | 'warning';

/** One operation of RFC 6902. @public */
export interface JsonPatchOperation {
  op: 'add' | 'replace' | 'remove';
  /** A pointer of RFC 6901. */
  path: string;
  /** Absent for `remove`. */
  value?: Json;
}

/** What mends a finding, where that is certain. @public */
export interface ManifestFix {
  /** Over the object. */
  patch: readonly JsonPatchOperation[];
  /** For an object of a file, where its form allows a safe edit: the lines that change. */
  lines?: {
    /** The first of them, from 1. */
    from: number;
    before: readonly string[];
    after: readonly string[];
  };
}

/** Which object a finding is about. @public */
export interface ManifestRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** What is wrong with an object, at the field. @public */
export interface ManifestFinding {
  rule: ManifestRuleId;
  severity: ManifestSeverity;
  object: ManifestRef;
  /** From the top of the object, e.g. `['spec', 'replicas']`. */
  path: ManifestPath;
  /** Of the object, where it was read from one. */
  file?: string;
  /** Of the field or of what would hold it, from 1. */
  line?: number;
  /** What is wrong and what would be right, in whole sentences. */
  said: Worded;
  /** What comes of it. */
  why: Worded;
  fix?: ManifestFix;
}
