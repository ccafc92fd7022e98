import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/PlaylistAddCheck';
import StopIcon from '@material-ui/icons/Stop';
import { CheckFinding, Said } from '@headroom/common';
import { costSourcesReadPermission } from '@headroom/plugin-cost-common';
import {
  Notice,
  RowsSkeleton,
  errorKind,
  errorMessage,
  formatInstant,
  useColumn,
} from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { FindingList } from './FindingList';
import { ClusterCheckState, useClusterCheck } from './useClusterCheck';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
  },
  hint: { flex: 1, minWidth: 240 },
}));

/**
 * *Check this cluster*: asks what is there before anybody trusts a figure, and
 * says what is wrong, what is missing and the line that mends it.
 */
export function ClusterCheck(props: {
  cluster: string;
  title: string;
  timezone: string;
}) {
  const { cluster, title, timezone } = props;
  const classes = useStyles();
  const column = useColumn();
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  const { state, start, stop } = useClusterCheck(cluster);
  const { status, findings } = state;
  const running = status === 'running';
  const startText = status === 'ready' ? 'start' : 'again';
  const action = running ? 'stop' : startText;
  return (
    <div className={column.root}>
      <div className={classes.head}>
        <Button
          variant="outlined"
          size="small"
          startIcon={running ? <StopIcon /> : <CheckIcon />}
          onClick={running ? stop : start}
          aria-label={t(`check.${action}Of`, { cluster: title })}
        >
          {t(`check.${action}`)}
        </Button>
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.hint}
        >
          {t('check.hint')}
        </Typography>
      </div>
      <Typography variant="body2" role="status" component="div">
        {sayingOf(state, timezone, t, wordingOf)}
      </Typography>
      {running && (
        <>
          <LinearProgress aria-label={t('check.running', { cluster: title })} />
          {findings.length === 0 && <RowsSkeleton rows={3} />}
        </>
      )}
      {status === 'failed' && (
        <Notice severity="error">{failureOf(state, t, wordingOf)}</Notice>
      )}
      {findings.length > 0 && (
        <section aria-label={t('check.title', { cluster: title })}>
          <Typography variant="subtitle1" component="h3">
            {t('check.title', { cluster: title })}
          </Typography>
          <FindingList findings={findings} />
        </section>
      )}
    </div>
  );
}

/** What goes on, or how it ended, in a line. */
function sayingOf(
  { status, asking, findings, at }: ClusterCheckState,
  timezone: string,
  t: CostTranslate,
  wordingOf: (said: Said) => string,
): string {
  switch (status) {
    case 'running':
      return asking
        ? t('check.asking', {
            subject: t(`check.subject.${asking.subject}`),
            question: wordingOf({
              message: asking.question,
              wording: asking.wording,
            }),
          })
        : '';
    case 'done':
      return [
        at && t('check.doneAt', { at: formatInstant(at, timezone) }),
        findings.length === 0 ? t('check.nothing') : summaryOf(findings, t),
      ]
        .filter(Boolean)
        .join(' ');
    case 'stopped':
      return t(findings.length === 0 ? 'check.stoppedEarly' : 'check.stopped');
    default:
      return '';
  }
}

function summaryOf(findings: CheckFinding[], t: CostTranslate): string {
  const count = (severity: CheckFinding['severity']) =>
    String(findings.filter(each => each.severity === severity).length);
  const summary = t('check.summary', {
    wrong: count('wrong'),
    missing: count('missing'),
    note: count('note'),
    right: count('right'),
  });
  const bad = findings.some(({ severity }) =>
    ['wrong', 'missing'].includes(severity),
  );
  return bad ? `${summary}.` : `${t('check.allRight')} ${summary}.`;
}

function failureOf(
  { failure, error }: ClusterCheckState,
  t: CostTranslate,
  wordingOf: (said: Said) => string,
): string {
  if (failure) {
    return wordingOf(failure);
  }
  const kind = error && errorKind(error);
  if (!error || error instanceof TypeError || kind === 'unavailable') {
    return t('check.unreachable');
  }
  return kind === 'not-allowed'
    ? t('check.notAllowed', { permission: costSourcesReadPermission.name })
    : t('check.failed', { reason: errorMessage(error) });
}
