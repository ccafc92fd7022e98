import { makeStyles } from '@material-ui/core/styles';
import { AdvisedResource, AdviceRow } from '@headroom/plugin-cost-common';
import { formatAmount } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

const useStyles = makeStyles(theme => ({
  proposed: { fontWeight: theme.typography.fontWeightBold as number },
  second: {
    fontSize: 12,
    lineHeight: 1.35,
    color: theme.palette.text.secondary,
  },
}));

/** Request of one resource, now → proposed, and the limit below it. */
export function SettingCell(props: {
  resource: AdvisedResource;
  setting: AdviceRow['cpu'];
}) {
  const { resource, setting } = props;
  const { request, limit, proposedRequest, proposedLimit, heldRequest } =
    setting;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const amount = (value: number | null | undefined) => {
    if (value === undefined) {
      return t('advice.table.notSet');
    }
    return value === null
      ? t('advice.table.limitNone')
      : formatAmount(resource, value);
  };
  const nowLimit = amount(limit ?? null);
  const newLimit =
    proposedLimit === undefined ? undefined : amount(proposedLimit);
  const hasLimit = limit !== undefined || (proposedLimit ?? null) !== null;
  return (
    <>
      <div>
        {amount(request)}
        {proposedRequest !== undefined && (
          <>
            {' → '}
            <span className={classes.proposed}>{amount(proposedRequest)}</span>
          </>
        )}
      </div>
      {heldRequest !== undefined && (
        <div className={classes.second} title={t('advice.table.heldHint')}>
          {t('advice.table.held', { amount: amount(heldRequest) })}
        </div>
      )}
      {hasLimit && (
        <div className={classes.second}>
          {t('advice.table.limit', {
            limit:
              newLimit === undefined || newLimit === nowLimit
                ? nowLimit
                : `${nowLimit} → ${newLimit}`,
          })}
        </div>
      )}
    </>
  );
}
