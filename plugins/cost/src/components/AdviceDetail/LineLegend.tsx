import { makeStyles, useTheme } from '@material-ui/core/styles';
import { AdvisedResource } from '@headroom/plugin-cost-common';
import { formatAmount } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { ChartLine } from './chartLines';
import { lineStyle } from './lineStyle';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** The lines of a chart with their amounts; says which lie beyond its end. */
export function LineLegend(props: {
  lines: readonly ChartLine[];
  resource: AdvisedResource;
  end: number;
}) {
  const { lines, resource, end } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useCostTranslation();
  return (
    <ul className={classes.root}>
      {lines.map(({ id, value }) => (
        <li key={id}>
          <svg
            width={28}
            height={10}
            aria-hidden="true"
            focusable="false"
            style={{ marginRight: 6 }}
          >
            <line x1={0} x2={28} y1={5} y2={5} {...lineStyle(id, theme)} />
          </svg>
          {t(`advice.detail.line.${id}`)} {formatAmount(resource, value)}
          {value > end && ` (${t('advice.detail.offChart')})`}
        </li>
      ))}
    </ul>
  );
}
