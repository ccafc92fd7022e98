import { AnomalyCause, AnomalyRow } from './anomalyReport';

/**
 * How much, since when and why, in one sentence.
 *
 * @param amount - prints micros with their currency
 * @param hour - prints an instant, ISO 8601 UTC, as an hour of the zone that days are of
 * @public
 */
export function anomalySentence(
  row: Omit<AnomalyRow, 'sentence'>,
  amount: (micros: bigint) => string,
  hour: (iso: string) => string,
): string {
  const span =
    row.firstDay === row.lastDay
      ? `On ${row.firstDay}`
      : `From ${row.firstDay} to ${row.lastDay}`;
  const said =
    row.expected === undefined
      ? `${span} it cost ${amount(
          BigInt(row.actual),
        )}, and it is too new to expect anything of it`
      : `${span} it cost ${amount(BigInt(row.excess))}${
          row.percent === undefined ? '' : ` (${row.percent} %)`
        } more than the ${amount(BigInt(row.expected))} ${
          row.shape === 'rise'
            ? `that the same weekdays cost four weeks before ${row.firstDay}, as it rose week by week`
            : 'that the same weekdays cost before'
        }`;
  const [first] = row.causes;
  return first
    ? `${said}: ${causeOf(first, amount)}${rolloutsOf(first, hour)}.`
    : `${said}.`;
}

function rolloutsOf(
  { rollouts = [] }: AnomalyCause,
  hourText: (iso: string) => string,
): string {
  const said = rollouts.map(
    ({ replicaSet, hour }) => `ReplicaSet ${replicaSet} (${hourText(hour)})`,
  );
  return said.length > 0
    ? `; that day and the day before it was rolled out as ${said.join(', ')}`
    : '';
}

function causeOf(
  cause: AnomalyCause,
  amount: (micros: bigint) => string,
): string {
  const { workload, entityRef, change, usage, price } = cause;
  const what = workload
    ? `${workload.kind} ${workload.name} in ${workload.namespace} on ${workload.cluster}`
    : entityRef ?? 'what is not known';
  const more = `${what} cost ${amount(BigInt(change))} more`;
  if (usage === undefined || price === undefined) {
    return more;
  }
  return BigInt(usage) >= BigInt(price)
    ? `${more}, ${amount(BigInt(usage))} of it by using more`
    : `${more}, ${amount(BigInt(price))} of it by a higher price`;
}
