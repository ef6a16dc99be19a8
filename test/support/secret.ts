import { mkdirSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate and its key in PEM. */
export interface Pair {
  cert: string
  key: string
}

/** A Secret as kubelet mounts it: files are links into a directory that one link exchanges. */
export function mountSecret(pair: Pair) {
  const directory = mkdtempSync(join(tmpdir(), 'secret-'))
  let version = 0
  const renew = ({ cert, key }: Pair) => {
    const data = `..${version++}`
    mkdirSync(join(directory, data))
    writeFileSync(join(directory, data, 'tls.crt'), cert)
    writeFileSync(join(directory, data, 'tls.key'), key)
    symlinkSync(data, join(directory, '..data_tmp'))
    renameSync(join(directory, '..data_tmp'), join(directory, '..data'))
  }
  renew(pair)
  for (const file of ['tls.crt', 'tls.key']) symlinkSync(`..data/${file}`, join(directory, file))
  const files = { certificate: join(directory, 'tls.crt'), key: join(directory, 'tls.key') }
  return { directory, files, renew }
}
