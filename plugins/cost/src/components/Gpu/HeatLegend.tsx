import { makeStyles, useTheme } from '@material-ui/core/styles';
import { formatShare } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { Swatch } from '../Swatch';
import { heatColors } from './heatScale';

const STEPS = [0, 0.25, 0.5, 0.75, 1];

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    fontSize: theme.typography.body2.fontSize,
  },
  steps: { display: 'inline-flex', marginLeft: theme.spacing(1) },
  step: { padding: '1px 8px', fontSize: 12 },
}));

/** What the grounds of the cells mean. */
export function HeatLegend(props: { everything: boolean }) {
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useCostTranslation();
  const scheme = theme.palette.type === 'dark' ? 'dark' : 'light';
  return (
    <div className={classes.root}>
      <span>
        {t('gpuUse.heat.legend')}
        <span className={classes.steps}>
          {STEPS.map(share => {
            const { ground, text } = heatColors(share, scheme);
            return (
              <span
                key={share}
                className={classes.step}
                style={{ backgroundColor: ground, color: text }}
              >
                {formatShare(share)}
              </span>
            );
          })}
        </span>
      </span>
      <span>
        <Swatch kind="idle" />
        {t(props.everything ? 'gpuUse.heat.nobody' : 'gpuUse.heat.notHeld')}
      </span>
      <span>– {t('gpuUse.heat.none')}</span>
      <span>? {t('gpuUse.heat.unknown')}</span>
    </div>
  );
}
