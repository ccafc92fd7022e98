import { CodeSnippet } from '@backstage/core-components';
import { Veto } from '@headroom/common';
import { Notice } from '@headroom/react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

/** Why guards keep an action from being done, each with the line that mends it. */
export function VetoList(props: { vetoes: readonly Veto[] }) {
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  return (
    <>
      {props.vetoes.map((veto, index) => (
        <Notice key={`${veto.guard}-${index}`} severity="warning">
          <strong>{t(`guard.${veto.guard}`)}:</strong> {wordingOf(veto.reason)}
          {veto.mend && (
            <>
              <div>{t('plan.mend')}</div>
              <CodeSnippet
                language="text"
                showCopyCodeButton
                text={veto.mend}
              />
            </>
          )}
        </Notice>
      ))}
    </>
  );
}
