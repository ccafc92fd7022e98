const KEPT =
  /^(headroom\.io\/|autoscaling\.keda\.sh\/|(kustomize|helm)\.toolkit\.fluxcd\.io\/|argocd\.argoproj\.io\/tracking-id$|meta\.helm\.sh\/)/;
/** Longer ones are left out: nothing that Headroom writes or reads is. */
const LONGEST = 16_384;
const NONE: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Those annotations that a cache keeps: Headroom's, those that pause KEDA, and those
 * by which GitOps tools say what is theirs and what they leave alone.
 *
 * @internal
 */
export function keptAnnotations(
  annotations: Record<string, string> | undefined,
): Readonly<Record<string, string>> {
  const kept = Object.entries(annotations ?? {}).filter(
    ([key, value]) => KEPT.test(key) && value.length <= LONGEST,
  );
  return kept.length > 0 ? Object.fromEntries(kept) : NONE;
}
