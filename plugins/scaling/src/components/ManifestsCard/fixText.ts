import { ManifestFindingView } from '@headroom/plugin-scaling-common';

/**
 * What mends a finding, as it is pasted: a diff for `git apply --unidiff-zero` where
 * it was read of a file, else a command for the cluster. Undefined where what is
 * right is a decision.
 */
export function fixText(finding: ManifestFindingView): string | undefined {
  const { fix, file } = finding;
  if (!fix) {
    return undefined;
  }
  if (file !== undefined && fix.lines) {
    const { from, before, after } = fix.lines;
    return [
      `--- a/${file}`,
      `+++ b/${file}`,
      `@@ -${range(from, before.length)} +${range(from, after.length)} @@`,
      ...before.map(line => `-${line}`),
      ...after.map(line => `+${line}`),
      '',
    ].join('\n');
  }
  const patch = JSON.stringify(fix.patch);
  return file !== undefined ? patch : command(finding, patch);
}

/** Of no lines it names the line before, as diff does. */
function range(from: number, lines: number): string {
  return lines === 0 ? `${from - 1},0` : `${from},${lines}`;
}

function command(
  { object: { apiVersion, kind, namespace, name } }: ManifestFindingView,
  patch: string,
): string {
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  const type = kind.toLocaleLowerCase('en-US');
  return [
    'kubectl patch',
    ...(namespace === undefined ? [] : ['-n', namespace]),
    group ? `${type}.${version}.${group}` : type,
    name,
    '--type=json -p',
    `'${patch.replaceAll("'", "'\\''")}'`,
  ].join(' ');
}
