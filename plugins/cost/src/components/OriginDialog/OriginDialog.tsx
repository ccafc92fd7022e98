import {
  ExplainDialog,
  ExplainPart,
  formatDay,
  formatDayRange,
} from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { Origin } from '@headroom/plugin-cost-common';
import { FigureName } from '../Headline';
import {
  FigureSubject,
  figureSteps,
  figureWindow,
  toldAs,
} from './figureSteps';
import { LinkTable } from './LinkTable';
import { PriceTable } from './PriceTable';
import { SourceList } from './SourceList';

/** What is shared among services. Namespaces are shared when idle capacity is, not before. */
function sharingText(sharing: Origin['sharing'], t: CostTranslate): string {
  if (sharing.idle === 'separate') {
    return t('origin.sharingIdle.separate');
  }
  const namespaces =
    sharing.sharedNamespaces.length > 0
      ? t(`origin.sharedNamespaces.${sharing.split}`, {
          namespaces: sharing.sharedNamespaces.join(', '),
        })
      : t('origin.sharedNamespaces.none');
  return `${t('origin.sharingIdle.shared')} ${namespaces}`;
}

/** Where a figure comes from: its formula with the numbers, window, sources, prices, links and sharing. */
export function OriginDialog(props: {
  /** The figure asked for; undefined = closed. */
  figure: FigureName | undefined;
  subject: FigureSubject;
  fileName: string;
  onClose: () => void;
}) {
  const { figure, subject, fileName, onClose } = props;
  const { report, origin } = subject;
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  if (!figure) {
    return null;
  }
  const { window, conversion } = report;
  const ownWindow = figureWindow(figure, subject);
  const isOfMonth = ownWindow !== window;
  const windowText = formatDayRange(window.start, window.end);
  const partialDay =
    window.partialDay &&
    window.partialDay >= ownWindow.start &&
    window.partialDay < ownWindow.end
      ? window.partialDay
      : undefined;
  return (
    <ExplainDialog
      onClose={onClose}
      explanation={{
        title: t('origin.title', { figure: t(`origin.figure.${figure}`) }),
        meaning: t(`origin.explain.${toldAs(figure, subject)}`),
        steps: figureSteps(figure, subject, t, wordingOf),
        window: (
          <>
            {t('origin.windowText', {
              window: formatDayRange(ownWindow.start, ownWindow.end),
              timezone: window.timezone,
            })}
            {partialDay &&
              `. ${t('origin.partialDay', { day: formatDay(partialDay) })}`}
            {conversion && (
              <div>
                {t('origin.conversion', {
                  from: conversion.from,
                  to: conversion.to,
                  rates: conversion.rates
                    .map(({ validFrom, rate }) =>
                      t('origin.rate', { rate, day: formatDay(validFrom) }),
                    )
                    .join('; '),
                })}
              </div>
            )}
          </>
        ),
      }}
    >
      {origin?.sources && (
        <ExplainPart title={t('origin.sources')}>
          <SourceList sources={origin.sources} timezone={window.timezone} />
        </ExplainPart>
      )}
      {origin?.sharing && (
        <ExplainPart title={t('origin.sharing')}>
          {sharingText(origin.sharing, t)}
        </ExplainPart>
      )}
      {origin?.prices && (
        <ExplainPart
          title={
            isOfMonth
              ? t('origin.pricesOf', { window: windowText })
              : t('origin.prices')
          }
        >
          <PriceTable prices={origin.prices} fileName={fileName} />
        </ExplainPart>
      )}
      {origin?.links && (
        <ExplainPart title={t('origin.links')}>
          <LinkTable links={origin.links} fileName={fileName} />
        </ExplainPart>
      )}
      {!origin && (
        <ExplainPart title={t('origin.sources')}>
          {t('origin.perService')}
        </ExplainPart>
      )}
    </ExplainDialog>
  );
}
