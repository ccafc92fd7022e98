import { ReactNode } from 'react';
import { costReadPermission } from '@headroom/plugin-cost-common';
import {
  ReportFailed,
  ReportState,
  RowsSkeleton,
  Section,
} from '@headroom/react';

/** What a section is made of, once it is there; its title stands above while it loads or has failed. */
export function LoadedSection<Value>(props: {
  title: string;
  state: ReportState<Value>;
  onRetry: () => void;
  children: (value: Value) => ReactNode;
}) {
  const { title, state, onRetry, children } = props;
  if (state.status === 'ok') {
    return <>{children(state.value)}</>;
  }
  return (
    <Section title={title}>
      {state.status === 'loading' ? (
        <RowsSkeleton rows={3} />
      ) : (
        <ReportFailed
          error={state.error}
          permission={costReadPermission.name}
          onRetry={onRetry}
        />
      )}
    </Section>
  );
}
