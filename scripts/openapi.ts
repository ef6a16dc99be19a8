// Writes the OpenAPI document of the endpoints that this extension serves.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openApiDocument } from '../src/extension/openapi.ts'
import { hooks } from '../src/hooks/index.ts'

const [path = 'dist/openapi.json'] = process.argv.slice(2)
await mkdir(dirname(path), { recursive: true })
await writeFile(path, `${JSON.stringify(openApiDocument(hooks), null, 2)}\n`)
console.log(path)
