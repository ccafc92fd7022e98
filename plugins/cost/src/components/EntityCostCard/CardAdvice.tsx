import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { formatMoney } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { useSaving } from '../Advice';
import { useCostTabHref } from '../CostEntityLink';

/** What could be saved and the way to the advice; nothing where there is nothing to save. */
export function CardAdvice(props: { entityRef: string }) {
  const { entityRef } = props;
  const { t } = useCostTranslation();
  const href = useCostTabHref();
  const saving = useSaving(entityRef);
  return saving ? (
    <Typography variant="body2">
      <Link to={`${href(entityRef)}/advice`}>
        {t('advice.card', {
          money: formatMoney(saving.micros, saving.currency),
        })}
      </Link>
    </Typography>
  ) : null;
}
