// Bundles the extension and all that it needs into one file, dist/extension.mjs.
import { brotliCompressSync, constants } from 'node:zlib'
import { build, type Plugin } from 'esbuild'

const common = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  minify: true,
  legalComments: 'none',
  // Development checks and what only they import fall away.
  define: { 'process.env.NODE_ENV': '"production"' },
} as const

/**
 * Packs the Kubernetes client as compressed text, unpacked by the first call that needs it. As code it would be
 * nine tenths of the bundle, which Node reads through at every start.
 */
const packedClient: Plugin = {
  name: 'packed-client',
  setup({ onLoad }) {
    onLoad({ filter: /@kubernetes\/client-node\/dist\/index\.js$/ }, async ({ path }) => {
      const { outputFiles } = await build({
        ...common,
        entryPoints: [path],
        format: 'cjs',
        write: false,
      })
      // Higher qualities take seconds and save little.
      const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
      const packed = brotliCompressSync(outputFiles[0]?.contents ?? '', { params })
      const contents = `
        import { createRequire } from 'node:module'
        import { compileFunction } from 'node:vm'
        import { brotliDecompressSync } from 'node:zlib'
        const code = brotliDecompressSync(Buffer.from('${packed.toString('base64')}', 'base64')).toString()
        const module = { exports: {} }
        compileFunction(code, ['module', 'exports', 'require'])(
          module,
          module.exports,
          createRequire(import.meta.url),
        )
        export const {
          AuthenticationV1Api, AuthorizationV1Api, CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions,
        } = module.exports`
      return { contents, loader: 'js' }
    })
  },
}

const outfile = 'dist/extension.mjs'
const { metafile } = await build({
  ...common,
  entryPoints: ['src/main.ts'],
  outfile,
  format: 'esm',
  metafile: true,
  plugins: [packedClient],
  // CommonJS packages in the bundle call require for Node's own modules.
  banner: {
    js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  },
})
const bytes = metafile.outputs[outfile]?.bytes ?? 0
console.log(`${outfile}  ${Math.round(bytes / 1000)} kB`)
