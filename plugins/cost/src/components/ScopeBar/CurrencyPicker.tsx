import TextField from '@material-ui/core/TextField';
import { useCostTranslation } from '../../useCostTranslation';

/** Picks the currency amounts are shown in. */
export function CurrencyPicker(props: {
  currencies: readonly string[];
  value: string;
  onChange: (currency: string) => void;
}) {
  const { currencies, value, onChange } = props;
  const { t } = useCostTranslation();
  const offered = currencies.includes(value)
    ? currencies
    : [...currencies, value];
  return (
    <TextField
      select
      id="cost-currency"
      size="small"
      label={t('scope.currency')}
      value={value}
      onChange={event => onChange(event.target.value)}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true, htmlFor: 'cost-currency' }}
    >
      {offered.map(currency => (
        <option key={currency} value={currency}>
          {currency}
        </option>
      ))}
    </TextField>
  );
}
