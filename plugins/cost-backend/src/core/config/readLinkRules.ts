import { Config } from '@backstage/config';
import { LinkRule } from '@headroom/common';
import { parseSection } from '@headroom/node';
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
  return parseSection(AT, schema, config.getOptional(AT) ?? []);
}
