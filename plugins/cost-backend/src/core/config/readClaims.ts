import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { toError } from '@backstage/errors';
import {
  ClaimPolicy,
  createLocationMatcher,
  urlWithoutSecrets,
} from '@headroom/common';
import { parseSection } from '@headroom/node';
import { z } from 'zod';

const AT = 'headroom.cost.claims';

/** Kinds of claims as configuration calls them. */
const KINDS = {
  annotation: 'annotation',
  selector: 'label selector',
  owner: 'owner',
} as const;

const text = z.string().min(1, { error: 'must not be empty' });

const owner = text.transform((value, context) => {
  try {
    return stringifyEntityRef(
      parseEntityRef(value.toLocaleLowerCase('en-US'), {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    context.addIssue({
      code: 'custom',
      message: `is '${value}'; it must be a group or user, e.g. group:default/shop`,
    });
    return z.NEVER;
  }
});

/** Where entities must be registered to be trusted. @internal */
export const trustedLocation = text.superRefine((value, context) => {
  try {
    createLocationMatcher(value);
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: toError(error).message.replaceAll(
        value,
        urlWithoutSecrets(value),
      ),
    });
  }
});

const schema = z.strictObject({
  order: z
    .array(
      z.enum(['annotation', 'selector', 'owner'], {
        error: 'must be one of annotation, selector and owner',
      }),
    )
    .min(1, { error: 'must name a kind of claim that counts' })
    .refine(kinds => new Set(kinds).size === kinds.length, {
      error: 'must not name a kind twice',
    })
    .transform(kinds => kinds.map(kind => KINDS[kind]))
    .optional(),
  trustedLocations: z.array(trustedLocation).optional(),
  namespaces: z
    .array(
      z.strictObject({
        cluster: text.optional(),
        namespace: text,
        owners: z
          .array(owner)
          .min(1, { error: 'must name a group or user that may claim it' }),
      }),
    )
    .optional(),
});

/**
 * Which claims of entities count, under `headroom.cost.claims`.
 *
 * @throws InputError that names the key, its value and what would be right.
 */
export function readClaims(config: Config): ClaimPolicy {
  return parseSection(AT, schema, config.getOptional(AT) ?? {});
}
