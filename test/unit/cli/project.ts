import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const main = `import { serve } from 'capi-extension'
import { hooks } from './hooks/index.ts'

serve({ name: 'policy', hooks })
`

/** A project of a user of the package, which it finds as if it were installed, with these files. */
export function createProject(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'project-'))
  const all = {
    'package.json': '{"name":"policy","version":"1.2.3","type":"module"}',
    'src/main.ts': main,
    ...files,
  }
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(process.cwd(), join(root, 'node_modules/capi-extension'))
  symlinkSync(resolve('node_modules/valibot'), join(root, 'node_modules/valibot'))
  return root
}
