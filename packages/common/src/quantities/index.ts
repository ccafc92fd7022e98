export { parseQuantity } from './parseQuantity';
