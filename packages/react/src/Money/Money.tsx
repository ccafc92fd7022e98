import { formatMoney, formatMoneyChange, formatMoneyExact } from '../format';

/** An amount, short on the page and exact on hover. @public */
export function Money(props: {
  micros: bigint;
  currency: string;
  /** Show the sign: the amount is a difference. */
  change?: boolean;
}) {
  const { micros, currency, change } = props;
  return (
    <span title={formatMoneyExact(micros, currency)}>
      {change
        ? formatMoneyChange(micros, currency)
        : formatMoney(micros, currency)}
    </span>
  );
}
