import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';

/** Asks where a figure comes from. @public */
export function ExplainButton(props: {
  /** What the figure is called, for those who can't see where the button stands. */
  figure: string;
  onClick: () => void;
}) {
  const { figure, onClick } = props;
  const { t } = useHeadroomTranslation();
  return (
    <Tooltip title={t('explain.open')}>
      <IconButton
        size="small"
        onClick={onClick}
        aria-label={t('explain.openOf', { figure })}
      >
        <InfoIcon fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}
