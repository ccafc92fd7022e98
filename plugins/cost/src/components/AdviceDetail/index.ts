export * from './AdviceDetailPage';
