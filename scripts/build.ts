// Bundles the extension and all that it needs into one file, dist/extension.cjs, or into another directory: its
// argument. Beside it, metafile.json tells what each module takes of it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build, type Plugin } from 'esbuild'

const common = {
  bundle: true,
  // To import one of Node's modules evaluates all that it exports, such as the fetch of node:http: a fifth of the start.
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  minify: true,
  legalComments: 'none',
  // Development checks and what only they import fall away.
  define: { 'process.env.NODE_ENV': '"production"' },
} as const

const clientModule = /@kubernetes\/client-node\/dist\/index\.js$/

/**
 * Packs the Kubernetes client as compressed text, unpacked by the first call that needs it. As code it would be
 * nine tenths of the bundle, which Node reads through at every start.
 */
const packedClient: Plugin = {
  name: 'packed-client',
  setup({ onLoad }) {
    onLoad({ filter: clientModule }, async ({ path }) => {
      const { outputFiles } = await build({
        ...common,
        stdin: { contents: `export { KubeConfig } from '${path}'`, resolveDir: '.' },
        write: false,
      })
      // Higher qualities take seconds and save little.
      const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
      const packed = brotliCompressSync(outputFiles[0]?.contents ?? '', { params })
      const contents = `
        import { compileFunction } from 'node:vm'
        import { brotliDecompressSync } from 'node:zlib'
        const code = brotliDecompressSync(Buffer.from('${packed.toString('base64')}', 'base64')).toString()
        const module = { exports: {} }
        compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, require)
        export const { KubeConfig } = module.exports`
      return { contents, loader: 'js' }
    })
  },
}

const directory = process.argv[2] ?? 'dist'
const outfile = join(directory, 'extension.cjs')
const { metafile } = await build({
  ...common,
  entryPoints: ['src/main.ts'],
  outfile,
  metafile: true,
  plugins: [packedClient],
})
writeFileSync(join(directory, 'metafile.json'), JSON.stringify(metafile))
const [output] = Object.values(metafile.outputs)
const kilobytes = (bytes = 0) => `${Math.round(bytes / 1000)} kB`
const client = Object.entries(output?.inputs ?? {}).find(([input]) => clientModule.test(input))?.[1]
console.log(
  `${outfile}  ${kilobytes(output?.bytes)}, of which ${kilobytes(client?.bytesInOutput)} are the packed Kubernetes client`,
)
