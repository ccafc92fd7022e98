import { ActionState } from '@headroom/common';
import { Tag, TagTone } from '@headroom/react';
import BlockIcon from '@material-ui/icons/Block';
import DoneIcon from '@material-ui/icons/Check';
import FailedIcon from '@material-ui/icons/ErrorOutline';
import QuestionIcon from '@material-ui/icons/HelpOutline';
import SeenIcon from '@material-ui/icons/VisibilityOutlined';
import UndoIcon from '@material-ui/icons/Undo';
import VerifiedIcon from '@material-ui/icons/DoneAll';
import WaitIcon from '@material-ui/icons/HourglassEmpty';
import { useScalingTranslation } from '../../useScalingTranslation';

const LOOKS: Record<ActionState, [TagTone, typeof WaitIcon]> = {
  planned: ['plain', SeenIcon],
  vetoed: ['wait', BlockIcon],
  waiting: ['wait', WaitIcon],
  approved: ['good', DoneIcon],
  rejected: ['plain', BlockIcon],
  expired: ['plain', WaitIcon],
  superseded: ['plain', BlockIcon],
  intended: ['wait', WaitIcon],
  done: ['good', DoneIcon],
  verified: ['good', VerifiedIcon],
  failed: ['bad', FailedIcon],
  unresolved: ['bad', QuestionIcon],
  undone: ['plain', UndoIcon],
};

/** Where an action is. */
export function StateTag(props: { state: ActionState }) {
  const { state } = props;
  const { t } = useScalingTranslation();
  const [tone, icon] = LOOKS[state];
  return (
    <Tag tone={tone} icon={icon} title={t(`state.${state}.hint`)}>
      {t(`state.${state}.name`)}
    </Tag>
  );
}
