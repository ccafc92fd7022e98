import { canonicalJson, Json } from '@headroom/common';
import { Policy } from '@headroom/plugin-scaling-common';

/**
 * A policy as it was sent, with what nobody but the back end says of it: who wrote it,
 * and whose the overrides in it are. Those that were there before stay whose they are.
 *
 * @param before - the policy that it replaces
 */
export function asOfPage(
  body: unknown,
  userRef: string,
  before?: Policy,
): unknown {
  if (!isPlain(body)) {
    return body;
  }
  const known = new Set(
    before?.overrides.map(each => canonicalJson(each as unknown as Json)),
  );
  const { overrides } = body;
  return {
    ...body,
    ...(Array.isArray(overrides) && {
      overrides: overrides.map(each =>
        isPlain(each) && !known.has(canonicalJson(each as Json))
          ? { ...each, owner: userRef }
          : each,
      ),
    }),
    origin: { type: 'page' },
    by: userRef,
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
