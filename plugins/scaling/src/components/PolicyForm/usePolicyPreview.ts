import { useApi } from '@backstage/core-plugin-api';
import { Policy, PolicyPreview } from '@headroom/plugin-scaling-common';
import { errorMessage } from '@headroom/react';
import { useEffect, useState } from 'react';
import { scalingApiRef } from '../../api';

/** How long nobody types before the back end is asked. */
const TYPING_MS = 500;

/**
 * What the back end says of a policy; the last answer stays until the next is there.
 *
 * @param policy - undefined = it isn't asked
 */
export function usePolicyPreview(policy: Policy | undefined): {
  preview?: PolicyPreview;
  problem?: string;
  /** It is being asked. */
  busy: boolean;
} {
  const api = useApi(scalingApiRef);
  const [answer, setAnswer] = useState<{
    of?: Policy;
    preview?: PolicyPreview;
    problem?: string;
  }>({});
  useEffect(() => {
    if (!policy) {
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      api.previewPolicy(policy, { signal: controller.signal }).then(
        preview =>
          !controller.signal.aborted && setAnswer({ of: policy, preview }),
        error =>
          !controller.signal.aborted &&
          setAnswer(before => ({
            of: policy,
            preview: before.preview,
            problem: errorMessage(error),
          })),
      );
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, policy]);
  return { ...answer, busy: !policy || answer.of !== policy };
}
