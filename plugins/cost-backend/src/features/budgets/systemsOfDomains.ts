import { AuthService } from '@backstage/backend-plugin-api';
import { RELATION_PART_OF, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { BudgetDefinition } from '@headroom/plugin-cost-common';

/** Systems by the domain they are part of, asked of the catalog; not asked where no budget is for a domain. */
export async function systemsOfDomains(
  budgets: ReadonlyArray<Pick<BudgetDefinition, 'scope'>>,
  { catalog, auth }: { catalog: CatalogService; auth: AuthService },
): Promise<Map<string, string[]>> {
  const systems = new Map<string, string[]>();
  if (!budgets.some(({ scope }) => scope.type === 'domain')) {
    return systems;
  }
  const pages = catalog.streamEntities(
    {
      filter: { kind: 'System' },
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'relations'],
    },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  for await (const page of pages) {
    for (const entity of page) {
      for (const { type, targetRef } of entity.relations ?? []) {
        const domain = targetRef.toLocaleLowerCase('en-US');
        if (type === RELATION_PART_OF && domain.startsWith('domain:')) {
          systems.set(domain, [
            ...(systems.get(domain) ?? []),
            stringifyEntityRef(entity),
          ]);
        }
      }
    }
  }
  return systems;
}
