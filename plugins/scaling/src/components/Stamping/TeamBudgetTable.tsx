import { EstimatedBudget } from '@headroom/plugin-cost-common';
import { Money } from '@headroom/react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useScalingTranslation } from '../../useScalingTranslation';

/** A budget with the fewest replicas of what is created, and with the most; a forecast that there isn't is said not to be known. */
export function TeamBudgetTable(props: {
  budget: EstimatedBudget;
  currency: string;
}) {
  const { budget, currency } = props;
  const { limit, spent, forecast, left, fewest, most } = budget;
  const { t } = useScalingTranslation();
  const rows = [
    { row: 'limit', amounts: [limit, limit] },
    { row: 'spent', amounts: [spent, spent] },
    { row: 'forecast', amounts: [forecast, forecast] },
    { row: 'left', amounts: [left, left] },
    { row: 'takes', amounts: [fewest.takes, most.takes] },
    { row: 'leftWith', amounts: [fewest.left, most.left] },
  ] as const;
  return (
    <Table size="small" aria-label={t('stamping.cost.team.table')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('stamping.cost.team.budget')}</TableCell>
          <TableCell align="right">{t('stamping.cost.fewest')}</TableCell>
          <TableCell align="right">{t('stamping.cost.most')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ row, amounts }) => (
          <TableRow key={row}>
            <TableCell component="th" scope="row">
              {t(`stamping.cost.team.rows.${row}`)}
            </TableCell>
            {amounts.map((micros, index) => (
              <TableCell key={index} align="right">
                {micros === undefined ? (
                  t('stamping.cost.unknown')
                ) : (
                  <Money micros={BigInt(micros)} currency={currency} />
                )}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
