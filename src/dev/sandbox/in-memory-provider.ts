import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const patched = 'infrastructure/inmemory/pkg/server/mux.go'

/**
 * Texts of the in-memory provider and what they become. It listens on port 19000 and from port 20000 on, on
 * all interfaces, and no flag changes that: two sandboxes on one machine would meet there.
 */
export const inMemoryPorts = [
  ['net.Listen("tcp", fmt.Sprintf(":%d", options.DebugPort))', 'net.Listen("tcp", "127.0.0.1:0")'],
  ['net.Listen("tcp", fmt.Sprintf(":%d", wcl.Port()))', 'net.Listen("tcp", wcl.HostPort())'],
  [
    '\n\treturn m, nil\n',
    '\n\tm.portIndex += int32(l.Addr().(*net.TCPAddr).Port % 9000)\n\treturn m, nil\n',
  ],
] as const

/**
 * Copies the provider's module to a folder, with ports that do not meet, and gives the path of a go.mod
 * that builds from there.
 *
 * @param source The module as it was downloaded.
 * @param goModule The folder whose go.mod pins it.
 */
export async function copyInMemoryProvider(
  source: string,
  goModule: string,
  directory: string,
): Promise<string> {
  const copy = join(directory, 'source')
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const from = join(entry.parentPath, entry.name)
    const to = join(copy, from.slice(source.length))
    await mkdir(dirname(to), { recursive: true })
    // Not copied: what Go downloads is read-only.
    await writeFile(to, await readFile(from))
  }
  const file = join(copy, patched)
  await writeFile(file, changePorts(await readFile(file, 'utf8')))

  const modfile = join(directory, 'go.mod')
  const goMod = await readFile(join(goModule, 'go.mod'), 'utf8')
  await writeFile(modfile, `${goMod}\nreplace sigs.k8s.io/cluster-api/test => ${copy}\n`)
  await cp(join(goModule, 'go.sum'), join(directory, 'go.sum'))
  return modfile
}

/** The source with other ports. Throws when a new version of it no longer has the texts. */
export function changePorts(source: string): string {
  return inMemoryPorts.reduce((text, [found, wanted]) => {
    if (!text.includes(found))
      throw new Error(
        `${patched} has changed in this version of Cluster API: adapt src/dev/sandbox/in-memory-provider.ts`,
      )
    return text.replaceAll(found, wanted)
  }, source)
}
