import { LevelVerdict } from '@headroom/plugin-cost-common';
import { Tag, TagTone } from '@headroom/react';
import { useCompletionTranslation } from '../../useCompletionTranslation';

const TONES: Record<LevelVerdict, TagTone> = {
  held: 'good',
  broken: 'bad',
  unknown: 'plain',
};

/** Whether a service is as good as it was, in a word. */
export function VerdictTag({ verdict }: { verdict: LevelVerdict }) {
  const { t } = useCompletionTranslation();
  return <Tag tone={TONES[verdict]}>{t(`verdict.${verdict}`)}</Tag>;
}
