import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useCostTranslation } from '../../useCostTranslation';
import { partColor } from '../colors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(2),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
  mark: {
    display: 'inline-block',
    boxSizing: 'border-box',
    width: 12,
    height: 12,
    marginRight: 6,
    border: '1px solid',
  },
}));

/** Paid is an outline, busy is filled: told apart without colour. */
export function GpuLegend() {
  const classes = useStyles();
  const { t } = useCostTranslation();
  const color = partColor('gpu', useTheme());
  return (
    <ul className={classes.root}>
      <li>
        <span className={classes.mark} style={{ borderColor: color }} />
        {t('gpu.paidHours')}
      </li>
      <li>
        <span
          className={classes.mark}
          style={{ borderColor: color, backgroundColor: color }}
        />
        {t('gpu.busyHours')}
      </li>
    </ul>
  );
}
