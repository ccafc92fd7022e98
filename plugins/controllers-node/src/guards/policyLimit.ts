import { Guard } from './Guard';

/** A policy says itself how much it may change at a time; the rest waits for a later run. */
export const policyLimit: Guard = ({
  asked: {
    action: { overLimit },
  },
}) =>
  overLimit === undefined ? [] : [{ guard: 'policy-limit', reason: overLimit }];
