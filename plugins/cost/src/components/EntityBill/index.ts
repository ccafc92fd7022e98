export { EntityBill } from './EntityBill';
