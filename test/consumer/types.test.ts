import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { expectedMistakes, printedMistakes } from '../support/mistakes.ts'
import { tryRun } from './command.ts'

const project = inject('project')
const compile = (...args: string[]) => tryRun(project, 'npx', 'tsc', ...args)

/** A folder with a file beside the project's own, and how to compile it: without a check of the declarations. */
function folderWith(source: string, ...files: string[]) {
  const folder = mkdtempSync(join(project, 'types-'))
  writeFileSync(join(folder, 'added.ts'), source)
  const config = { extends: '../tsconfig.json', files: ['added.ts', ...files], include: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return { folder, compile: () => compile('--project', folder, '--skipLibCheck') }
}

// Without skipLibCheck: the declarations of the package compile, too.
it('compiles a project that registers settings and a context', async () => {
  expect(await compile()).toEqual({ code: 0, stdout: '', stderr: '' })
})

it('emits declarations of what a project exports without a type', async () => {
  const added = folderWith(
    `import { createApp, type Services } from 'capi-extension'
import { type CanUpdateMachineRequest, GeneratePatches, type GeneratePatchesRequest } from 'capi-extension/hooks'
import { canUpdateMachine } from 'capi-extension/in-place-update'
import { patchKubeadm } from 'capi-extension/kubeadm'
import { machineOf, patchedTemplates, type Rendered, renderedTemplate, renderTopology, requestOf, topologyOf } from 'capi-extension/testing'
import { defineVariables, templateType, variable, walkTemplates } from 'capi-extension/topology'
import * as v from 'valibot'
export const variables = defineVariables({ size: variable(v.number()) })
export const { definitions } = variables
export const Template = templateType<{ spec: object }>('example.com/v1', 'Template')
export const patches = patchKubeadm(() => {})
type Of<Request> = Services & { request: Request }
export const answer = (call: Of<GeneratePatchesRequest>) => walkTemplates(call, { variables }, [patches])
export const update = (call: Of<CanUpdateMachineRequest>) => canUpdateMachine(call, {})
export const app = createApp({ hooks: [] })
export const request = requestOf(GeneratePatches)
export const itemOf = ({ items }: GeneratePatchesRequest) => items?.[0]
export const topology = topologyOf()
export const machine = machineOf()
export const templates = patchedTemplates(request, { apiVersion: '', kind: '', status: 'Success' })
export const rendered = renderTopology({ clusterClass: {}, cluster: {}, templates: [] })
export const templateOf = (rendered: Rendered) => renderedTemplate(rendered, Template)
export { GeneratePatches }
export const contract = GeneratePatches
`,
  )
  const emit = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', '.']
  const args = ['--project', added.folder, '--skipLibCheck', '--outDir', added.folder, ...emit]
  expect(await compile(...args)).toMatchObject({ code: 0, stdout: '' })
})

// Each in a program of its own: to infer one of these types makes the next one easier for the compiler.
it.each([
  ['Cluster', 'capi-extension/hooks', 'spec.topology?.workers?.machineDeployments?.[0]?.name'],
  ['Machine', 'capi-extension/hooks', 'spec.bootstrap.configRef?.name'],
  ['MachineSet', 'capi-extension/hooks', 'spec.template.spec.deletion?.nodeDrainTimeoutSeconds'],
  ['CanUpdateMachineSetRequest', 'capi-extension/hooks', 'desired.machineSet.metadata.name'],
  ['GeneratePatchesRequest', 'capi-extension/hooks', 'items?.[0]?.holderReference.fieldPath'],
  ['Builtins', 'capi-extension/topology', 'machineDeployment?.bootstrap?.configRef?.name'],
])('compiles what first reads a field of a %s', async (type, entry, path) => {
  const added = folderWith(
    `import type { ${type} } from '${entry}'\nexport const read = (object: ${type}) => object.${path}\n`,
  )
  expect(await added.compile()).toMatchObject({ code: 0, stdout: '' })
})

it.each([
  ['a service that nobody adds', '({ hasRooms }) => {}', /Property 'hasRooms' does not exist/],
  ['a setting that is not declared', '({ settings }) => settings.max', /'max' does not exist/],
  ['a setting of another type', '({ settings }) => settings.maxClusters.length', /'length'/],
])('has a compile error for %s', async (_, handler, message) => {
  const added = folderWith(
    `import { defineHook } from 'capi-extension'
import { AfterClusterUpgrade } from 'capi-extension/hooks'
defineHook(AfterClusterUpgrade, ${handler})
`,
    '../src/context.ts',
  )
  const { code, stdout } = await added.compile()
  expect(stdout).toMatch(message)
  expect(code).not.toBe(0)
})

it('has a compile error for a project that does not serve what it registers', async () => {
  const added = folderWith(
    `import { serve } from 'capi-extension'\nserve({ name: 'a', hooks: [] })\n`,
    '../src/context.ts',
  )
  expect((await added.compile()).stdout).toMatch(/Property 'settings' is missing/)
})

it('says in the first line what is wrong with a handler', async () => {
  const added = folderWith('', 'mistakes.ts')
  cpSync('test/types/mistakes/mistakes.ts', join(added.folder, 'mistakes.ts'))
  expect(printedMistakes((await added.compile()).stdout)).toEqual(expectedMistakes())
})
