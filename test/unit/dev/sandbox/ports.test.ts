import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { accepts, freePorts, isFree } from '../../../../src/dev/sandbox/ports.ts'

it('gives every name a free port of its own', async () => {
  const names = ['a', 'b', 'c', 'd'] as const
  const ports = await freePorts(names)
  expect(Object.keys(ports)).toEqual([...names])
  expect(new Set(Object.values(ports)).size).toBe(4)
  for (const port of Object.values(ports)) expect(await isFree(port)).toBe(true)
})

it.each(['127.0.0.1', '0.0.0.0'])('sees what listens on %s', async (host) => {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  expect(await isFree(port)).toBe(false)
  server.close()
  await once(server, 'close')
  expect(await isFree(port)).toBe(true)
})

it('asks whether a port is taken without ever taking it', async () => {
  const { port } = await freePorts(['port'])
  const stop = new AbortController()
  const asking = (async () => {
    while (!stop.signal.aborted) await accepts(port)
  })()
  try {
    for (let time = 0; time < 200; time++) {
      const server = createServer()
      server.listen(port)
      await once(server, 'listening')
      expect(await accepts(port)).toBe(true)
      server.close()
      await once(server, 'close')
    }
  } finally {
    stop.abort()
    await asking
  }
  expect(await accepts(port)).toBe(false)
})
