import { Link } from '@backstage/core-components';
import { BudgetDefinition } from '@headroom/plugin-cost-common';
import { rootRouteRef } from '../../routes';
import { useBillTranslation } from '../../useBillTranslation';
import { useOptionalHref } from '../../useOptionalHref';

/** Leads to the bill, with the amounts that a budget counts; its name only where there is no page of it. */
export function BillLink({ cost }: { cost: BudgetDefinition['cost'] }) {
  const href = useOptionalHref(rootRouteRef);
  const { t } = useBillTranslation();
  return href ? (
    <Link underline="always" to={`${href}/overview?bill.basis=${cost.basis}`}>
      {t('title')}
    </Link>
  ) : (
    <>{t('title')}</>
  );
}
