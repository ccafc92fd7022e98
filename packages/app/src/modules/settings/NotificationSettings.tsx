import { Content } from '@backstage/core-components';
import { UserNotificationSettingsCard } from '@backstage/plugin-notifications';

const ORIGINS = { 'plugin:cost': 'Cost', 'plugin:scaling': 'Scaling' };

const TOPICS = {
  'cost-budget': 'Budgets: what is spent',
  'cost-forecast': 'Budgets: what is forecast',
  'cost-anomaly': 'Cost that is more than usual',
  'cost-rule': 'Rules: idle, wasted, too dear an hour or a day',
  'cost-review': 'Reviews of a week',
  'scaling-first-action': 'What a policy does for the first time',
  'scaling-waits': 'Plans that wait for an approval',
};

/** Where people mute what they don't want to be told of, by topic and channel. */
export function NotificationSettings() {
  return (
    <Content>
      <UserNotificationSettingsCard originNames={ORIGINS} topicNames={TOPICS} />
    </Content>
  );
}
