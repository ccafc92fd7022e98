const NUMBER = /^[1-9]\d*$/;

/**
 * Whether a version of an object is older than another: false as well when they are
 * the same, and undefined when they can't be compared. API servers give numbers that
 * grow, and since Kubernetes 1.35 promise it (KEP-5504); an extension's may be
 * anything.
 *
 * @internal
 */
export function isOlder(version: string, other: string): boolean | undefined {
  if (version === other) {
    return false;
  }
  if (!NUMBER.test(version) || !NUMBER.test(other)) {
    return undefined;
  }
  return version.length === other.length
    ? version < other
    : version.length < other.length;
}
