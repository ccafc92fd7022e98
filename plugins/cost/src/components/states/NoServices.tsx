import Typography from '@material-ui/core/Typography';
import GroupIcon from '@material-ui/icons/GroupOutlined';
import { useCostTranslation } from '../../useCostTranslation';
import { StatePage } from '@headroom/react';

/** The team and the groups below it own no Component. */
export function NoServices(props: { groups: string[] }) {
  const { t } = useCostTranslation();
  return (
    <StatePage icon={GroupIcon} title={t('noServices.title')}>
      <Typography paragraph>
        {t('noServices.text', { groups: props.groups.join(', ') })}
      </Typography>
    </StatePage>
  );
}
