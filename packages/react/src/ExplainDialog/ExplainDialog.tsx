import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { FigureStepList } from './FigureStepList';
import { ExplainPart } from './ExplainPart';
import { FigureStep } from './FigureStep';

/** What a figure is, with its numbers filled in. @public */
export interface Explanation {
  title: string;
  meaning: string;
  steps: FigureStep[];
  /** The days it is of, in words. */
  window?: ReactNode;
}

/** Where a figure comes from: what it is, its numbers, its window. @public */
export function ExplainDialog(props: {
  /** Undefined = closed. */
  explanation: Explanation | undefined;
  onClose: () => void;
  /** What a plugin adds, as {@link ExplainPart}s: sources, prices. */
  children?: ReactNode;
}) {
  const { explanation, onClose, children } = props;
  const { t } = useHeadroomTranslation();
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
        <ExplainPart title={t('explain.meaning')}>
          <Typography variant="body2">{meaning}</Typography>
        </ExplainPart>
        {steps.length > 0 && (
          <ExplainPart title={t('explain.formula')}>
            <FigureStepList steps={steps} />
          </ExplainPart>
        )}
        {window && (
          <ExplainPart title={t('explain.window')}>{window}</ExplainPart>
        )}
        {children}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
