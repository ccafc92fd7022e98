import { FieldChange, Worded } from '@headroom/common';
import { wordRightsizing } from '../sentences';
import { editYaml, YamlEditError } from './editYaml';
import { findManifest, ManifestWish, RepositoryFile } from './findManifest';

/** A file with the advice taken, or in a sentence why there is none. @public */
export type ManifestEdit =
  | {
      path: string;
      /** Which of the file's documents, from 0. */
      document: number;
      /** Quantities as the file writes them, and as they should be. */
      changes: readonly FieldChange[];
      /** The text of the file. */
      before: string;
      after: string;
    }
  | { reason: Worded };

/**
 * Takes an advice in the manifests of a repository: finds the one file that sets what
 * runs now, and changes its quantities and nothing else of it.
 *
 * @public
 */
export function editManifest(
  files: readonly RepositoryFile[],
  wish: ManifestWish,
): ManifestEdit {
  const found = findManifest(files, wish);
  if ('reason' in found) {
    return found;
  }
  const { path, document, edits, changes } = found;
  const before = files.find(file => file.path === path)!.text;
  try {
    return {
      path,
      document,
      changes,
      before,
      after: editYaml(before, document, edits),
    };
  } catch (error) {
    if (error instanceof YamlEditError) {
      return { reason: wordRightsizing('form', { path, why: error.message }) };
    }
    throw error;
  }
}
