import { InputError } from '@backstage/errors';
import { Calendars, Policy, readPolicy } from '@headroom/plugin-scaling-common';

/**
 * Policies that are declared in the configuration.
 *
 * @throws InputError that names the field, its value and what would be right.
 */
export function readPolicies(
  at: string,
  written: readonly unknown[],
  calendars: Calendars,
): Policy[] {
  const ids = new Set<string>();
  return written.map((input, index) => {
    const { policy, issues } = readPolicy(input, {
      nowMs: Date.now(),
      calendars,
    });
    const wrong = issues.find(({ severity }) => severity === 'error');
    if (!policy || wrong) {
      throw new InputError(
        `${at}[${index}] can't be kept to. ${wrong?.text.message ?? ''}`,
      );
    }
    if (ids.has(policy.id)) {
      throw new InputError(
        `${at}[${index}].id is '${policy.id}', which another policy has; give each one of its own`,
      );
    }
    ids.add(policy.id);
    return { ...policy, origin: { type: 'config' } };
  });
}
