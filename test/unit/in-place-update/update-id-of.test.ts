import { expect, it } from 'vitest'
import { updateIdOf } from '../../../src/in-place-update/update-id-of.ts'
import { machineOf } from '../../../src/testing/machine.ts'

const withFiles = (...files: object[]) => machineOf({ bootstrapConfig: { spec: { files } } })
const motd = { path: '/etc/motd', content: 'Hello' }

it('is the same for the same specs, whatever the order of their fields and the metadata', () => {
  const { content, path } = motd
  const desired = withFiles({ content, path })
  desired.machine.metadata.resourceVersion = '7'
  expect(updateIdOf(desired)).toBe(updateIdOf(withFiles(motd)))
})

it('is another one for another Machine spec, bootstrap configuration or infrastructure', () => {
  const ids = [
    withFiles(),
    withFiles(motd),
    machineOf({ version: 'v1.37.0' }),
    machineOf({
      infrastructureMachine: {
        apiVersion: 'a/v1',
        kind: 'AWSMachine',
        spec: { instanceType: 'm5' },
      },
    }),
  ].map(updateIdOf)
  expect(new Set(ids).size).toBe(4)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/)
})
