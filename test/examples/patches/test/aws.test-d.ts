// Compiled by "npm run check": each line below @ts-expect-error must not compile.
import { patchTemplate, type TemplateType } from 'capi-extension/topology'
import { expectTypeOf } from 'vitest'
import { AWSMachineTemplate } from '../src/aws.ts'

expectTypeOf(AWSMachineTemplate).toEqualTypeOf<TemplateType<AWSMachineTemplate>>()

patchTemplate(AWSMachineTemplate, ({ template }) => {
  expectTypeOf(template.kind).toEqualTypeOf<'AWSMachineTemplate'>()
  const { spec } = template.spec.template
  spec.instanceType = 'm7i.large'
  spec.ami = { id: 'ami-1', eksLookupType: 'AmazonLinux2023' }
  spec.nonRootVolumes = [...(spec.nonRootVolumes ?? []), { size: 100, deviceName: '/dev/sdb' }]
  spec.additionalTags = { ...spec.additionalTags, team: 'a' }
  spec.instanceMetadataOptions = { httpTokens: 'required', httpPutResponseHopLimit: 2 }
})

patchTemplate(AWSMachineTemplate, ({ template }) => {
  const { spec } = template.spec.template
  // @ts-expect-error the field is instanceType
  spec.instanceTyp = 'm7i.large'
  // @ts-expect-error a machine needs one
  delete spec.instanceType
  // @ts-expect-error it may be unset
  spec.ami.id = 'ami-1'
  // @ts-expect-error AWS offers no such market
  spec.marketType = 'Reserved'
  // @ts-expect-error a volume needs a size
  spec.rootVolume = { deviceName: '/dev/sda' }
  // @ts-expect-error a size is a number
  spec.rootVolume = { size: '100Gi' }
  // @ts-expect-error tags are texts
  spec.additionalTags = { team: 1 }
  // @ts-expect-error a subnet has no name
  spec.subnet = { name: 'a' }
  // @ts-expect-error the template has the spec of a machine below spec.template
  template.spec.instanceType = 'm7i.large'
  // @ts-expect-error v1beta1 is not served any more
  template.apiVersion === 'infrastructure.cluster.x-k8s.io/v1beta1'
})
