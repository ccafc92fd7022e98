import Button from '@material-ui/core/Button';
import { PolicyIssueView } from '@headroom/plugin-scaling-common';
import { Notice } from '@headroom/react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

/** Moves the focus to the field of a path, or to the nearest around it. */
function focusField(path: string) {
  for (let wanted = path; wanted; ) {
    const field = document.querySelector<HTMLElement>(
      `[data-path="${CSS.escape(wanted)}"]`,
    );
    if (field) {
      field.focus();
      return;
    }
    wanted = wanted.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, '');
  }
}

/** All that is wrong, each with the way to its field. */
export function IssueSummary(props: { issues: readonly PolicyIssueView[] }) {
  const { issues } = props;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const kinds = (['error', 'warning'] as const).filter(severity =>
    issues.some(issue => issue.severity === severity),
  );
  return (
    <div role="status" aria-label={t('form.issues')}>
      {kinds.map(severity => (
        <Notice key={severity} severity={severity}>
          {t(`form.issuesOf.${severity}`)}
          <ul>
            {issues
              .filter(issue => issue.severity === severity)
              .map((issue, index) => (
                <li key={`${issue.path}-${index}`}>
                  {wordingOf(issue.text)}{' '}
                  {issue.path && (
                    <Button size="small" onClick={() => focusField(issue.path)}>
                      {t('form.toField', { path: issue.path })}
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        </Notice>
      ))}
    </div>
  );
}
