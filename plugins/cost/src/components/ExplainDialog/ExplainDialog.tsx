import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useCostTranslation } from '../../useCostTranslation';
import { FigureStepList } from '../OriginDialog/FigureStepList';
import { OriginPart } from '../OriginDialog/OriginPart';
import { FigureStep } from '../OriginDialog/figureSteps';

/** What a figure is, with its numbers filled in. */
export interface Explanation {
  title: string;
  meaning: string;
  steps: FigureStep[];
  /** The days it is of, in words. */
  window?: string;
}

/** Where a figure comes from: what it is, its numbers, its window. */
export function ExplainDialog(props: {
  /** Undefined = closed. */
  explanation: Explanation | undefined;
  onClose: () => void;
}) {
  const { explanation, onClose } = props;
  const { t } = useCostTranslation();
  const titleId = useId();
  if (!explanation) {
    return null;
  }
  const { title, meaning, steps, window } = explanation;
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent tabIndex={0}>
        <OriginPart title={t('origin.meaning')}>
          <Typography variant="body2">{meaning}</Typography>
        </OriginPart>
        {steps.length > 0 && (
          <OriginPart title={t('origin.formula')}>
            <FigureStepList steps={steps} />
          </OriginPart>
        )}
        {window && <OriginPart title={t('origin.window')}>{window}</OriginPart>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
