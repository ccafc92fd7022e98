import { Link } from '@backstage/core-components';
import { useApiHolder } from '@backstage/core-plugin-api';
import { formatFieldPath, StoredPlan } from '@headroom/common';
import { AdviceDetail } from '@headroom/plugin-cost-common';
import {
  AdviceApplication,
  ApplyAdviceRequest,
  ScalingApi,
} from '@headroom/plugin-scaling-common';
import {
  Notice,
  RowsSkeleton,
  Section,
  errorMessage,
  useReport,
} from '@headroom/react';
import Button from '@material-ui/core/Button';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { FormEvent, useCallback, useId, useState } from 'react';
import { scalingApiRef } from '../../api/scalingApiRef';
import { scalingRouteRef } from '../../routes';
import { useCostTranslation } from '../../useCostTranslation';
import { useOptionalHref } from '../../useOptionalHref';

type How = ApplyAdviceRequest['how'];

const WAYS: readonly How[] = ['pull-request', 'cluster'];
const MOST_REASON = 500;

const useStyles = makeStyles(theme => ({
  form: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
  },
  reason: { width: '100%', maxWidth: theme.spacing(80) },
  changes: { margin: theme.spacing(0, 0, 1), fontFamily: 'monospace' },
}));

/** What a way would change, or why it is none. */
function Way(props: { how: How; application: AdviceApplication }) {
  const { how, application } = props;
  const { t } = useCostTranslation();
  const classes = useStyles();
  if (how === 'pull-request') {
    const { pullRequest } = application;
    return (
      <Typography variant="body2" color="textSecondary">
        {pullRequest.possible
          ? t('advice.apply.pullRequestText', {
              path: pullRequest.path,
              repository: pullRequest.repository,
            })
          : pullRequest.reason.message}
      </Typography>
    );
  }
  const { cluster } = application;
  return cluster.possible ? (
    <>
      <Typography variant="body2" color="textSecondary">
        {t(
          cluster.how === 'resize'
            ? 'advice.apply.resizeText'
            : 'advice.apply.clusterText',
        )}
      </Typography>
      <ul className={classes.changes}>
        {cluster.changes.map(({ path, before, after }, index) => (
          <li key={index}>
            {`${formatFieldPath(path.slice(-4))}: ${before ?? '–'} → ${
              after ?? '–'
            }`}
          </li>
        ))}
      </ul>
    </>
  ) : (
    <Typography variant="body2" color="textSecondary">
      {cluster.reason.message}
    </Typography>
  );
}

function Form(props: {
  adviceId: string;
  application: AdviceApplication;
  scaling: ScalingApi;
}) {
  const { adviceId, application, scaling } = props;
  const { t } = useCostTranslation();
  const classes = useStyles();
  const id = useId();
  const planHref = useOptionalHref(scalingRouteRef);
  const possible = (how: How) =>
    how === 'cluster'
      ? application.cluster.possible
      : application.pullRequest.possible;
  const [how, setHow] = useState<How | undefined>(WAYS.find(possible));
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [plan, setPlan] = useState<StoredPlan>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!how || !reason.trim() || busy) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      setPlan(
        await scaling.applyAdvice({ adviceId, how, reason: reason.trim() }),
      );
    } catch (error) {
      setProblem(errorMessage(error as Error));
    }
    setBusy(false);
  };
  if (plan) {
    const waits = plan.actions.some(({ state }) => state === 'waiting');
    return (
      <div role="status">
        <Notice severity="info">
          {t(waits ? 'advice.apply.waits' : 'advice.apply.begun')}{' '}
          {planHref && (
            <Link to={`${planHref}/plans/${encodeURIComponent(plan.id)}`}>
              {t('advice.apply.seePlan')}
            </Link>
          )}
        </Notice>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <RadioGroup
        aria-label={t('advice.apply.how')}
        value={how ?? ''}
        onChange={(_, value) => setHow(value as How)}
      >
        {WAYS.map(way => (
          <div key={way}>
            <FormControlLabel
              value={way}
              disabled={!possible(way)}
              control={<Radio color="primary" />}
              label={t(`advice.apply.ways.${way}`)}
            />
            <Way how={way} application={application} />
          </div>
        ))}
      </RadioGroup>
      {how && (
        <>
          <TextField
            id={`${id}-reason`}
            className={classes.reason}
            label={t('advice.apply.reason')}
            helperText={t('advice.apply.reasonHint')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            inputProps={{ maxLength: MOST_REASON }}
            required
          />
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={busy || !reason.trim()}
          >
            {t(
              how === 'cluster'
                ? 'advice.apply.makePlan'
                : 'advice.apply.openPullRequest',
            )}
          </Button>
        </>
      )}
      {problem && (
        <div role="alert">
          <Notice severity="error">
            {t('advice.apply.failed', { reason: problem })}
          </Notice>
        </div>
      )}
    </form>
  );
}

function Known(props: { adviceId: string; scaling: ScalingApi }) {
  const { adviceId, scaling } = props;
  const { t } = useCostTranslation();
  const load = useCallback(
    (signal: AbortSignal) => scaling.getAdviceApplication(adviceId, { signal }),
    [scaling, adviceId],
  );
  const { state } = useReport(load, adviceId);
  switch (state.status) {
    case 'ok':
      return <Form {...props} application={state.value} />;
    case 'loading':
      return <RowsSkeleton rows={3} />;
    default:
      return (
        <Typography variant="body2">{t('advice.apply.notNow')}</Typography>
      );
  }
}

/**
 * Has Headroom take the advice: as a pull request, or as a plan for the cluster.
 * Nothing where the scaling plugin isn't installed, or nothing is proposed.
 */
export function ApplySection(props: { detail: AdviceDetail }) {
  const { row, advice } = props.detail;
  const { t } = useCostTranslation();
  const scaling = useApiHolder().get(scalingApiRef);
  return scaling && advice.status === 'change' ? (
    <Section
      title={t('advice.apply.title')}
      subtitle={t('advice.apply.subtitle')}
    >
      <Known adviceId={row.id} scaling={scaling} />
    </Section>
  ) : null;
}
