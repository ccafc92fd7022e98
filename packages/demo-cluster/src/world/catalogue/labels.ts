/** Labels of an application, by Kubernetes' recommended names; linked to its service by label selector. */
export function appLabels(app: string): Record<string, string> {
  return { app, 'app.kubernetes.io/name': app };
}

/** Labels of an application that carries the id of its service. */
export function byKubernetesId(
  kubernetesId: string,
  app = kubernetesId,
): Record<string, string> {
  return { ...appLabels(app), 'backstage.io/kubernetes-id': kubernetesId };
}
