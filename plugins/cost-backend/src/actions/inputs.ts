import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { isSaid } from '@headroom/node';
import type { z, ZodTypeAny } from 'zod/v3';
import { Asked } from '../core/CostScopes';

/** The zod that Backstage hands to actions, which is version 3. */
export type Zod = typeof z;

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Models send numbers as text; a schema says which it wants. */
export function coerced<T extends ZodTypeAny>(zod: Zod, schema: T) {
  return zod.preprocess(value => {
    if (value === 'true' || value === 'false') {
      return value === 'true';
    }
    return typeof value === 'string' && NUMBER.test(value)
      ? Number(value)
      : value;
  }, schema);
}

/** Rows an answer has at most. */
export function limitInput(zod: Zod, usual: number, most: number) {
  return coerced(
    zod,
    zod.number().int().min(1).max(most).default(usual),
  ).describe(
    `Rows of the answer, 1 to ${most}; ${usual} unless said. What is left out is counted.`,
  );
}

/** What an action is about. */
export function entityInput(zod: Zod, whose: string) {
  return zod
    .string()
    .max(800)
    .optional()
    .describe(
      `Whose ${whose}: a service such as component:default/web, or a team such as group:default/shop with all groups below it. Left out: everything that the caller may see.`,
    );
}

/** A currency to answer in. */
export function currencyInput(zod: Zod) {
  return zod
    .string()
    .optional()
    .describe('ISO 4217, one of those in the settings; else the stored one.');
}

/** @throws InputError that says what a reference is. */
export function askedOf(entityRef: string | undefined): Asked {
  if (entityRef === undefined) {
    return 'fleet';
  }
  const ref = refOf(entityRef);
  return ref.startsWith('group:') ? { team: ref } : { service: ref };
}

/** A reference as the catalog writes it; a name alone is that of a component. */
export function refOf(entityRef: string): string {
  try {
    if (entityRef.includes('\0')) {
      throw new Error('NUL');
    }
    return stringifyEntityRef(
      parseEntityRef(entityRef, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `entityRef ${isSaid(
        entityRef,
      )}; it must be a reference such as component:default/web or group:default/shop`,
    );
  }
}
