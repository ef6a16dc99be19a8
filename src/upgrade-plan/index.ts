// 'capi-extension/upgrade-plan': the versions that an upgrade goes through.

export { planUpgrade } from './plan-upgrade.ts'
