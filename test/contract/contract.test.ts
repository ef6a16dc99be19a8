import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareContract } from '../../src/dev/contract/compare-contract.ts'
import type { Contract } from '../../src/dev/contract/lines.ts'

/** How src/contract differs from the contracts of a folder, by the version of Cluster API in the name of the file. */
function compare(directory: string): [version: string, differences: string[]][] {
  return readdirSync(directory).flatMap((file) => {
    const [, version] = /^contract-(v.+)\.json$/.exec(file) ?? []
    if (version === undefined) return []
    return [[version, compareContract(readFileSync(join(directory, file), 'utf8'), version)]]
  })
}

it.each(compare(import.meta.dirname))('src/contract is the contract of %s', (_, found) => {
  expect(found.join('\n')).toBe('')
})

describe('a contract that differs', () => {
  /** Writes the contract of v1.14.2 with a change as that of another version, and compares with all that is there. */
  function change(version: string, edit: (contract: Contract) => void) {
    const directory = mkdtempSync(join(tmpdir(), 'contract-'))
    const text = readFileSync(join(import.meta.dirname, 'contract-v1.14.2.json'), 'utf8')
    const contract: Contract = JSON.parse(text)
    edit(contract)
    writeFileSync(join(directory, 'contract-v1.14.2.json'), text)
    writeFileSync(join(directory, `contract-${version}.json`), JSON.stringify(contract))
    const found = Object.fromEntries(compare(directory))
    expect(found['v1.14.2']).toEqual([])
    return found[version]
  }
  const schemaOf = ({ schemas }: Contract, name: string) => {
    const { properties, required, ...others } = schemas[name] ?? {}
    const schema = { ...others, properties: { ...properties }, required: [...(required ?? [])] }
    schemas[name] = schema
    return schema
  }

  it('in the name of a field is reported', () => {
    const found = change('v1.15.0', (contract) => {
      const { properties } = schemaOf(contract, 'AfterClusterUpgradeRequest')
      const { kubernetesVersion } = properties
      delete properties['kubernetesVersion']
      Object.assign(properties, { targetVersion: kubernetesVersion })
    })
    expect(found).toEqual([
      'missing AfterClusterUpgrade request.targetVersion string',
      'surplus AfterClusterUpgrade request.kubernetesVersion string',
    ])
  })

  it('in the type of a field is reported', () => {
    const found = change('v1.15.0', (contract) => {
      const { properties } = schemaOf(contract, 'UpdateMachineResponse')
      properties['retryAfterSeconds'] = { type: 'string' }
    })
    expect(found).toEqual([
      'missing UpdateMachine response.retryAfterSeconds string',
      'surplus UpdateMachine response.retryAfterSeconds integer',
    ])
  })

  it('by a new required field is reported', () => {
    const found = change('v1.15.0', (contract) => {
      const { properties, required } = schemaOf(contract, 'CanUpdateMachineResponse')
      properties['affectsAvailability'] = { type: 'boolean' }
      required.push('affectsAvailability')
    })
    expect(found).toEqual([
      'missing CanUpdateMachine response.affectsAvailability required',
      'missing CanUpdateMachine response.affectsAvailability boolean',
    ])
  })

  it('by a field that is required no longer is reported', () => {
    const found = change('v1.15.0', (contract) => {
      const { required } = schemaOf(contract, 'AfterClusterUpgradeRequest')
      required.splice(required.indexOf('kubernetesVersion'), 1)
    })
    expect(found).toEqual(['surplus AfterClusterUpgrade request.kubernetesVersion required'])
  })

  it('by a new value of an enum is reported', () => {
    const found = change('v1.15.0', (contract) => {
      const { properties } = schemaOf(contract, 'ValidateTopologyResponse')
      properties['status'] = { type: 'string', enum: ['Failure', 'Success', 'Warning'] }
    })
    expect(found).toEqual([
      'missing ValidateTopology response.status enum Warning,Success,Failure',
      'surplus ValidateTopology response.status enum Success,Failure',
    ])
  })

  it('by a new hook, and by one that is gone, is reported', () => {
    const found = change('v1.15.0', ({ hooks }) => {
      const { UpdateMachine } = hooks
      delete hooks['UpdateMachine']
      Object.assign(hooks, { BeforeMachineDelete: UpdateMachine })
    })
    expect(found).toEqual(['missing BeforeMachineDelete', 'surplus UpdateMachine'])
  })

  it('in a path, and in whether a hook can block, is reported', () => {
    const found = change('v1.15.0', (contract) => {
      Object.assign(contract.hooks['Discovery'] ?? {}, { path: '/v2/discovery' })
      const { properties } = schemaOf(contract, 'AfterControlPlaneInitializedResponse')
      properties['retryAfterSeconds'] = { type: 'integer' }
    })
    expect(found).toEqual([
      'missing AfterControlPlaneInitialized blocking true',
      'missing AfterControlPlaneInitialized response.retryAfterSeconds integer',
      'missing Discovery path /v2/discovery',
      'surplus Discovery path /hooks.runtime.cluster.x-k8s.io/v1alpha1/discovery',
      'surplus AfterControlPlaneInitialized blocking false',
    ])
  })

  it('and is older may only differ where a later release is known to have changed it', () => {
    const edit = (contract: Contract) => {
      const cluster = schemaOf(contract, 'ClusterSpec')
      cluster.properties['paused'] = { type: 'string' }
      cluster.properties['rolloutAfter'] = { type: 'string' }
      const { properties } = schemaOf(contract, 'AfterClusterUpgradeRequest')
      properties['rolloutAfter'] = { type: 'string' }
    }
    const isOfHook = (line: string) => line.includes(' AfterClusterUpgrade ')
    const paused = [
      'missing AfterClusterUpgrade request.cluster.spec.paused string',
      'surplus AfterClusterUpgrade request.cluster.spec.paused boolean',
    ]
    const known = 'missing AfterClusterUpgrade request.cluster.spec.rolloutAfter string'
    const unknown = 'missing AfterClusterUpgrade request.rolloutAfter string'
    expect(change('v1.12.9', edit)?.filter(isOfHook).toSorted()).toEqual(
      [...paused, unknown].toSorted(),
    )
    expect(change('v1.13.0', edit)?.filter(isOfHook).toSorted()).toEqual(
      [...paused, known, unknown].toSorted(),
    )
  })
})
