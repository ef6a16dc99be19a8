import { GenerateUpgradePlan } from 'capi-extension/hooks'
import { callHook, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/generate-upgrade-plan.ts'

it('goes through every minor version to the one that is asked for', async () => {
  const request = requestOf(GenerateUpgradePlan, {
    fromControlPlaneKubernetesVersion: 'v1.34.2',
    toKubernetesVersion: 'v1.36.4',
  })
  expect(await callHook(hook, request)).toMatchObject({
    controlPlaneUpgrades: [{ version: 'v1.35.0' }, { version: 'v1.36.4' }],
  })
})
