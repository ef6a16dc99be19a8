import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What connections go to. */
interface Replica {
  port: number
  isReady(): Promise<boolean>
}

/**
 * Spreads new connections over the replicas that are ready, as a Service does: it looks at /readyz every
 * 20 ms, and leaves connections that there are alone.
 */
export async function startBalancer() {
  const replicas = new Set<Replica>()
  const sockets = new Set<Socket>()
  let ready: Replica[] = []
  let turn = 0
  let stopped = false

  function forward(client: Socket, tries = 3): void {
    const backend = ready[turn++ % ready.length]
    if (!backend) {
      client.destroy()
      return
    }
    const server = connect(backend.port, '127.0.0.1')
    const giveUp = () => client.destroy()
    // Nobody listens there any more, and nothing was sent yet.
    const tryNext = () => (tries > 0 ? forward(client, tries - 1) : giveUp())
    server.once('error', tryNext)
    server.once('connect', () => {
      server.off('error', tryNext)
      server.on('error', giveUp)
      server.once('close', () => client.destroySoon())
      client.pipe(server).pipe(client)
    })
    client.once('close', () => server.destroy())
    client.on('error', () => server.destroy())
  }

  const balancer = createServer((client) => {
    sockets.add(client)
    client.once('close', () => sockets.delete(client))
    forward(client)
  }).listen(0, '127.0.0.1')
  await once(balancer, 'listening')
  const look = async () => {
    const all = [...replicas]
    const states = await Promise.all(all.map((replica) => replica.isReady()))
    ready = all.filter((_, index) => states[index])
  }
  const looking = (async () => {
    while (!stopped) {
      await look()
      await sleep(20)
    }
  })()
  const address = balancer.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async add(replica: Replica) {
      replicas.add(replica)
      while (!ready.includes(replica)) await sleep(10)
    },
    remove: (replica: Replica) => replicas.delete(replica),
    async close() {
      stopped = true
      await looking
      for (const socket of sockets) socket.destroy()
      balancer.close()
    },
  }
}
