import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { Notice, useReport } from '@headroom/react';
import { useCallback } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { scalingApiRef } from '../../api';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';
import { findPolicy } from '../Policies/findPolicy';
import { ScalingFrame } from '../ScalingFrame';
import { PolicyForm } from './PolicyForm';

/** The form of a policy that is there. */
export function EditPolicyPage() {
  const { id = '' } = useParams();
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const links = useScalingLinks();
  const navigate = useNavigate();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const view = await findPolicy(api, id, signal);
      if (!view) {
        throw new NotFoundError(id);
      }
      return view;
    },
    [api, id],
  );
  // Not live: what somebody is typing stays.
  const { state, retry } = useReport(load, id);
  const leave = () => links && navigate(links.policy(id));
  return (
    <ScalingFrame
      state={state}
      onRetry={retry}
      notFound={{
        title: t('policy.notFoundTitle'),
        text: t('policy.notFound'),
        next: links && (
          <Link to={links.tab('policies')}>{t('policy.back')}</Link>
        ),
      }}
    >
      {({ policy, mayChange }) =>
        mayChange ? (
          <PolicyForm
            initial={policy}
            title={t('form.editTitle', { title: policy.title })}
            submit={t('form.save')}
            onSave={async changed => {
              await api.updatePolicy(changed);
              leave();
            }}
            onCancel={leave}
          />
        ) : (
          <Notice severity="info">
            {t(`origin.${policy.origin.type}.where`, {
              of: policy.origin.type === 'annotation' ? policy.origin.of : '',
              by: policy.by ?? '',
            })}{' '}
            {policy.origin.type === 'page' && t('policy.notAllowed')}
          </Notice>
        )
      }
    </ScalingFrame>
  );
}
