import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { layout } from '../../../src/dev/sandbox/layout.ts'

const files = ['cluster-api', 'control-plane-kubeadm']
const telling =
  /Rotating|Patching|cannot be updated in-place|needs rollout|out.of.date|outdated|Reconciler error/i

/** Follows what the controllers log from now on: gives the lines that tell why they did something in a namespace. */
export async function followLog(namespace: string): Promise<() => Promise<string[]>> {
  const paths = files.map((file) => join(inject('sandbox'), layout.logs, `${file}.log`))
  const starts = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  return async () => {
    const texts = await Promise.all(paths.map((path, index) => readFrom(path, starts[index] ?? 0)))
    const lines = texts.join('\n').split('\n')
    const own = lines.filter((line) => line.includes(`"${namespace}/`) && telling.test(line))
    // The controllers say the same again and again.
    const byText = new Map(
      own.map((line) => [
        line.replace(/^\S+ \S+ +\S+ /, '').replace(/ reconcileID="[^"]*"/, ''),
        line,
      ]),
    )
    return [...byText.values()]
  }
}

async function readFrom(path: string, start: number): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc((await file.stat()).size - start),
      position: start,
    })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
