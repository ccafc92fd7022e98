import { SimilarServices } from '@headroom/plugin-cost-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { formatMoney } from '@headroom/react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(0.5, 0), ...theme.typography.body2 },
}));

/** What services like it cost. */
export function SimilarCosts(props: {
  similar: SimilarServices | undefined;
  currency: string;
}) {
  const { similar, currency } = props;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const amount = (micros: string) => formatMoney(BigInt(micros), currency);
  return (
    <section>
      <Typography variant="subtitle2" component="h4">
        {t('stamping.cost.similar')}
      </Typography>
      {similar ? (
        <>
          <Typography variant="body2">
            {t('stamping.cost.similarFigure', {
              count: similar.count,
              median: amount(similar.median),
              lowest: amount(similar.lowest),
              highest: amount(similar.highest),
            })}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {wordingOf(similar.said)}
          </Typography>
          <ul className={classes.list}>
            {similar.nearest.map(({ entityRef, title, monthly }) => (
              <li key={entityRef}>
                <EntityRefLink
                  entityRef={entityRef}
                  title={title}
                  underline="always"
                />
                : {t('stamping.cost.aMonth', { amount: amount(monthly) })}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Typography variant="body2">
          {t('stamping.cost.similarNone')}
        </Typography>
      )}
    </section>
  );
}
