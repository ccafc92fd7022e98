import { CostEstimate } from '@headroom/plugin-cost-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Money } from '@headroom/react';
import { useScalingTranslation } from '../../useScalingTranslation';

/** What of a month each resource costs; what isn't known is said to be. */
export function CostTable(props: { estimate: CostEstimate }) {
  const { currency, monthly, pods, resources, unknown } = props.estimate;
  const { t } = useScalingTranslation();
  const known = resources.map(({ resource, monthly: range }) => ({
    resource,
    amounts: [
      pods.reduce(
        (sum, { perReplica }) => sum + BigInt(perReplica[resource] ?? 0),
        0n,
      ),
      BigInt(range.min),
      BigInt(range.max),
    ],
  }));
  const missing = unknown
    .map(({ resource }) => resource)
    .filter(resource => !known.some(each => each.resource === resource));
  const together = [
    known.reduce((sum, { amounts }) => sum + amounts[0], 0n),
    BigInt(monthly.min),
    BigInt(monthly.max),
  ];
  const cells = (amounts: bigint[]) =>
    amounts.map((micros, index) => (
      <TableCell key={index} align="right">
        <Money micros={micros} currency={currency} />
      </TableCell>
    ));
  return (
    <Table size="small" aria-label={t('stamping.cost.table')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('stamping.cost.resource')}</TableCell>
          <TableCell align="right">{t('stamping.cost.oneReplica')}</TableCell>
          <TableCell align="right">{t('stamping.cost.fewest')}</TableCell>
          <TableCell align="right">{t('stamping.cost.most')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {known.map(({ resource, amounts }) => (
          <TableRow key={resource}>
            <TableCell component="th" scope="row">
              {t(`stamping.cost.resources.${resource}`)}
            </TableCell>
            {cells(amounts)}
          </TableRow>
        ))}
        {[...new Set(missing)].map(resource => (
          <TableRow key={resource}>
            <TableCell component="th" scope="row">
              {t(`stamping.cost.resources.${resource}`)}
            </TableCell>
            <TableCell align="right" colSpan={3}>
              {t('stamping.cost.unknown')}
            </TableCell>
          </TableRow>
        ))}
        <TableRow>
          <TableCell component="th" scope="row">
            <strong>{t('stamping.cost.total')}</strong>
          </TableCell>
          {cells(together)}
        </TableRow>
      </TableBody>
    </Table>
  );
}
