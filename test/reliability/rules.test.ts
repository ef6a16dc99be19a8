import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { expect, it } from 'vitest'
import { objectAt } from '../../src/json/json.ts'
import { createExtensionMetrics } from '../../src/observability/extension-metrics.ts'
import { exposition } from '../../src/observability/metrics.ts'

const manifest = readFileSync('manifests/monitoring/prometheus-rule.yaml', 'utf8')
const directory = mkdtempSync(join(tmpdir(), 'rules-'))
const file = (name: string) => join(directory, name)
writeFileSync(file('rules.json'), JSON.stringify(objectAt(load(manifest), ['spec'])))
copyFileSync('test/reliability/rules.yaml', file('rules.yaml'))

/** Debian's package prometheus has promtool. */
function promtool(...args: string[]) {
  const { error, status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' })
  if (error) throw new Error('promtool is missing: apt-get install prometheus')
  return { status, output: stdout + stderr }
}

it('the rules are good PromQL', () => {
  const { status, output } = promtool('check', 'rules', file('rules.json'))
  expect(output).toContain('SUCCESS: 4 rules found')
  expect(status).toBe(0)
})

it('each rule fires when it should and not before', () => {
  const { status, output } = promtool('test', 'rules', file('rules.yaml'))
  expect(output).toContain('SUCCESS')
  expect(status).toBe(0)
})

it('the rules name metrics that there are', () => {
  const metrics = createExtensionMetrics()
  const text = exposition(metrics.metrics)
  const known = ['certificate_expiration_timestamp_seconds', 'request_duration_seconds_bucket']
  for (const [, name = ''] of manifest.matchAll(/capi_runtime_extension_(\w+)/g))
    if (!known.includes(name)) expect(text).toContain(`# TYPE capi_runtime_extension_${name} `)
})
