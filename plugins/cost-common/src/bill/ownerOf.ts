import { BillItem } from './charge';

/** Who pays for charges that are no machine of a cluster. @public */
export interface BillOwnerRule {
  /** The service, an entity reference. */
  entityRef: string;
  /** Every one that is given must be the same; letter case does not count. */
  provider?: string;
  billingAccount?: string;
  subAccount?: string;
  service?: string;
  resourceId?: string;
  /** Key and value of a tag that is kept. */
  tag?: { key: string; value: string };
}

/** @public */
export interface BillOwners {
  /** The first that fits tells. */
  rules: readonly BillOwnerRule[];
  /** References of the services that name a resource of the provider as their own; its id is in lower case. */
  namedBy(resourceId: string): readonly string[];
  /** Keys of tags whose value is a service: its reference, or its name where one service has it. In order. */
  tags: readonly string[];
  /** References of the services of a name, in lower case. */
  servicesOf(name: string): readonly string[];
  /** Whether there is such a service; its reference is in lower case. */
  isService(entityRef: string): boolean;
}

/** What of an item tells whose it is. @public */
export type OwnedItem = Pick<
  BillItem,
  | 'provider'
  | 'billingAccount'
  | 'subAccount'
  | 'service'
  | 'resourceId'
  | 'tags'
>;

/**
 * The service that a charge is of, by rule, then by tag, then by the service that names its
 * resource, which takes nothing from whom the provider's own tag tells; `undefined` = nobody
 * says. A name that several services have says nothing, nor does a resource that several
 * name.
 *
 * @public
 */
export function billOwnerOf(
  item: OwnedItem,
  owners: BillOwners,
): string | undefined {
  const rule = owners.rules.find(each => fits(item, each));
  if (rule) {
    const entityRef = rule.entityRef.toLowerCase();
    return owners.isService(entityRef) ? entityRef : undefined;
  }
  for (const key of owners.tags) {
    const value = item.tags[key]?.trim().toLowerCase();
    if (value) {
      const found = owners.isService(value)
        ? [value]
        : owners.servicesOf(value);
      if (found.length === 1) {
        return found[0];
      }
    }
  }
  const named = owners.namedBy(item.resourceId.toLowerCase());
  return named.length === 1 ? named[0] : undefined;
}

const FIELDS = [
  'provider',
  'billingAccount',
  'subAccount',
  'service',
  'resourceId',
] as const;

function fits(item: OwnedItem, rule: BillOwnerRule): boolean {
  const { tag } = rule;
  return (
    FIELDS.every(
      field => rule[field] === undefined || same(item[field], rule[field]),
    ) &&
    (!tag || same(item.tags[tag.key] ?? '', tag.value))
  );
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
