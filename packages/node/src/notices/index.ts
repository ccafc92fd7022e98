export * from './NoticeCourier';
export * from './NoticeOutbox';
