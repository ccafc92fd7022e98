import { Worded } from '@headroom/common';
import { readEnvelope } from './readEnvelope';

/**
 * What items are aggregated by when a server is asked for containers in so many
 * words. Asked without, an OpenCost answers by container; a Kubecost since 2.5
 * by namespace, and keeps no other property.
 *
 * @internal
 */
export const BY_CONTAINER = [
  'cluster',
  'node',
  'namespace',
  'controllerKind',
  'controller',
  'pod',
  'container',
] as const;

/** Items that stand for no tenant, whatever the answer is aggregated by. */
const RESERVED = /(^|\/)__(idle|unmounted|unallocated|shared|external)__(\/|$)/;

/** Groups among containers above this share are what the answer is made of. */
const MOST_GROUPS = 0.05;

/** How many items of an answer stand for one container, and how many for more. @internal */
export interface Grain {
  containers: number;
  groups: number;
  /** The answer is by something coarser than containers. */
  coarse: boolean;
}

type Json = Record<string, unknown>;

/** @internal */
export function grainOf(answer: unknown, what: string | Worded): Grain {
  let containers = 0;
  let groups = 0;
  for (const step of readEnvelope(answer, what)) {
    for (const [key, item] of Object.entries(step ?? {})) {
      const { pod, container, namespace } = propertiesOf(item);
      const name = isObject(item) ? item.name : undefined;
      const names = [key, name, namespace, pod, container];
      if (names.some(text => typeof text === 'string' && RESERVED.test(text))) {
        continue;
      }
      if (pod && container) {
        containers += 1;
      } else {
        groups += 1;
      }
    }
  }
  return {
    containers,
    groups,
    coarse: groups > MOST_GROUPS * (containers + groups),
  };
}

/**
 * Gives items of an answer that was asked by {@link BY_CONTAINER} the properties
 * they lack, from their names, which are these properties in that order.
 *
 * @internal
 */
export function completeFromNames(
  answer: unknown,
  what: string | Worded,
): void {
  for (const step of readEnvelope(answer, what)) {
    for (const [name, item] of Object.entries(step ?? {})) {
      const parts = name.split('/');
      if (parts.length === BY_CONTAINER.length && isObject(item)) {
        const properties: Json = { ...propertiesOf(item) };
        BY_CONTAINER.forEach((property, index) => {
          const part = parts[index];
          if (part && !part.startsWith('__')) {
            properties[property] ??= part;
          }
        });
        item.properties = properties;
      }
    }
  }
}

function propertiesOf(item: unknown): Json {
  return isObject(item) && isObject(item.properties) ? item.properties : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
