export { RulesSection } from './RulesSection';
