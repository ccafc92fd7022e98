import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { GpuAdvice } from '@headroom/plugin-cost-common';
import { newPolicyRouteRef } from '../../routes';
import { useCostTranslation } from '../../useCostTranslation';
import { useOptionalHref } from '../../useOptionalHref';
import { scheduleQuery } from './scheduleQuery';

/** Leads to a policy with the hours of advice filled in; nothing where there are no policies. */
export function MakePolicyLink(props: {
  advice: GpuAdvice;
  busyHoursOfWeek: readonly number[];
  timezone: string;
}) {
  const { advice, busyHoursOfWeek, timezone } = props;
  const { t } = useCostTranslation();
  const href = useOptionalHref(newPolicyRouteRef);
  if (!href) {
    return null;
  }
  const title = t('gpuUse.advice.policyTitle', { name: advice.workload.name });
  return (
    <Typography variant="body2">
      <Link
        to={`${href}?${scheduleQuery(
          advice,
          busyHoursOfWeek,
          timezone,
          title,
        )}`}
      >
        {t('gpuUse.advice.makePolicy')}
      </Link>
    </Typography>
  );
}
