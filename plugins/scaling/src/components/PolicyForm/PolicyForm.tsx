import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Policy } from '@headroom/plugin-scaling-common';
import { errorMessage, Notice, Section, useColumn } from '@headroom/react';
import { FormEvent, useMemo, useRef, useState } from 'react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { ExclusionsEditor } from './ExclusionsEditor';
import { FieldGroup, TextInput } from './fields';
import { isEmptyStill, IssuesProvider, joinIssues } from './issues';
import { IssueSummary } from './IssueSummary';
import { changeAt, removeAt } from './lists';
import { normalized } from './normalized';
import { readDraft } from './readDraft';
import { PreviewPanel } from './PreviewPanel';
import { SafetyEditor, ClustersPicker } from './SafetyEditor';
import { ScheduleEditor } from './ScheduleEditor';
import { ScopePicker } from './ScopePicker';
import { usePolicyPreview } from './usePolicyPreview';
import { WishEditor } from './WishEditor';

const useStyles = makeStyles(theme => ({
  form: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    [theme.breakpoints.up('lg')]: {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
      alignItems: 'start',
    },
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  summary: { outline: 'none' },
}));

/** Makes or changes a policy, and shows meanwhile what it would do. */
export function PolicyForm(props: {
  initial: Policy;
  title: string;
  submit: string;
  /** Resolves when it is saved; rejects with what to say. */
  onSave: (policy: Policy) => Promise<void>;
  onCancel: () => void;
}) {
  const { initial, title, submit, onSave, onCancel } = props;
  const classes = useStyles();
  const column = useColumn();
  const { t } = useScalingTranslation();
  const { settings } = useScalingSettings();
  const [draft, setDraft] = useState(initial);
  const [attempted, setAttempted] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const policy = useMemo(() => normalized(draft), [draft]);
  const [nowMs] = useState(() => Date.now());
  const read = useMemo(() => readDraft(policy, nowMs), [policy, nowMs]);
  const asked = usePolicyPreview(read.previewable);
  const issues = joinIssues(
    read.issues,
    asked.busy ? [] : asked.preview?.issues ?? [],
  );
  // What nobody came to yet isn't wrong until it is to be saved.
  const shown = attempted
    ? issues
    : issues.filter(({ path }) => !isEmptyStill(path, initial, draft));
  const { schedules } = draft;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setAttempted(true);
    if (issues.some(({ severity }) => severity === 'error')) {
      summary.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await onSave(policy);
    } catch (error) {
      setProblem(errorMessage(error as Error));
      setBusy(false);
    }
  };
  return (
    <IssuesProvider issues={shown}>
      <div className={classes.form}>
        <form onSubmit={save} noValidate>
          <Section title={title}>
            <div className={column.root}>
              <TextInput
                path="title"
                label={t('form.title')}
                hint={t('form.titleHint')}
                value={draft.title}
                required
                wide
                onChange={next => setDraft({ ...draft, title: next })}
              />
              <FieldGroup label={t('form.for')} path="scope">
                <ScopePicker
                  value={draft.scope}
                  onChange={scope => setDraft({ ...draft, scope })}
                />
              </FieldGroup>
              <ClustersPicker
                value={draft.clusters}
                onChange={clusters => setDraft({ ...draft, clusters })}
              />
              {schedules.map((schedule, index) => (
                <ScheduleEditor
                  key={index}
                  path={`schedules[${index}]`}
                  number={index + 1}
                  value={schedule}
                  onChange={next =>
                    setDraft({
                      ...draft,
                      schedules: changeAt(schedules, index, next),
                    })
                  }
                  onRemove={
                    schedules.length > 1
                      ? () =>
                          setDraft({
                            ...draft,
                            schedules: removeAt(schedules, index),
                          })
                      : undefined
                  }
                />
              ))}
              <div>
                <Button
                  size="small"
                  onClick={() =>
                    setDraft({
                      ...draft,
                      schedules: [
                        ...schedules,
                        {
                          zone: settings?.timezone ?? 'UTC',
                          windows: [],
                          exceptions: [],
                          holidays: [],
                        },
                      ],
                    })
                  }
                >
                  {t('form.addSchedule')}
                </Button>
              </div>
              <FieldGroup label={t('form.outside')} path="outside">
                <WishEditor
                  path="outside"
                  label={t('form.outsideWish')}
                  value={draft.outside}
                  onChange={outside => setDraft({ ...draft, outside })}
                />
              </FieldGroup>
              <ExclusionsEditor
                value={draft.exclusions}
                onChange={exclusions => setDraft({ ...draft, exclusions })}
              />
              <SafetyEditor value={draft} onChange={setDraft} />
              <div ref={summary} tabIndex={-1} className={classes.summary}>
                <IssueSummary issues={shown} />
              </div>
              {problem && (
                <div role="alert">
                  <Notice severity="error">
                    {t('dialog.failed', { reason: problem })}
                  </Notice>
                </div>
              )}
              <div className={classes.buttons}>
                <Button
                  type="submit"
                  variant="contained"
                  color="primary"
                  disabled={busy}
                >
                  {submit}
                </Button>
                <Button onClick={onCancel}>{t('dialog.cancel')}</Button>
              </div>
            </div>
          </Section>
        </form>
        <div
          className={column.root}
          aria-label={t('preview.label')}
          role="region"
        >
          <PreviewPanel
            policy={read.readable}
            title={policy.title}
            preview={asked.preview}
            problem={asked.problem}
          />
        </div>
      </div>
    </IssuesProvider>
  );
}
