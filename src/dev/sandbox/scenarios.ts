import type { StepName } from './steps.ts'

/** What `--run` plays: the steps that lead there, and the one that it is named after. */
export const scenarios = {
  create: ['create'],
  upgrade: ['create', 'upgrade'],
  'in-place': ['create', 'in-place'],
  delete: ['create', 'delete'],
} as const satisfies Record<string, readonly StepName[]>

/** A name of a scenario. */
export type ScenarioName = keyof typeof scenarios
