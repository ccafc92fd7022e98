import Typography from '@material-ui/core/Typography';
import { ReportBase } from '@headroom/plugin-cost-common';
import { formatDayRange, formatInstant } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

/** What the figures stand on, in one line: window, zone, how fresh. */
export function ReportFacts(props: {
  report: Partial<Pick<ReportBase, 'dataUntil' | 'conversion'>> & {
    window: Pick<ReportBase['window'], 'start' | 'end' | 'timezone'>;
  };
}) {
  const { window, dataUntil, conversion } = props.report;
  const { t } = useCostTranslation();
  return (
    <Typography variant="body2">
      {[
        t('origin.windowText', {
          window: formatDayRange(window.start, window.end),
          timezone: window.timezone,
        }),
        dataUntil &&
          t('facts.dataUntil', {
            at: formatInstant(dataUntil, window.timezone),
          }),
        conversion &&
          t('facts.converted', { from: conversion.from, to: conversion.to }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </Typography>
  );
}
