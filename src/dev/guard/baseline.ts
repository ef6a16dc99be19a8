import { readFile } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadExtension, takerName } from '../../extension/take-extension.ts'
import { reasonOf, StartError } from '../../messages/start-error.ts'
import { certificateDirectory, ensureCertificates } from '../certificate-directory.ts'
import { loadProject } from '../load-project.ts'
import { startDemoExtension } from '../simulator/demo-extension.ts'
import type { Answerer } from './answerer.ts'
import { checkOut } from './git-ref.ts'
import { answerFromSources } from './sources.ts'
import { answerFromUrl } from './url.ts'

/** What another version is opened with. */
export interface BaselineOptions {
  /** Folder of the project. */
  readonly root: string
  readonly now: () => Date
  /** PEM of the authority that signed the certificate of a URL. */
  readonly ca: string | undefined
}

/**
 * Another version of the extension: a commit, branch or tag of git, a bundle (.cjs), or an https URL. Rejects with
 * StartError when it cannot be loaded.
 */
export function openBaseline(against: string, options: BaselineOptions): Promise<Answerer> {
  if (/^https?:\/\//.test(against)) return openUrl(against, options)
  return against.endsWith('.cjs') ? openBundle(against, options) : openGitRef(against, options)
}

async function openUrl(text: string, { ca }: BaselineOptions): Promise<Answerer> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:')
    throw new StartError(`--against ${text}: it is no https URL, and Cluster API calls no other`)
  if (ca === undefined)
    throw new StartError('--against with a URL needs --ca, the authority of its certificate')
  return answerFromUrl(url, ca)
}

async function openGitRef(ref: string, { root, now }: BaselineOptions): Promise<Answerer> {
  const files = await checkOut(root, ref)
  try {
    const mainPath = join(files.root, 'src', 'main.ts')
    const extension = await loadProject({ root: files.root, mainPath })
    const name = ref === files.commit ? ref : `${ref} (${files.commit})`
    const answerer = answerFromSources(extension, { name, root: files.root, now })
    return { ...answerer, close: files.remove }
  } catch (error) {
    await files.remove()
    if (error instanceof StartError)
      throw new StartError(`--against ${ref} cannot be loaded: ${error.message}`)
    throw error
  }
}

async function openBundle(file: string, { root, now }: BaselineOptions): Promise<Answerer> {
  const path = isAbsolute(file) ? file : resolve(file)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new StartError(`--against ${file}: ${reasonOf(error)}`)
  })
  // One that cannot be taken would serve in this process.
  if (!text.includes(takerName)) return serveBundle(path, { root, name: file })
  const extension = await loadExtension(pathToFileURL(path).href).catch((error: unknown) => {
    throw new StartError(`--against ${file} cannot be loaded: ${reasonOf(error)}`)
  })
  if (!extension) throw new StartError(`--against ${file}: it serves nothing`)
  return answerFromSources(extension, { name: file, root, now })
}

async function serveBundle(
  path: string,
  { root, name }: { root: string; name: string },
): Promise<Answerer> {
  const { ca } = await ensureCertificates(certificateDirectory(root))
  const { url, close } = await startDemoExtension(root, () => {}, path)
  const answerer = answerFromUrl(url, ca, name)
  return {
    ...answerer,
    async close() {
      await answerer.close()
      await close()
    },
  }
}
