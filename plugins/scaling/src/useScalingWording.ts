import { Said } from '@headroom/common';
import { useWording } from '@headroom/react';
import { SCALING_SENTENCES } from './messages/sentences';
import { scalingTranslationRef } from './translation';

/** Words what the back end says, a reason, a veto or an effect, in the reader's language. */
export function useScalingWording(): (said: Said) => string {
  return useWording(scalingTranslationRef, SCALING_SENTENCES);
}
