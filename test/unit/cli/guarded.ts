import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type HookContract, handlerPath } from '../../../src/contract/contract.ts'
import { BeforeClusterCreate } from '../../../src/contract/lifecycle.ts'
import { GeneratePatches } from '../../../src/contract/topology.ts'
import { writeRecording } from '../../../src/recording/write-recording.ts'
import { requestOf } from '../../../src/testing/request.ts'
import { createProject } from './project.ts'

/** Hooks: all kubeadm Machines get a file of this content, and a new Cluster this answer. */
export const hooksWith = (content: string, answer = 'undefined') =>
  `import { defineHook } from 'capi-extension'
import { BeforeClusterCreate, GeneratePatches } from 'capi-extension/hooks'
import { patchKubeadm, putFile } from 'capi-extension/kubeadm'
import { defineVariables, walkTemplates } from 'capi-extension/topology'
const variables = defineVariables({})
export const hooks = [
  defineHook(BeforeClusterCreate, () => ${answer}),
  defineHook(GeneratePatches, (call) =>
    walkTemplates(call, { variables }, [
      patchKubeadm(({ kubeadm, template }) => {
        putFile(kubeadm, { path: '/etc/motd', content: '${content}' })
      }),
    ]),
  ),
]
`

let first: Promise<string> | undefined

/** A project with recordings of its hooks, as they answer: those of the content `one`. */
export async function createGuarded() {
  first ??= makeGuarded()
  const root = mkdtempSync(join(tmpdir(), 'guarded-'))
  cpSync(await first, root, { recursive: true, verbatimSymlinks: true })
  return {
    root,
    guard: (...args: string[]) => guardIn(root, ...args),
    edit: (text: string) => writeFileSync(join(root, 'src/hooks/index.ts'), text),
    read: (name: string) => readFileSync(join(root, 'recordings', `${name}.json`), 'utf8'),
  }
}

async function makeGuarded(): Promise<string> {
  const root = createProject({ 'src/hooks/index.ts': hooksWith('one') })
  const record = (contract: HookContract, request: object) =>
    writeRecording(join(root, 'recordings', `${contract.handlerName}.json`), {
      hook: contract.hook.toLowerCase(),
      url: `${handlerPath(contract, contract.handlerName)}?timeout=10s`,
      request: { ...request },
      response: { status: 200, body: { status: 'Success' } },
      ...(contract === GeneratePatches && { patch: 'my-patch' }),
    })
  await record(BeforeClusterCreate, requestOf(BeforeClusterCreate))
  await record(GeneratePatches, requestOf(GeneratePatches))
  guardIn(root, '--accept')
  return root
}

/** Runs `guard` in a folder, in a process of its own: it loads the sources. */
export function guardIn(cwd: string, ...args: string[]) {
  const command = [resolve('src/cli/main.ts'), 'guard', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd,
    encoding: 'utf8',
  })
  return { code: status, stdout, stderr }
}
