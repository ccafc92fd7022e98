import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { AdvisedResource, ResourceAdvice } from '@headroom/plugin-cost-common';
import { ROW_HEADER, formatAmount } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

const useStyles = makeStyles({
  root: { width: 'auto', '& th, & td': { fontVariantNumeric: 'tabular-nums' } },
});

const PARTS = ['request', 'limit'] as const;
const UNKNOWN = '\u2013';

/**
 * Request and limit of one resource, now and as proposed or held back; where
 * they are the pod's, of which this is a part, the pod's too.
 */
export function SettingTable(props: {
  resource: AdvisedResource;
  advice: ResourceAdvice;
}) {
  const { resource, advice } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const { pod } = advice;
  const next = advice.proposed ?? advice.held;
  const amount = (value: number | null | undefined) =>
    value === undefined || value === null
      ? t('advice.detail.none')
      : formatAmount(resource, value);
  return (
    <Table
      size="small"
      className={classes.root}
      aria-label={`${t('advice.detail.setting')}: ${t(
        `advice.resource.${resource}`,
      )}`}
    >
      <TableHead>
        <TableRow>
          <TableCell scope="col">{t('advice.detail.setting')}</TableCell>
          <TableCell scope="col" align="right">
            {t('advice.detail.settingNow')}
          </TableCell>
          {next && (
            <TableCell scope="col" align="right">
              {t(
                advice.proposed
                  ? 'advice.detail.settingProposed'
                  : 'advice.detail.settingHeld',
              )}
            </TableCell>
          )}
        </TableRow>
      </TableHead>
      <TableBody>
        {PARTS.map(part => (
          <TableRow key={part}>
            <TableCell {...ROW_HEADER}>{t(`advice.detail.${part}`)}</TableCell>
            <TableCell align="right">{amount(advice.current[part])}</TableCell>
            {next && (
              <TableCell align="right">
                <strong>{amount(next[part])}</strong>
              </TableCell>
            )}
          </TableRow>
        ))}
        {pod &&
          PARTS.map(part => (
            <TableRow key={`pod-${part}`}>
              <TableCell {...ROW_HEADER}>
                {t('advice.detail.ofPod', {
                  part: t(`advice.detail.${part}`),
                })}
              </TableCell>
              <TableCell align="right">{amount(pod.current[part])}</TableCell>
              {next && (
                <TableCell align="right">
                  <strong>
                    {pod.proposed ? amount(pod.proposed[part]) : UNKNOWN}
                  </strong>
                </TableCell>
              )}
            </TableRow>
          ))}
      </TableBody>
    </Table>
  );
}
