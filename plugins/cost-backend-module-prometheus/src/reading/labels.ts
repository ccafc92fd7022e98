type Labels = Record<string, string>;

/** The pod a series is about. */
export interface PodIdentity {
  namespace: string;
  pod: string;
}

/** The container a series is about. */
export interface ContainerIdentity extends PodIdentity {
  container: string;
}

/**
 * Prometheus renames a workload's `namespace`, `pod` and `container` to
 * `exported_…` when the scraped target has labels of that name (honor_labels
 * off). Then all three are read from the renamed set; one is never taken from
 * each. DCGM exporters before 2.0 say `pod_name` and so on.
 */
function prefix(labels: Labels): string {
  return labels.exported_pod || labels.exported_namespace ? 'exported_' : '';
}

export function podOf(labels: Labels): PodIdentity | undefined {
  const set = prefix(labels);
  const pod = labels[`${set}pod`] || labels.pod_name;
  const namespace = labels[`${set}namespace`] || labels.pod_namespace;
  return pod && namespace ? { namespace, pod } : undefined;
}

export function containerOf(labels: Labels): ContainerIdentity | undefined {
  const pod = podOf(labels);
  const container =
    labels[`${prefix(labels)}container`] || labels.container_name;
  return pod && container ? { ...pod, container } : undefined;
}

export function nodeOf(labels: Labels): string | undefined {
  return labels.exported_node || labels.node || undefined;
}

/** A label that no target has, e.g. `replicaset`. */
export function objectOf(labels: Labels, name: string): string | undefined {
  return labels[`exported_${name}`] || labels[name] || undefined;
}

export function namespaceOf(labels: Labels): string | undefined {
  return objectOf(labels, 'namespace');
}

/** `label_app_kubernetes_io_name` → `app_kubernetes_io_name`. */
export function kubernetesLabels(labels: Labels): Labels {
  const result: Labels = {};
  for (const [key, value] of Object.entries(labels)) {
    if (key.startsWith('label_')) {
      result[key.slice('label_'.length)] = value;
    }
  }
  return result;
}

/** A map key of several names. */
export function keyOf(...names: string[]): string {
  return names.join('\n');
}
