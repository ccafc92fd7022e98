export { BillSection } from './BillSection';
