export { planUpgrade } from './plan-upgrade.ts'
