// Writes what Cluster API's generator of inline patches makes of the patches of go-patches.jsonl. A line
// has templates and variables of its own, or those of the last line that has no patch. In
// src/dev/sandbox/go/cluster-api, with DIRECTORY for the directory of this file:
//
//	go run DIRECTORY/go-patches.go <DIRECTORY/go-patches.jsonl >new.jsonl
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	clusterv1 "sigs.k8s.io/cluster-api/api/core/v1beta2"
	runtimehooksv1 "sigs.k8s.io/cluster-api/api/runtime/hooks/v1alpha1"
	"sigs.k8s.io/cluster-api/core/reconcilers/topology/cluster/patches/inline"
)

type line struct {
	Name      string          `json:"name,omitempty"`
	Patch     json.RawMessage `json:"patch,omitempty"`
	Items     json.RawMessage `json:"items,omitempty"`
	Variables json.RawMessage `json:"variables,omitempty"`
	Answer    []item          `json:"answer,omitempty"`
	Error     string          `json:"error,omitempty"`
}

type item struct {
	UID   string          `json:"uid"`
	Patch json.RawMessage `json:"patch"`
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(nil, 1<<24)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	var shared line
	for scanner.Scan() {
		var l line
		must(json.Unmarshal(scanner.Bytes(), &l))
		l.Answer, l.Error = nil, ""
		if l.Patch == nil {
			shared = l
		} else if err := generate(&l, &shared); err != nil {
			l.Error = err.Error()
		}
		must(encoder.Encode(l))
	}
	must(scanner.Err())
}

func generate(l, shared *line) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	var patch clusterv1.ClusterClassPatch
	must(json.Unmarshal(l.Patch, &patch))
	var request runtimehooksv1.GeneratePatchesRequest
	must(json.Unmarshal(or(l.Items, shared.Items), &request.Items))
	must(json.Unmarshal(or(l.Variables, shared.Variables), &request.Variables))
	for i := range request.Items {
		object := &unstructured.Unstructured{}
		must(json.Unmarshal(request.Items[i].Object.Raw, object))
		request.Items[i].Object.Object = object
	}
	response, err := inline.NewGenerator(&patch).Generate(context.Background(), nil, &request)
	if err != nil {
		return err
	}
	for _, i := range response.Items {
		l.Answer = append(l.Answer, item{UID: string(i.UID), Patch: i.Patch})
	}
	return nil
}

func or(own, shared json.RawMessage) json.RawMessage {
	if own != nil {
		return own
	}
	return shared
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
