import { Config } from '@backstage/config';
import { NodeLabelRules } from '@headroom/plugin-cost-common';
import { parseSection } from '@headroom/node';
import { z } from 'zod';

const AT = 'headroom.cost.nodeLabels';

const text = z.string().min(1, { error: 'must not be empty' });
const labels = z.array(text).optional();
const match = { label: text, value: text.optional() };

const schema = z.strictObject({
  instanceType: labels,
  region: labels,
  zone: labels,
  nodePool: labels,
  spot: z.array(z.strictObject(match)).optional(),
  billedByPods: z
    .array(z.strictObject({ ...match, platform: text }))
    .optional(),
});

/**
 * Labels that say something of nodes, under `headroom.cost.nodeLabels`.
 *
 * @throws InputError that names the key, its value and what would be right.
 */
export function readNodeLabels(config: Config): NodeLabelRules {
  return parseSection(AT, schema, config.getOptional(AT) ?? {});
}
