import { FieldProblem, invalid } from '../status';

/** Options of a write, checked. */
export interface WriteOptions {
  isApply: boolean;
  /** Whether a part of an object was sent, and not the whole. */
  isPatch: boolean;
  /** Name of who writes. */
  manager: string;
  dryRun: boolean;
  /** What the kind doesn't have is refused, else left out. */
  strict: boolean;
  /** Fields are taken from who owns them. */
  force: boolean;
}

const LONGEST_MANAGER = 128;

function unsupported(
  field: string,
  value: string,
  all: string[],
): FieldProblem {
  const supported = all.map(each => `"${each}"`).join(', ');
  return {
    field,
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: "${value}": supported values: ${supported}`,
  };
}

/**
 * Reads and checks the query of a write. Throws 422.
 *
 * @param kind - of the options, as they are called in an error
 * @param isApply - whether it is a server-side apply
 */
export function parseWriteOptions(
  query: Record<string, unknown>,
  from: {
    kind: 'PatchOptions' | 'UpdateOptions' | 'CreateOptions' | 'DeleteOptions';
    isApply: boolean;
    userAgent?: string;
  },
): WriteOptions {
  const all = (name: string) => [query[name] ?? []].flat().map(String);
  const [first] = all('fieldManager');
  const [validation = 'Warn'] = all('fieldValidation');
  const [force] = all('force');
  const problems: FieldProblem[] = [];
  for (const value of all('dryRun').filter(each => each !== 'All')) {
    problems.push(unsupported('dryRun', value, ['All']));
  }
  if (from.isApply && !first) {
    problems.push({
      field: 'fieldManager',
      reason: 'FieldValueRequired',
      message: 'Required value: is required for apply patch',
    });
  }
  if (!from.isApply && force !== undefined) {
    problems.push({
      field: 'force',
      reason: 'FieldValueForbidden',
      message: 'Forbidden: may not be specified for non-apply patch',
    });
  }
  if (first && (first.length > LONGEST_MANAGER || /\p{C}/u.test(first))) {
    problems.push({
      field: 'fieldManager',
      reason: 'FieldValueInvalid',
      message: `Invalid value: must be at most ${LONGEST_MANAGER} printable characters`,
    });
  }
  const levels = ['Ignore', 'Warn', 'Strict'];
  if (validation && !levels.includes(validation)) {
    problems.push(unsupported('fieldValidation', validation, ['', ...levels]));
  }
  if (problems.length > 0) {
    const { kind } = from;
    throw invalid({ group: 'meta.k8s.io', kind, name: '' }, problems);
  }
  return {
    isApply: from.isApply,
    isPatch: from.kind === 'PatchOptions',
    // As an API server names who doesn't say it: by what comes before the version of its agent.
    manager: first || (from.userAgent ?? '').split('/')[0] || 'unknown',
    dryRun: all('dryRun').length > 0,
    strict: validation === 'Strict',
    force: force !== undefined && !['false', '0'].includes(force),
  };
}
