import { connect, createServer } from 'node:net'

// Below the ports that systems give to outgoing connections, and below those of the in-memory Clusters.
const first = 10_000
const count = 10_000

/**
 * A free port for each name. They are tried from a random start, so that two sandboxes that start at the
 * same time do not choose the same.
 */
export async function freePorts<Name extends string>(
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const start = Math.floor(Math.random() * count)
  const ports: [Name, number][] = []
  for (let step = 0; step < count && ports.length < names.length; step++) {
    const port = first + ((start + step) % count)
    const name = names[ports.length]
    if (name !== undefined && (await isFree(port))) ports.push([name, port])
  }
  if (ports.length < names.length)
    throw new Error(`only ${ports.length} ports from ${first} on are free, ${names.length} needed`)
  return Object.fromEntries(ports) as Record<Name, number>
}

/** Whether a port can be had, on the loopback interface and on all of them. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port))
}

function canListen(port: number, host?: string): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

/**
 * Whether a program takes connections at a port of the loopback interface. Unlike isFree it never listens there itself,
 * which could keep the program that is waited for from its port.
 */
export function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const connected = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  })
  return connected.finally(() => socket.destroy())
}
