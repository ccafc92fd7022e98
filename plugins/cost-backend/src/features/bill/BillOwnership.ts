import { createHash } from 'node:crypto';
import { BillOwners, billOwnerOf } from '@headroom/plugin-cost-common';
import { BillConfig } from '../../core/config/readBill';
import { BillOwnerStore } from '../../database/BillOwnerStore';

const PAGE = 2000;

/** @internal */
export interface BillOwnershipOptions
  extends Pick<BillConfig, 'rules' | 'serviceTags' | 'mayName'> {
  store: BillOwnerStore;
}

type Service = Awaited<ReturnType<BillOwnerStore['services']>>[number];

/** Says of every item of the bills whose it is, as the rules, the tags and the catalog are now. */
export class BillOwnership {
  readonly #options: BillOwnershipOptions;
  /** An update may decide otherwise, so that each process looks through all of them once. */
  #hasDecided = false;

  static create(options: BillOwnershipOptions) {
    return new BillOwnership(options);
  }

  private constructor(options: BillOwnershipOptions) {
    this.#options = options;
  }

  /**
   * Looks through all items when there are others, or other services, than were looked
   * through last, by whatever process. Writes only what has changed.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { store, rules, mayName } = this.#options;
    const services = await store.services();
    const byResource = resourcesOf(services, mayName);
    const decided = this.#digestOf(services, byResource);
    if (this.#hasDecided && (await store.decidedWith()) === decided) {
      return;
    }
    // What is broken off is begun anew, also when services are the same again by then.
    await store.decideWith(undefined);
    await this.#assign(this.#ownersOf(services, byResource), signal, {
      onlyTagged: rules.length === 0 && byResource.size === 0,
    });
    await store.decideWith(decided);
    this.#hasDecided = true;
  }

  async #assign(
    owners: BillOwners,
    signal: AbortSignal,
    { onlyTagged }: { onlyTagged: boolean },
  ): Promise<void> {
    const { store } = this.#options;
    let after = 0;
    for (;;) {
      signal.throwIfAborted();
      const items = await store.page(after, PAGE, { onlyTagged });
      await store.assign(
        items.flatMap(item => {
          const entityRef = billOwnerOf(item, owners) ?? null;
          return entityRef === item.entityRef
            ? []
            : [{ id: item.id, entityRef }];
        }),
      );
      if (items.length < PAGE) {
        return;
      }
      after = items[items.length - 1].id;
    }
  }

  /** Of all that says whose items are. */
  #digestOf(
    services: readonly Service[],
    byResource: ReadonlyMap<string, string[]>,
  ): string {
    const { rules, serviceTags } = this.#options;
    const hash = createHash('sha256');
    hash.update(JSON.stringify([rules, serviceTags]));
    const named = [...byResource].map(([id, refs]) => [
      id,
      ...[...refs].sort(),
    ]);
    for (const line of [...services.map(each => each.entityRef), ...named]
      .map(each => JSON.stringify(each))
      .sort()) {
      hash.update(`\n${line}`);
    }
    return hash.digest('hex');
  }

  #ownersOf(
    services: readonly Service[],
    byResource: ReadonlyMap<string, string[]>,
  ): BillOwners {
    const { rules, serviceTags } = this.#options;
    const refs = new Set<string>();
    const byName = new Map<string, string[]>();
    for (const { entityRef, name } of services) {
      refs.add(entityRef);
      byName.set(name, [...(byName.get(name) ?? []), entityRef]);
    }
    return {
      rules,
      namedBy: resourceId => byResource.get(resourceId) ?? [],
      tags: serviceTags,
      servicesOf: name => byName.get(name) ?? [],
      isService: entityRef => refs.has(entityRef),
    };
  }
}

/** References of the services that name a resource of the cloud, and may, by its id. */
function resourcesOf(
  services: readonly Service[],
  mayName: BillConfig['mayName'],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { entityRef, location, resources } of services) {
    if (resources === null || !mayName(location ?? undefined)) {
      continue;
    }
    const ids = resources.split(',').map(id => id.trim());
    for (const id of new Set(ids.filter(each => each !== ''))) {
      found.set(id, [...(found.get(id) ?? []), entityRef]);
    }
  }
  return found;
}
