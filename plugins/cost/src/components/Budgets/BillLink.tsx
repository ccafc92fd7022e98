import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { BudgetDefinition } from '@headroom/plugin-cost-common';
import { rootRouteRef } from '../../routes';
import { useBillTranslation } from '../../useBillTranslation';

/** Address of the tab with the bill; undefined in a portal that has the tabs of entities only. */
function useOverviewHref(): string | undefined {
  try {
    return `${useRouteRef(rootRouteRef)()}/overview`;
  } catch {
    // It throws after its last hook, so their order holds.
    return undefined;
  }
}

/** Leads to the bill, with the amounts that a budget counts; its name only where there is no page of it. */
export function BillLink({ cost }: { cost: BudgetDefinition['cost'] }) {
  const href = useOverviewHref();
  const { t } = useBillTranslation();
  return href ? (
    <Link underline="always" to={`${href}?bill.basis=${cost.basis}`}>
      {t('title')}
    </Link>
  ) : (
    <>{t('title')}</>
  );
}
