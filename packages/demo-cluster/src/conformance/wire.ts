/** An object as it is sent: what the cases read of it. */
export interface WireObject {
  kind: string;
  apiVersion: string;
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
    deletionTimestamp?: string;
    ownerReferences?: Array<{
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }>;
  };
  status: {
    phase: string;
    conditions?: Array<{ type: string; status: string }>;
  };
}

/** A list as it is sent. Its items have no kind of their own. */
export interface WireList {
  kind: string;
  apiVersion: string;
  metadata: {
    resourceVersion: string;
    continue: string;
    remainingItemCount?: number;
  };
  items: Array<Omit<WireObject, 'kind' | 'apiVersion'>>;
}

/** A failure as it is sent, or the last line of a watch that ends with one. */
export interface WireStatus {
  kind: string;
  code: number;
  reason: string;
  message: string;
}

/** A page of discovery: groups, a group, or what can be asked of a version. */
export interface WireDiscovery {
  kind: string;
  groups: Array<{ versions: Array<{ groupVersion: string }> }>;
  preferredVersion: { version: string };
  groupVersion: string;
  resources: Array<{ name: string; kind: string; verbs: string[] }>;
}

/** An answer whose body, when it is JSON, is of the kind that was asked for. */
export interface Answer<Body> {
  status: number;
  body: Body;
}

/** One line of a watch. */
export interface WatchLine {
  type: string;
  object: WireObject & WireStatus;
}
