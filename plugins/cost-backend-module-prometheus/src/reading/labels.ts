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

export function podOf(labels: Labels): PodIdentity | undefined {
  const pod = objectOf(labels, 'pod') || labels.pod_name;
  const namespace = objectOf(labels, 'namespace') || labels.pod_namespace;
  return pod && namespace ? { namespace, pod } : undefined;
}

/** DCGM exporters before 2.0 say `pod_name` and so on. */
export function containerOf(labels: Labels): ContainerIdentity | undefined {
  const pod = podOf(labels);
  const container = objectOf(labels, 'container') || labels.container_name;
  return pod && container ? { ...pod, container } : undefined;
}

export function nodeOf(labels: Labels): string | undefined {
  return objectOf(labels, 'node');
}

/**
 * A label of the object a series is about. Prometheus renames it to `exported_…`
 * when the scraped target has a label of that name (honor_labels off): each label
 * for itself, for a target may have a `namespace` and no `pod`.
 */
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
