import { KustomizeError } from './KustomizeError';

/** `a/b` and `../c` are `a/c`; what leads out of the files is refused. */
export function joinPath(folder: string, relative: string): string {
  const parts: string[] = [];
  for (const part of [...folder.split('/'), ...relative.split('/')]) {
    if (part === '..') {
      if (parts.length === 0) {
        throw new KustomizeError(
          `"${relative}" of ${
            folder || 'the top folder'
          } is outside of the files; a kustomization reads only what lies beside it.`,
        );
      }
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What would be fetched: nothing here asks a network. */
export function isRemote(resource: string): boolean {
  return (
    /^[a-z+]+:\/\//i.test(resource) ||
    /^[\w.-]+@[\w.-]+:/.test(resource) ||
    /^(github|gitlab|bitbucket)\.[a-z]+\//i.test(resource) ||
    /\?(ref|version)=/.test(resource)
  );
}
