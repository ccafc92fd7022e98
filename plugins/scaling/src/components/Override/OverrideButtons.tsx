import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { ScalingWorkload } from '@headroom/plugin-scaling-common';
import { useState } from 'react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { OverrideDialog, OverrideKind } from './OverrideDialog';

const KINDS: readonly OverrideKind[] = ['wake', 'up', 'down'];

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  button: {
    padding: theme.spacing(0, 1),
    textTransform: 'none',
    whiteSpace: 'nowrap',
  },
}));

/** Wakes workloads, or keeps them up or down for a time. */
export function OverrideButtons(props: {
  workloads: readonly ScalingWorkload[];
  /** Whether a next change of the schedule is in sight. */
  hasNext: boolean;
  /** Beside others of its kind, each names what it is for. */
  of?: string;
  onDone: () => void;
}) {
  const { workloads, hasNext, of, onDone } = props;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const [asking, setAsking] = useState<OverrideKind>();
  return (
    <div className={classes.root}>
      {KINDS.map(kind => (
        <Button
          key={kind}
          size="small"
          variant="outlined"
          className={classes.button}
          aria-label={
            of &&
            t('override.buttonOf', { button: t(`override.${kind}.button`), of })
          }
          onClick={() => setAsking(kind)}
        >
          {t(`override.${kind}.button`)}
        </Button>
      ))}
      {asking && (
        <OverrideDialog
          kind={asking}
          workloads={workloads}
          hasNext={hasNext}
          onDone={() => {
            setAsking(undefined);
            onDone();
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}
