// Writes the OpenAPI document of the endpoints that this extension serves.
import { writeFile } from 'node:fs/promises'
import { hooks } from '../src/hooks/index.ts'
import { openApiDocument } from '../src/openapi.ts'

const [path = 'openapi.json'] = process.argv.slice(2)
await writeFile(path, `${JSON.stringify(openApiDocument(hooks), null, 2)}\n`)
console.log(path)
