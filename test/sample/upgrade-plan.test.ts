import { expect, it } from 'vitest'
import generateUpgradePlan from '../../src/hooks/generate-upgrade-plan.ts'
import { callHook } from '../../src/testing/call-hook.ts'
import { recordedOf } from '../recorded/recorded.ts'

const [endsEarly, ...others] = recordedOf('GenerateUpgradePlan')

it.each(others)('plans $file as Go does', async ({ request, response }) => {
  const { status, controlPlaneUpgrades, workersUpgrades } = await callHook(
    generateUpgradePlan,
    request,
  )
  expect({ status, controlPlaneUpgrades, workersUpgrades }).toEqual({
    ...response.body,
    // Go leaves an empty list out; the controller reads both in the same way.
    controlPlaneUpgrades: response.body['controlPlaneUpgrades'] ?? [],
    workersUpgrades: response.body['workersUpgrades'],
  })
})

it('refuses the plan that Go lets end before its target', async () => {
  if (!endsEarly) throw new Error('no recorded call')
  expect(endsEarly.response.body).toMatchObject({
    status: 'Success',
    controlPlaneUpgrades: [{ version: 'v1.35.8' }],
  })
  expect(await callHook(generateUpgradePlan, endsEarly.request)).toMatchObject({
    status: 'Failure',
    message: "the control plane's plan must end at v1.36.0: it ends at v1.35.8",
  })
})
