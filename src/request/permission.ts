import { isObject } from '../json/json.ts'

interface Permission {
  readonly flag: string
  /** What the flag allows, before the name of the resource. */
  readonly verb: string
  /** What else the image needs. */
  readonly also?: string
}

// What the image may not do, by the names that Node's permission model has for it.
const permissions: Readonly<Record<string, Permission>> = {
  ChildProcess: {
    flag: '--allow-child-process',
    verb: 'start the program',
    also: 'and the program to the image',
  },
  FileSystemWrite: {
    flag: '--allow-fs-write=<folder>',
    verb: 'write',
    also: 'and a volume for the folder to manifests/deploy/deployment.yaml',
  },
  WASI: { flag: '--allow-wasi', verb: 'use WASI' },
  WorkerThreads: { flag: '--allow-worker', verb: 'start a thread' },
}
const addons: Permission = { flag: '--allow-addons', verb: 'load native code' }

/**
 * The field `hint` of a log line: what the image does not allow, and which flag of the Dockerfile allows it. Empty unless
 * the error, or one of its causes, is an exception of Node's permission model.
 */
export function permissionHint(error: unknown): { hint?: string } {
  if (!isObject(error)) return {}
  const { code, permission, resource, cause } = error
  if (code === 'ERR_DLOPEN_DISABLED') return { hint: describe(addons, '') }
  const denied = code === 'ERR_ACCESS_DENIED' ? permissions[String(permission)] : undefined
  return denied ? { hint: describe(denied, String(resource ?? '')) } : permissionHint(cause)
}

function describe({ flag, verb, also = '' }: Permission, resource: string): string {
  const what = [verb, resource].filter(Boolean).join(' ')
  const add = [`add ${flag} to the ENTRYPOINT of the Dockerfile`, also].filter(Boolean).join(', ')
  return `the image may not ${what}: ${add}`
}
