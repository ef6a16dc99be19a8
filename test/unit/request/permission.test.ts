import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { imageFlags } from '../../../src/dev/image-flags.ts'

/** What a program of the project prints with the flags of the image, line by line. */
function run(program: string): unknown[] {
  const args = [...imageFlags(process.cwd()), '--input-type=module-typescript', '--eval', program]
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' })
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

it('names the flag of the Dockerfile for what the image forbids', () => {
  const hints = run(`
    import { execFile, spawnSync } from 'node:child_process'
    import { writeFileSync } from 'node:fs'
    import { mkdtemp } from 'node:fs/promises'
    import { promisify } from 'node:util'
    import { WASI } from 'node:wasi'
    import { Worker } from 'node:worker_threads'
    import { permissionHint } from './src/request/permission.ts'
    for (const forbidden of [
      () => spawnSync('ssh'),
      () => promisify(execFile)('ssh').catch((cause) => { throw new Error('no ssh', { cause }) }),
      () => writeFileSync('/cache/state.json', ''),
      () => mkdtemp('/tmp/quota-'),
      () => new Worker('/worker.js'),
      () => new WASI({ version: 'preview1' }),
      () => process.dlopen({ exports: {} }, '/addon.node'),
      () => { throw new Error('no quota') },
    ])
      try { await forbidden() } catch (error) { console.log(JSON.stringify(permissionHint(error))) }`)
  const dockerfile = 'to the ENTRYPOINT of the Dockerfile'
  const program = `the image may not start the program ssh: add --allow-child-process ${dockerfile}, and the program to the image`
  const volume = 'and a volume for the folder to manifests/deploy/deployment.yaml'
  expect(hints).toEqual([
    { hint: program },
    { hint: program },
    {
      hint: `the image may not write /cache/state.json: add --allow-fs-write=<folder> ${dockerfile}, ${volume}`,
    },
    {
      hint: `the image may not write /tmp/quota-XXXXXX: add --allow-fs-write=<folder> ${dockerfile}, ${volume}`,
    },
    { hint: `the image may not start a thread: add --allow-worker ${dockerfile}` },
    { hint: `the image may not use WASI: add --allow-wasi ${dockerfile}` },
    { hint: `the image may not load native code: add --allow-addons ${dockerfile}` },
    {},
  ])
})

it('logs it beside the exception of a handler', () => {
  const lines = run(`
    import { spawnSync } from 'node:child_process'
    import { createApp } from './src/extension/app.ts'
    import { BeforeClusterCreate } from './src/contract/lifecycle.ts'
    import { defineHook } from './src/handler/hook.ts'
    import { createLog } from './src/observability/log.ts'
    import { inMemoryCluster } from './src/kubernetes/management-cluster.ts'
    const log = createLog(0, process.stdout)
    const hook = defineHook(BeforeClusterCreate, () => { spawnSync('ssh') })
    const app = createApp({ hooks: [hook] }, { log, cluster: inMemoryCluster() })
    const cluster = { metadata: { name: 'demo', namespace: 'default' }, spec: {} }
    await app.request(
      '/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclustercreate/before-cluster-create',
      { method: 'POST', body: JSON.stringify({ cluster }) },
    )`)
  expect(lines).toEqual([
    expect.objectContaining({
      hook: 'BeforeClusterCreate',
      err: expect.objectContaining({ code: 'ERR_ACCESS_DENIED' }),
      hint: expect.stringContaining('add --allow-child-process to the ENTRYPOINT'),
    }),
  ])
})
