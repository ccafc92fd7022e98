import { sayActing, targetKey } from '@headroom/common';
import { Guard } from './Guard';

/** What was taken back several times in a row is left alone until somebody says to go on. */
export const contested: Guard = ({ asked, engine }) =>
  asked.undoOf === undefined
    ? engine.contests
        .filter(
          ({ policyId, targetKey: key, contestedAt }) =>
            contestedAt !== undefined &&
            policyId === asked.policyId &&
            key === targetKey(asked.action.target),
        )
        .map(({ manager, reverts, mend }) => ({
          guard: 'contested',
          reason: sayActing('contested', { manager, times: reverts }),
          ...(mend !== undefined && { mend }),
        }))
    : [];
