const MAX_LENGTH = 253;
/** Lines and terminals are not to be broken by a name. */
const CONTROL = /\p{C}/u;

/**
 * What is wrong with the name of a cluster, as a sentence; undefined when it is
 * fine. Names are those of Backstage's `kubernetes` configuration, which takes
 * what clouds and kubeconfigs write: `us-west`, `gke_shop_europe-west1_prod`,
 * `arn:aws:eks:eu-central-1:123456789012:cluster/prod`, `Prod EU`.
 *
 * @internal
 */
export function clusterNameProblem(name: string): string | undefined {
  if (!/[\p{L}\p{N}]/u.test(name)) {
    return 'must have a letter or digit, e.g. us-west';
  }
  if (name.length > MAX_LENGTH) {
    return `must be at most ${MAX_LENGTH} characters`;
  }
  if (name.trim() !== name) {
    return 'must not begin or end with a blank';
  }
  if (CONTROL.test(name)) {
    return 'must not contain line breaks or other control characters';
  }
  if (name.includes('*')) {
    return 'must not contain *, which stands for any text in rules';
  }
  if (name.includes(',')) {
    return 'must not contain a comma, which separates clusters in the annotation backstage.io/kubernetes-cluster';
  }
  return undefined;
}

/**
 * Gives names that people, entity references and file names take for one another
 * the same text.
 *
 * @internal
 */
export function comparableClusterName(name: string): string {
  return name.normalize('NFKC').toLocaleLowerCase('en-US');
}
