/**
 * What every page of Headroom may use: tables, figures, states, formats and the
 * dialog that explains a figure. It knows no plugin.
 *
 * @packageDocumentation
 */
export * from './ChoiceGroup';
export * from './DataTable';
export * from './DayChart';
export * from './download';
export * from './DownloadButton';
export * from './ExplainDialog';
export * from './FieldChanges';
export * from './Figure';
export * from './format';
export * from './layout';
export * from './Money';
export * from './Notice';
export * from './ReasonDialog';
export * from './SavedFigure';
export * from './Section';
export * from './Skeleton';
export * from './states';
export * from './Tag';
export * from './translation';
export * from './usePrinting';
export * from './useMoneyRange';
export * from './useReport';
export * from './useUrlParam';
export * from './useWording';
