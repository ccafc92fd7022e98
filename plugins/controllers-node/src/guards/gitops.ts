import { formatFieldPath, sayActing, targetKey } from '@headroom/common';
import { Guard } from './Guard';
import { pathsOverlap } from './paths';

/**
 * A field that is written from Git is not written besides: it would be put back, and
 * the two would fight. What is taken back is not asked about: it leaves the field as
 * Git knows it.
 */
export const gitops: Guard = ({ asked: { action, undoOf }, world }) =>
  undoOf === undefined
    ? (world.targets.get(targetKey(action.target))?.fieldManagers ?? [])
        .filter(
          ({ gitops: isGitOps, path }) =>
            isGitOps &&
            action.changes.some(change => pathsOverlap(change.path, path)),
        )
        .map(({ manager, path, mend }) => ({
          guard: 'gitops',
          reason: sayActing('gitops', {
            manager,
            field: formatFieldPath(path),
          }),
          ...(mend !== undefined && { mend }),
        }))
    : [];
