import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import { useCostTranslation } from '../../useCostTranslation';

/** Asks where a figure comes from. */
export function OriginButton(props: {
  /** What the figure is called, for those who can't see where the button stands. */
  figure: string;
  onClick: () => void;
}) {
  const { figure, onClick } = props;
  const { t } = useCostTranslation();
  return (
    <Tooltip title={t('origin.open')}>
      <IconButton
        size="small"
        onClick={onClick}
        aria-label={t('origin.openOf', { figure })}
      >
        <InfoIcon fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}
