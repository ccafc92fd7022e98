import Typography from '@material-ui/core/Typography';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import { useCostTranslation } from '../../useCostTranslation';
import { SourcesLink } from '../SourcesLink';
import { StatePage } from '@headroom/react';

/** Advice has not been computed yet: says when it will be. */
export function NotComputedYet() {
  const { t } = useCostTranslation();
  return (
    <StatePage icon={HourglassIcon} title={t('advice.state.notComputedTitle')}>
      <Typography paragraph>
        {t('advice.state.notComputed', { key: 'headroom.cost.advice' })}
      </Typography>
      <Typography>
        <SourcesLink />
      </Typography>
    </StatePage>
  );
}
