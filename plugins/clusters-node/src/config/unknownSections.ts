import { clusterSchema } from './schema';

/** A key with at most this many wrong letters is taken for another key, misspelt. */
const WRONG_LETTERS = 2;
/** A key this short may be right though one letter differs, as eks and aks do. */
const SHORT = 4;

/**
 * What is wrong with keys of a cluster that nobody reads, a sentence each. A
 * section may be that of a module which another back end has, so that not
 * everything unknown is wrong: what looks like a known key is, and what is no
 * section.
 *
 * @param path - of the cluster's entry
 * @param read - keys of the sections that modules read
 * @internal
 */
export function unknownSectionProblems(
  sections: Readonly<Record<string, unknown>>,
  path: string,
  read: readonly string[],
): string[] {
  const known = [...Object.keys(clusterSchema.shape), ...read];
  return Object.entries(sections)
    .filter(([key]) => !known.includes(key))
    .flatMap(([key, value]) => {
      const meant = known.find(each => isAlike(each, key));
      if (meant) {
        return [`${path}.${key}: is not known; ${meant} is probably meant`];
      }
      return typeof value === 'object' && value !== null
        ? []
        : [
            `${path}.${key}: is not known; a cluster has ${known.join(
              ', ',
            )} here`,
          ];
    });
}

function isAlike(known: string, key: string): boolean {
  const [a, b] = [known, key].map(each =>
    each.toLocaleLowerCase('en-US').replace(/[^a-z0-9]/g, ''),
  );
  const most = Math.min(a.length, b.length) > SHORT ? WRONG_LETTERS : 0;
  return distance(a, b) <= most;
}

/** Letters to add, leave out or replace to make one of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(
        row[j] + 1,
        next[j - 1] + 1,
        row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length];
}
