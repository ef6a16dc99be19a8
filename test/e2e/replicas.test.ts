import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, expect, it, vi } from 'vitest'
import { layout } from '../../src/dev/sandbox/layout.ts'
import { lifecycleOf, upgradeCalls } from './calls.ts'
import { createScene, type Scene } from './scene.ts'

const scenes: Scene[] = []
afterAll(() => Promise.all(scenes.map((scene) => scene.end())))

async function openScene(name: string, ports?: number[]): Promise<Scene> {
  const scene = await createScene(name, ports)
  scenes.push(scene)
  return scene
}

it('ends an upgrade although one of two replicas is killed in the middle of it', async () => {
  const scene = await openScene('replicas', [])
  const [first, second] = [await scene.startReplica(), await scene.startReplica()]
  scene.recorder.backends = [first.port, second.port]
  await scene.register()
  await scene.applyClusterClass()
  await scene.createCluster()
  await scene.settled()
  const before = scene.recorder.calls.length
  const upgrade = () => lifecycleOf(scene.recorder.calls.slice(before))
  await scene.changeTopology({ version: 'v1.36.4' })
  await vi.waitFor(() => expect(upgrade()).toHaveLength(2), { timeout: 120_000, interval: 100 })
  await first.kill()
  await scene.settled()
  expect(upgrade()).toEqual(upgradeCalls)
  const answered = (lines: Record<string, unknown>[]) =>
    lines.some(({ msg }) => /^SPIKE AfterClusterUpgrade/.test(String(msg)))
  expect([answered(first.lines), answered(second.lines)]).toEqual([false, true])
})

it('ends an upgrade although its certificate is renewed in the middle of it', async () => {
  const scene = await openScene('certificates', [])
  const { authority, directory } = scene.sandbox
  const own = await mkdtemp(join(tmpdir(), 'certificates-'))
  await cp(join(directory, layout.certificates), own, { recursive: true })
  const extension = await scene.startReplica(own)
  await scene.register({}, `https://127.0.0.1:${extension.port}`)
  await scene.applyClusterClass()
  await scene.createCluster()
  await scene.settled()

  const messages = () => extension.lines.map(({ msg }) => String(msg))
  const before = await serialOf(extension.port)
  await scene.changeTopology({ version: 'v1.36.4' })
  const upgrading = 'SPIKE BeforeControlPlaneUpgrade answered'
  await vi.waitFor(() => expect(messages()).toContain(upgrading), { timeout: 120_000 })
  await authority.issue(join(own, 'tls.crt'), join(own, 'tls.key'), 'CN=renewed')
  await vi.waitFor(async () => expect(await serialOf(extension.port)).not.toBe(before), {
    timeout: 60_000,
    interval: 500,
  })
  expect(messages()).not.toContain('SPIKE AfterClusterUpgrade answered')
  await scene.settled()
  expect(messages()).toContain('SPIKE AfterClusterUpgrade answered')
  expect(messages().filter((message) => message.endsWith('failed'))).toEqual([])
})

async function serialOf(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { raw } = socket.getPeerCertificate()
  socket.destroy()
  return new X509Certificate(raw).serialNumber
}
