import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { changes, openStage, type Running } from './stage.ts'

/** A stage after up.sh, where the server logs at a quick pace, and the first call of it is refused. */
async function openLaptop() {
  const stage = openStage()
  await stage.run('deploy.sh')
  stage.replace(
    'npm',
    `printf '%s\\n' "npm $*" >>"$STAGE/record"
    [[ $1 == run ]] || exit 0
    echo $$ >"$STAGE/server"
    exec 2>/dev/null
    trap 'exit 130' INT
    trap 'exit 143' TERM
    while sleep 0.01; do printf '%s\\n' '12:00:00 INFO called'; done`,
  )
  stage.replace('curl', `echo 'curl: (7) Failed to connect' >&2; echo '{}'`)
  const run = (end: (running: Running) => void) =>
    stage.run('laptop.sh', async (running) => {
      await vi.waitFor(
        () => expect(running.printed()).toMatch(/until it is discovered .* s/),
        20_000,
      )
      end(running)
    })
  return { run, server: () => Number(readFileSync(stage.path('server'), 'utf8')) }
}

it.each<[string, (running: Running) => void]>([
  ['Ctrl-C', ({ interrupt }) => interrupt()],
  ['SIGTERM', ({ kill }) => kill('SIGTERM')],
])('laptop.sh registers this machine by URL, and at %s takes it back', async (_, end) => {
  const { run, server } = await openLaptop()
  const { code, calls, output } = await run(end)
  expect(changes(calls), output).toEqual([
    expect.stringMatching(/^npm exec -- node /),
    'npm run dev -- --webhook-host=172.18.0.1',
    expect.stringMatching(/^kubectl patch --local --filename manifests\/extension-config.yaml/),
    'kubectl apply --filename -',
    'kubectl apply --filename manifests/extension-config.yaml',
  ])
  expect(code).toBe(0)
  expect(() => process.kill(server(), 0)).toThrow('ESRCH')
  // Whole lines, and nothing of what is to be expected.
  const lines = output.split('\n').filter((line) => line !== '12:00:00 INFO called')
  expect(lines.map((line) => line.replace(/ +\d+ s$/, '').trim())).toEqual([
    'Extension on this machine',
    'making a certificate for 172.18.0.1',
    'waiting until https://172.18.0.1:9443 is served',
    'calling https://172.18.0.1:9443 from kind',
    'registering it',
    'waiting until it is discovered',
    '',
    'Taking it back',
    'registering manifests/extension-config.yaml',
    '',
  ])
})

it('laptop.sh says what failed when the server ends by itself, after it took it back', async () => {
  const stage = openStage({
    rules: [{ pattern: '^npm run dev', code: 3, print: 'port 9443 is taken' }],
  })
  await stage.run('deploy.sh')
  const { code, calls, output } = await stage.run('laptop.sh')
  expect(changes(calls).at(-1)).toBe('kubectl apply --filename manifests/extension-config.yaml')
  expect(output).toMatch(/port 9443 is taken/)
  expect(output).toMatch(
    /laptop.sh failed while serving https:\/\/172.18.0.1:9443, with exit code 3/,
  )
  expect(code).toBe(3)
})
