import { CostEstimate } from '@headroom/plugin-cost-common';
import { CheaperChoice } from '@headroom/plugin-scaling-common';
import { Money } from '@headroom/react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { useMonthlyText } from './CostFigure';

/** Choices that cost less, the cheapest first. */
export function CheaperChoices(props: {
  estimate: CostEstimate;
  choices: readonly CheaperChoice[];
}) {
  const { estimate, choices } = props;
  const { currency } = estimate;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const text = useMonthlyText();
  const cheaper = estimate.choices
    .flatMap(priced => {
      const named = choices.find(({ id }) => id === priced.id);
      const saved = priced.saves && BigInt(priced.saves.max);
      return named && saved !== undefined && saved > 0n
        ? [{ ...priced, saved, said: named.said }]
        : [];
    })
    .sort((a, b) => (a.saved < b.saved ? 1 : -1));
  return (
    <section>
      <Typography variant="subtitle2" component="h4">
        {t('stamping.cost.choices')}
      </Typography>
      {cheaper.length === 0 ? (
        <Typography variant="body2">
          {t('stamping.cost.choicesNone')}
        </Typography>
      ) : (
        <Table size="small" aria-label={t('stamping.cost.choices')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('stamping.cost.choice')}</TableCell>
              <TableCell>{t('stamping.cost.label')}</TableCell>
              <TableCell align="right">{t('stamping.cost.saves')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {cheaper.map(({ id, said, monthly, saved }) => (
              <TableRow key={id}>
                <TableCell component="th" scope="row">
                  {wordingOf(said)}
                </TableCell>
                <TableCell>{text(monthly, currency, true)}</TableCell>
                <TableCell align="right">
                  <Money micros={saved} currency={currency} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  );
}
