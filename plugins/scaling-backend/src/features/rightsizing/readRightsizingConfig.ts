import { Config } from '@backstage/config';
import { parseSection } from '@headroom/node';
import { DEFAULT_WATCH_LIMITS } from '@headroom/plugin-scaling-common';
import { z } from 'zod';
import { RightsizingConfig } from './RightsizingConfig';

const AT = 'headroom.scaling.rightsizing';

const text = z.string().trim().min(1, { error: 'must not be empty' });
const names = z.array(text).min(1, { error: 'must not be empty' }).optional();
const seconds = z.number().gt(0, { error: 'must be above 0' });
const share = z
  .number()
  .gt(0, { error: 'must be above 0' })
  .max(1, { error: 'must be at most 1' });

const schema = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        clusters: names,
        namespaces: names,
        mode: z.enum(['observe', 'propose', 'enforce'], {
          error: 'must be one of observe, propose, enforce',
        }),
        by: z
          .enum(['rollout', 'resize'], {
            error: 'must be one of rollout, resize',
          })
          .optional(),
        twoPersons: z.boolean({ error: 'must be true or false' }).optional(),
      }),
    )
    .default([]),
  manifests: z
    .array(
      z.strictObject({
        clusters: names,
        namespaces: names,
        url: z.url({
          protocol: /^https?$/,
          error:
            'must be the URL of a folder, such as https://github.com/acme/deployments/tree/main/prod',
        }),
      }),
    )
    .default([]),
  watch: z
    .strictObject({
      seconds: seconds.optional(),
      pendingSeconds: seconds.optional(),
      restarts: z
        .number()
        .int()
        .min(1, { error: 'must be a whole number, at least 1' })
        .optional(),
      throttledMore: share.optional(),
      queries: z
        .array(z.strictObject({ title: text, query: text, above: z.number() }))
        .default([]),
    })
    .default({ queries: [] }),
});

/**
 * Reads how advice is applied.
 *
 * @throws InputError with one sentence that names the key, the value and what would
 * be right.
 */
export function readRightsizingConfig(config: Config): RightsizingConfig {
  const { rules, manifests, watch } = parseSection(
    AT,
    schema,
    config.getOptional(AT) ?? {},
  );
  const { seconds: watchSeconds, queries, ...limits } = watch;
  return {
    rules,
    manifests,
    watch: {
      ...DEFAULT_WATCH_LIMITS,
      ...limits,
      ...(watchSeconds !== undefined && { watchSeconds }),
      queries,
    },
  };
}

/** Whether something of a cluster and a namespace is meant by a rule. */
export function fits(
  rule: { clusters?: readonly string[]; namespaces?: readonly string[] },
  { cluster, namespace }: { cluster: string; namespace: string },
): boolean {
  return (
    (rule.clusters?.includes(cluster) ?? true) &&
    (rule.namespaces?.includes(namespace) ?? true)
  );
}
