import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { LinkRule } from '@headroom/common';
import { z } from 'zod';

const AT = 'headroom.cost.links';

const text = z.string().min(1, { error: 'must not be empty' });

const schema = z.array(
  z
    .strictObject({
      cluster: text.optional(),
      namespace: text.optional(),
      workload: text.optional(),
      labels: z.record(z.string(), z.string()).optional(),
      entityRef: text,
      decides: z.boolean().optional(),
      yields: z.boolean().optional(),
    })
    .refine(({ decides, yields }) => !(decides && yields), {
      error: 'cannot both decide and yield',
    })
    .refine(
      ({ cluster, namespace, workload, labels }) =>
        cluster || namespace || workload || Object.keys(labels ?? {}).length,
      {
        error:
          'names no cluster, namespace, workload or label, so it would match everything',
      },
    ),
);

/** Rules under `headroom.cost.links`, in the order they are tried. */
export function readLinkRules(config: Config): LinkRule[] {
  const parsed = schema.safeParse(config.getOptional(AT) ?? []);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${[AT, ...issue.path].join('.')} ${issue.message}`);
  }
  return parsed.data;
}
