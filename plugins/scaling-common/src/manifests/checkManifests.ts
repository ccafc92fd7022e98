import { at, formatManifestPath, textAt, printed } from './json';
import { ManifestContext } from './ManifestContext';
import { ManifestFinding, ManifestFix, ManifestRef } from './ManifestFinding';
import { fixOf } from './manifestFix';
import { ManifestObject } from './ManifestObject';
import { Hit, ManifestRule } from './ManifestRule';
import { ManifestSet } from './ManifestSet';
import { RULES } from './rules';
import { isWaived } from './waivers';

/**
 * Checks objects by every rule, one by one and together. Pure: the order of the
 * objects does not matter, and nothing of an object is certain to be there.
 *
 * @returns what is wrong, sorted by file and line, then by object
 * @public
 */
export function checkManifests(
  objects: readonly ManifestObject[],
  context: ManifestContext = {},
): ManifestFinding[] {
  const set = ManifestSet.of(objects, context);
  const asked = new Set([
    ...objects,
    ...(context.workflows ?? []),
    ...(context.runnerValues ?? []),
  ]);
  return RULES.filter(
    ({ needs = [] }) =>
      !needs.some(kind => context.unknownKinds?.includes(kind)),
  )
    .flatMap(rule =>
      [...rule.check(set)]
        .filter(
          hit =>
            asked.has(hit.on) &&
            !(rule.onlyFiles && hit.on.isLive) &&
            (context.waivers === false || !isWaived(rule.id, hit.on)),
        )
        .map(hit => findingOf(rule, hit, set)),
    )
    .sort(byPlace);
}

function findingOf(
  rule: ManifestRule,
  { on, path, said, edits, severity }: Hit,
  set: ManifestSet,
): ManifestFinding {
  const fix: ManifestFix | undefined = edits && fixOf(on, edits);
  return {
    rule: rule.id,
    severity: severity ?? rule.severity,
    object: refOf(on, set),
    path,
    ...(on.source && {
      file: on.source.file,
      line: on.source.lineOf(path),
    }),
    said,
    why: rule.why,
    ...(fix && { fix }),
  };
}

function refOf(on: ManifestObject, set: ManifestSet): ManifestRef {
  const namespace = set.namespaceOf(on);
  return {
    apiVersion: textAt(on.object, 'apiVersion') ?? '',
    kind: textAt(on.object, 'kind') ?? '',
    ...(namespace !== '' && { namespace }),
    name: printed(at(on.object, 'metadata', 'name') ?? ''),
  };
}

function byPlace(a: ManifestFinding, b: ManifestFinding): number {
  const keys = (finding: ManifestFinding) => [
    finding.file ?? '',
    printed(finding.line ?? 0).padStart(9, '0'),
    finding.object.kind,
    finding.object.namespace ?? '',
    finding.object.name,
    finding.rule,
    formatManifestPath(finding.path),
    finding.said.message,
  ];
  const others = keys(b);
  for (const [index, key] of keys(a).entries()) {
    if (key !== others[index]) {
      return key < others[index] ? -1 : 1;
    }
  }
  return 0;
}
