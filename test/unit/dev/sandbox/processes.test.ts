import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it, vi } from 'vitest'
import { startProcess, waitUntilReady } from '../../../../src/dev/sandbox/processes.ts'

const directory = mkdtempSync(join(tmpdir(), 'processes-'))
const shell = (name: string, script: string) => ({ name, file: '/bin/sh', args: ['-c', script] })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // One that nobody waits for stays as a zombie where process 1 is no init; only Linux has /proc.
  const status = `/proc/${pid}/status`
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'))
}

/** Starts a script that prints process ids, and gives the first so many. */
async function startAndRead(name: string, script: string, count: number) {
  const pids: number[] = []
  const onLine = (line: string) => pids.push(Number(line))
  const running = startProcess({ ...shell(name, script), onLine }, directory)
  await vi.waitFor(() => expect(pids).toHaveLength(count), 30_000)
  return { running, pids }
}

it('gives the exit code and keeps the output', async () => {
  const running = startProcess(shell('code', 'echo out; echo err >&2; exit 3'), directory)
  expect(await running.ended).toBe(3)
  expect(running.exitCode).toBe(3)
  expect(readFileSync(running.log, 'utf8')).toBe('out\nerr\n')
})

it('says what cannot be started', async () => {
  const command = { name: 'missing', file: '/no/such/program', args: [] }
  const running = startProcess(command, directory)
  expect(await running.ended).toBe(127)
  expect(readFileSync(running.log, 'utf8')).toContain('/no/such/program')
})

it('stops a process and what it started', async () => {
  const { running, pids } = await startAndRead('tree', 'sleep 60 & echo $!; echo $$; wait', 2)
  expect(pids.map(isAlive)).toEqual([true, true])
  await running.stop()
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]))
})

it('kills at once, also what ignores SIGTERM', async () => {
  const script = 'trap "" TERM; echo $$; while :; do sleep 0.1; done'
  const { running, pids } = await startAndRead('deaf', script, 1)
  running.kill()
  await running.ended
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false]))
})

it('leaves no process behind when it is killed itself', async () => {
  const program = `
    import { startProcess } from './src/dev/sandbox/processes.ts'
    const args = ['-c', 'sleep 60 & echo $!; echo $$; wait']
    startProcess({ name: 'orphan', file: '/bin/sh', args, onLine: console.log }, ${JSON.stringify(directory)})
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pids: number[] = []
  createInterface({ input: parent.stdout }).on('line', (line) => pids.push(Number(line)))
  await vi.waitFor(() => expect(pids).toHaveLength(2), 30_000)
  expect(pids.map(isAlive)).toEqual([true, true])
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), 30_000)
})

it('waits until a process is ready', async () => {
  const running = startProcess(shell('ready', 'sleep 60'), directory)
  let calls = 0
  await waitUntilReady(running, async () => ++calls > 2)
  expect(calls).toBe(3)
  const never = waitUntilReady(running, () => Promise.reject(new Error('refused')), 0.1)
  await expect(never).rejects.toThrow('ready is not ready after 0.1 seconds')
  await running.stop()
})

it('ends the wait with the end of the log when the process ends', async () => {
  const running = startProcess(shell('dies', 'seq 1 9; exit 1'), directory)
  await expect(waitUntilReady(running, async () => false)).rejects.toThrow(
    `dies ended with code 1:\n  5\n  6\n  7\n  8\n  9\nThe whole log: ${running.log}`,
  )
})
