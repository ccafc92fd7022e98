import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import CloudOffIcon from '@material-ui/icons/CloudOff';
import DateRangeIcon from '@material-ui/icons/DateRange';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import LockIcon from '@material-ui/icons/LockOutlined';
import SearchIcon from '@material-ui/icons/Search';
import { ReactNode } from 'react';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { errorKind, errorMessage } from './errorKind';
import { StatePage } from './StatePage';

/** The page in place of a report that could not be had; each reason has its own next step. @public */
export function ReportFailed(props: {
  error: Error;
  /** Name of the permission the report needs. */
  permission: string;
  onRetry: () => void;
  /** What is not there, where it isn't an entity; with its own next step. */
  notFound?: { title: string; text: string; next: ReactNode };
  /** Goes back to the default window, where a window was asked for. */
  onReset?: () => void;
  /** Names that way back, where it is not the last 30 days. */
  resetLabel?: string;
}) {
  const { error, permission, notFound, onRetry, onReset, resetLabel } = props;
  const { t } = useHeadroomTranslation();
  const kind = errorKind(error);
  const retry = (
    <Button variant="outlined" onClick={onRetry}>
      {t('retry')}
    </Button>
  );

  if (kind === 'not-allowed') {
    return (
      <StatePage icon={LockIcon} title={t('failed.notAllowed.title')}>
        <Typography paragraph>
          {t('failed.notAllowed.text', { permission })}
        </Typography>
      </StatePage>
    );
  }
  if (kind === 'not-found') {
    return (
      <StatePage
        icon={notFound ? SearchIcon : HourglassIcon}
        title={notFound?.title ?? t('failed.notFound.title')}
      >
        <Typography paragraph>
          {notFound?.text ?? t('failed.notFound.text')}
        </Typography>
        {!notFound && (
          // It says how often the catalog is read.
          <Typography paragraph color="textSecondary">
            {errorMessage(error)}
          </Typography>
        )}
        {notFound?.next ?? retry}
      </StatePage>
    );
  }
  if (kind === 'bad-request') {
    return (
      <StatePage
        icon={DateRangeIcon}
        title={t('failed.badRequest.title')}
        alert
      >
        <Typography paragraph>{errorMessage(error)}</Typography>
        {onReset ? (
          <Button variant="outlined" onClick={onReset}>
            {resetLabel ?? t('failed.badRequest.reset')}
          </Button>
        ) : (
          retry
        )}
      </StatePage>
    );
  }
  return (
    <StatePage icon={CloudOffIcon} title={t('failed.source.title')} alert>
      <Typography paragraph>
        {kind === 'unavailable'
          ? t('failed.source.unavailable')
          : t('failed.source.text')}
      </Typography>
      <Typography paragraph color="textSecondary">
        {errorMessage(error)}
      </Typography>
      {retry}
    </StatePage>
  );
}
