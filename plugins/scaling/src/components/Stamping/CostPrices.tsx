import { CostEstimate } from '@headroom/plugin-cost-common';
import { makeStyles } from '@material-ui/core/styles';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

const useStyles = makeStyles(theme => ({
  summary: { cursor: 'pointer', ...theme.typography.body2, fontWeight: 500 },
  list: { margin: theme.spacing(1, 0), ...theme.typography.body2 },
}));

/** Digits of a price that tell something: `0.031611000` is `0.031611`. */
function shortPrice(price: string): string {
  return price.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** Which prices the figure was made with, and what it leaves out. */
export function CostPrices(props: { estimate: CostEstimate }) {
  const { currency, pods, remarks } = props.estimate;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  return (
    <details>
      <summary className={classes.summary}>{t('stamping.cost.prices')}</summary>
      <ul className={classes.list}>
        {pods.flatMap(({ name, gpuShare, prices }) => [
          ...prices.map(({ resource, unit, price, said }) => (
            <li key={`${name} ${resource}`}>
              {t('stamping.cost.price', {
                resource: t(`stamping.cost.resources.${resource}`),
                price: shortPrice(price),
                currency,
                unit,
              })}{' '}
              {wordingOf(said)}
            </li>
          )),
          ...(gpuShare === undefined
            ? []
            : [
                <li key={`${name} share`}>
                  {t('stamping.cost.gpuShare', {
                    share: String(Math.round(gpuShare * 1000) / 1000),
                  })}
                </li>,
              ]),
        ])}
        {remarks.map(said => (
          <li key={said.message}>{wordingOf(said)}</li>
        ))}
      </ul>
    </details>
  );
}
