import { stringify } from 'yaml';

/**
 * Objects as the documents of one file. Texts that a reader of YAML 1.1 would take for
 * a number, a boolean or a time (`"Off"`, `"0644"`, `"22:22"`) are quoted, since
 * kustomize and others still read that.
 *
 * @public
 */
export function writeYaml(objects: readonly object[]): string {
  return objects
    .map(object =>
      stringify(object, {
        version: '1.1',
        lineWidth: 0,
        aliasDuplicateObjects: false,
        defaultStringType: 'PLAIN',
      }),
    )
    .join('---\n');
}
