import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createExtensionMetrics } from '../../../src/observability/extension-metrics.ts'
import { counter, exposition, gauge, histogram } from '../../../src/observability/metrics.ts'
import { processMetrics } from '../../../src/observability/process-metrics.ts'
import { createBodyBudget, smallBodyBytes } from '../../../src/request/body-budget.ts'
import { at, body, hold, hooks, waits } from '../../support/handlers.ts'
import { serve } from '../../support/serve.ts'

it('writes the text format of Prometheus', () => {
  const calls = counter('calls_total', 'Calls.')
  const time = histogram('time_seconds', 'Time.', [0.1, 1])
  calls.add({ a: 'x"\\\n' })
  calls.add({ a: 'x"\\\n' }, 2)
  for (const seconds of [0.1, 0.5, 5]) time.observe({ a: 'y' }, seconds)
  const nothing = gauge('nothing', 'Nothing.', () => undefined)
  expect(exposition([calls.metric, nothing, time.metric, gauge('size', 'Size.', () => 7)])).toBe(
    `# HELP calls_total Calls.
# TYPE calls_total counter
calls_total{a="x\\"\\\\\\n"} 3
# HELP time_seconds Time.
# TYPE time_seconds histogram
time_seconds_bucket{a="y",le="0.1"} 1
time_seconds_bucket{a="y",le="1"} 2
time_seconds_bucket{a="y",le="+Inf"} 3
time_seconds_sum{a="y"} 5.6
time_seconds_count{a="y"} 3
# HELP size Size.
# TYPE size gauge
size 7
`,
  )
})

it('tells of the process by the usual names', () => {
  const text = exposition(processMetrics())
  for (const name of [
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'process_start_time_seconds',
    'nodejs_heap_size_used_bytes',
    'nodejs_eventloop_lag_p99_seconds',
  ])
    expect(text).toMatch(new RegExp(`^${name} [\\d.e-]+$`, 'm'))
  expect(text).toContain(`nodejs_version_info{version="${process.version}"} 1`)
})

describe('a call', () => {
  const metrics = createExtensionMetrics()
  const large = body + ' '.repeat(smallBodyBytes)
  let served: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    served = await serve(hooks, { metrics, budget: createBodyBudget(large.length) })
  })
  afterAll(() => served.close())
  const value = (name: string, labels: string) => {
    const line = exposition(metrics.metrics)
      .split('\n')
      .find((text) => text.startsWith(`capi_runtime_extension_${name}{${labels}} `))
    return Number(line?.split(' ').at(-1) ?? 0)
  }
  const handler = (name: string) => `hook="BeforeClusterCreate",handler="${name}"`

  it.each([
    ['nothing', body, '200', 'Success', undefined],
    ['blocks', body, '200', 'Success', undefined],
    ['fails', body, '200', 'Failure', 'Failure'],
    ['message', '{}', '200', 'Failure', 'BadRequest'],
    ['throws', body, '500', 'Unknown', 'Error'],
    ['foreign-field', body, '500', 'Unknown', 'Error'],
  ])('of "%s" with %s is counted', async (name, sent, code, status, reason) => {
    await served.call(at(name), sent)
    expect(value('requests_total', `${handler(name)},code="${code}",status="${status}"`)).toBe(1)
    expect(value('request_duration_seconds_count', handler(name))).toBe(1)
    expect(value('request_body_bytes_total', handler(name))).toBe(sent.length)
    expect(value('blocks_total', handler(name))).toBe(name === 'blocks' ? 1 : 0)
    for (const one of ['Failure', 'BadRequest', 'Error'])
      expect(value('failures_total', `${handler(name)},reason="${one}"`)).toBe(
        one === reason ? 1 : 0,
      )
  })

  it('that runs is in flight; one that waits too long is an overload, one that runs too long a timeout', async () => {
    hold()
    const running = served.call(`${at('waits')}?timeout=1s`, large)
    await vi.waitFor(() => expect(waits.signal).toBeDefined())
    const crowded = await served.call(`${at('nothing')}?timeout=200ms`, large)
    expect(crowded.status).toBe(503)
    expect(exposition(metrics.metrics)).toContain('capi_runtime_extension_requests_in_flight 1\n')
    expect((await running).status).toBe(500)
    waits.release()
    expect(value('failures_total', `${handler('nothing')},reason="Overload"`)).toBe(1)
    expect(value('failures_total', `${handler('waits')},reason="Timeout"`)).toBe(1)
    expect(exposition(metrics.metrics)).toContain('capi_runtime_extension_requests_in_flight 0\n')
  })

  it('of an unknown path has no label of its own', async () => {
    await served.call(at('unknown'), body)
    await served.call('/a', body)
    expect(value('requests_total', 'hook="",handler="",code="404",status="Unknown"')).toBe(2)
    expect(exposition(metrics.metrics)).not.toContain('unknown"')
  })

  it('is told in a way that promtool has nothing to object to', () => {
    const input = exposition([...metrics.metrics, ...processMetrics()])
    const { error, status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input,
      encoding: 'utf8',
    })
    // Where promtool is missing, test/monitoring fails, which needs it.
    if (!error) expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
