import { CostScope, ReviewMover } from '@headroom/plugin-cost-common';
import {
  ChoiceGroup,
  DataColumn,
  DataTable,
  Section,
  useUrlParam,
} from '@headroom/react';
import { changeColumns } from './changeColumns';
import { ChangeGrouping, ChangeWords, GROUPINGS } from './ChangeWords';
import { SplitLegend } from './SplitLegend';

/**
 * What cost more or less in one window than in another, and why, by service or by team:
 * rows sum to the change, and parts to their row.
 */
export function ChangeSection<Row extends ReviewMover>(props: {
  /** Names the table's settings and its CSV. */
  id: string;
  fileName: string;
  words: ChangeWords;
  currency: string;
  services: readonly Row[];
  teams: readonly Row[];
  /** Where a row leads to. */
  scope: CostScope;
  /** There is something to compare with; true when absent. */
  isCompared?: boolean;
  /** After those of money. */
  moreColumns?: (grouping: ChangeGrouping) => DataColumn<Row>[];
}) {
  const { id, fileName, words, currency, services, teams, scope } = props;
  const { isCompared = true, moreColumns } = props;
  const [by, setBy] = useUrlParam('by');
  const grouping = by === 'team' ? 'team' : 'service';
  const rows = grouping === 'team' ? teams : services;
  return (
    <Section
      title={words.title}
      subtitle={words.subtitle}
      action={
        <ChoiceGroup
          label={words.by}
          choices={GROUPINGS.map(value => ({ value, label: words[value] }))}
          value={grouping}
          onChoose={value => setBy(value === 'team' ? value : undefined)}
        />
      }
    >
      {isCompared && <SplitLegend words={words} />}
      <DataTable
        key={`${grouping} ${isCompared}`}
        id={`${id}-${grouping}`}
        label={words.title}
        columns={[
          ...changeColumns({
            rows,
            grouping,
            words,
            currency,
            scope,
            isCompared,
          }),
          ...(moreColumns?.(grouping) ?? []),
        ]}
        rows={rows}
        rowKey={row => row.key}
        initialSorting={{
          column: isCompared ? 'change' : 'after',
          direction: 'desc',
        }}
        isPinned={({ kind }) => kind !== 'service' && kind !== 'team'}
        fileName={`${fileName}-by-${grouping}`}
      />
    </Section>
  );
}
