import { posix } from 'node:path'
import { takes } from '../signature.ts'

const names = {
  base: takes(['string'], base),
  dir: takes(['string'], (path) => clean(path.slice(0, path.lastIndexOf('/') + 1))),
  clean: takes(['string'], clean),
  ext: takes(['string'], (path) => /\.[^./]*$/.exec(path)?.[0] ?? ''),
  isAbs: takes(['string'], (path) => path.startsWith('/')),
}

/** Sprig's functions for paths, after Go's package path. */
export const paths = {
  ...names,
  osBase: names.base,
  osDir: names.dir,
  osClean: names.clean,
  osExt: names.ext,
  osIsAbs: names.isAbs,
}

function base(path: string): string {
  if (path === '') return '.'
  const last = path.replace(/\/+$/, '')
  return last === '' ? '/' : last.slice(last.lastIndexOf('/') + 1)
}

function clean(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal
}
