import Typography from '@material-ui/core/Typography';
import { GpuReport } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { isKnownBasis, useBasisText } from './useBasisText';

/** What busy was measured by, and a sentence on what that says. */
export function BasisHelp(props: { bases: GpuReport['bases'] }) {
  const { bases } = props;
  const { t } = useCostTranslation();
  const text = useBasisText(bases);
  if (bases.length === 0) {
    return null;
  }
  return (
    <Typography variant="body2">
      {t('gpuUse.basisTitle')} {text}.{' '}
      {bases
        .filter(({ basis }) => isKnownBasis(basis))
        .map(({ basis }) =>
          isKnownBasis(basis) ? t(`gpuUse.basisHelp.${basis}`) : '',
        )
        .join(' ')}
    </Typography>
  );
}
