/**
 * A kustomization that can't be built, or asks for what is not built here; the
 * message names the file and the field.
 *
 * @public
 */
export class KustomizeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KustomizeError';
  }
}
