import { Section, TableToggle, useShownAsTable } from '@headroom/react';
import { ReactNode } from 'react';
import { StretchTable } from './StretchTable';
import { TimelineRow } from './stretches';
import { Timeline } from './Timeline';

/** A time line that can be read as a table too; which of them is shown stands in the URL. */
export function TimelineSection(props: {
  /** Prefix of parameters in the URL. */
  id: string;
  title: string;
  subtitle?: ReactNode;
  rows: readonly TimelineRow[];
  from: string;
  to: string;
  now?: string;
  timezone: string;
  labelOf?: (row: TimelineRow) => ReactNode;
  fileName: string;
  /** In place of a time line without rows. */
  nothing: ReactNode;
}) {
  const { id, title, subtitle, rows, fileName, nothing, ...axis } = props;
  const param = `${id}.view`;
  const asTable = useShownAsTable(param);
  const empty = rows.every(row => row.stretches.length === 0);
  return (
    <Section
      title={title}
      subtitle={subtitle}
      action={!empty && <TableToggle param={param} />}
    >
      {empty && nothing}
      {!empty && asTable && (
        <StretchTable
          id={id}
          label={title}
          rows={rows}
          timezone={axis.timezone}
          fileName={fileName}
        />
      )}
      {!empty && !asTable && <Timeline label={title} rows={rows} {...axis} />}
    </Section>
  );
}
