// Prints the structure of the runtime hooks of one release of Cluster API as JSON: for each hook its path, request and
// response; for each schema its names, types, required fields and enums. generate-contract.ts makes the Go module around it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"contract/definitions/core"
	"contract/definitions/hooks"
	"contract/definitions/kubernetes"

	"k8s.io/kube-openapi/pkg/common"
	"k8s.io/kube-openapi/pkg/validation/spec"
	hooksv1 "sigs.k8s.io/cluster-api/api/runtime/hooks/v1alpha1"
)

type hook struct {
	Path     string `json:"path"`
	Request  string `json:"request"`
	Response string `json:"response"`
}

type contract struct {
	Source  string                 `json:"source"`
	Group   string                 `json:"group"`
	Version string                 `json:"version"`
	Hooks   map[string]hook        `json:"hooks"`
	Schemas map[string]spec.Schema `json:"schemas"`
}

var getters = []common.GetOpenAPIDefinitions{
	core.GetOpenAPIDefinitions,
	hooks.GetOpenAPIDefinitions,
	kubernetes.GetOpenAPIDefinitions,
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(release string) error {
	hooks, err := registeredHooks()
	if err != nil {
		return err
	}
	schemas, err := schemasOf(hooks)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(contract{
		Source:  "Cluster API " + release + ", what openapi-gen makes of its runtime hooks, structure only",
		Group:   hooksv1.GroupVersion.Group,
		Version: hooksv1.GroupVersion.Version,
		Hooks:   hooks,
		Schemas: schemas,
	}, "", " ")
	if err != nil {
		return err
	}
	_, err = fmt.Println(string(text))
	return err
}

// schemasOf gives the schemas of requests, responses and all that they refer to, by name.
func schemasOf(hooks map[string]hook) (map[string]spec.Schema, error) {
	const packagePath = "sigs.k8s.io/cluster-api/api/runtime/hooks/v1alpha1."
	var types []string
	for _, hook := range hooks {
		types = append(types, packagePath+hook.Request, packagePath+hook.Response)
	}
	// Twice: what a reference is to say is known when all types are.
	all := definitions(nil)
	names := map[string]string{}
	namesakes := map[string]int{}
	for i := 0; i < len(types); i++ {
		key := keyOf(types[i])
		if names[key] != "" {
			continue
		}
		definition, found := all[key]
		if !found {
			return nil, fmt.Errorf("%s has no definition: add its package to generate-contract.ts", types[i])
		}
		types = append(types, definition.Dependencies...)
		names[key] = key[strings.LastIndex(key, ".")+1:]
		namesakes[names[key]]++
	}
	for key, name := range names {
		if namesakes[name] > 1 {
			names[key] = key
		}
	}
	schemas := map[string]spec.Schema{}
	all = definitions(names)
	for key, name := range names {
		schemas[name] = structureOf(all[key].Schema)
	}
	return schemas, nil
}

func definitions(names map[string]string) map[string]common.OpenAPIDefinition {
	refer := func(typeName string) spec.Ref { return spec.MustCreateRef(names[keyOf(typeName)]) }
	all := map[string]common.OpenAPIDefinition{}
	for _, get := range getters {
		for typeName, definition := range get(refer) {
			all[keyOf(typeName)] = definition
		}
	}
	return all
}

// keyOf gives the end of a type's name, such as meta.v1.Condition: openapi-gen has two spellings of what comes before,
// k8s.io/apimachinery/pkg/apis/ and io.k8s.apimachinery.pkg.apis.
func keyOf(typeName string) string {
	parts := strings.FieldsFunc(typeName, func(r rune) bool { return r == '/' || r == '.' })
	return strings.Join(parts[len(parts)-3:], ".")
}

// structureOf leaves out what says how values are meant and merged.
func structureOf(schema spec.Schema) spec.Schema {
	schema.Description = ""
	schema.Default = nil
	schema.Extensions = nil
	for name, property := range schema.Properties {
		schema.Properties[name] = structureOf(property)
	}
	if schema.Items != nil && schema.Items.Schema != nil {
		*schema.Items.Schema = structureOf(*schema.Items.Schema)
	}
	if schema.AdditionalProperties != nil && schema.AdditionalProperties.Schema != nil {
		*schema.AdditionalProperties.Schema = structureOf(*schema.AdditionalProperties.Schema)
	}
	return schema
}
