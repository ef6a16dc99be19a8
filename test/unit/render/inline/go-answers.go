// Writes what Go makes of the templates of go-answers.jsonl, as the generator of inline patches in
// Cluster API does. In src/dev/sandbox/go/cluster-api, with DIRECTORY for the directory of this file:
//
//	go run DIRECTORY/go-answers.go <DIRECTORY/go-answers.jsonl >new.jsonl
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

type line struct {
	Template  string          `json:"template"`
	Variables json.RawMessage `json:"variables"`
	// The text before it is read as YAML.
	Text  *string          `json:"text,omitempty"`
	Value *json.RawMessage `json:"value,omitempty"`
	Error string           `json:"error,omitempty"`
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(nil, 1<<24)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for scanner.Scan() {
		var l line
		must(json.Unmarshal(scanner.Bytes(), &l))
		l.Text, l.Value, l.Error = nil, nil, ""
		if err := render(&l); err != nil {
			l.Error = err.Error()
		}
		must(encoder.Encode(l))
	}
	must(scanner.Err())
}

// Fills a line, after renderValueTemplate in patches/inline/json_patch_generator.go.
func render(l *line) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	tpl, err := template.New("tpl").Funcs(sprig.HermeticTxtFuncMap()).Parse(l.Template)
	if err != nil {
		return err
	}
	data := map[string]interface{}{}
	if err := json.Unmarshal(l.Variables, &data); err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := tpl.Execute(&buf, data); err != nil {
		return err
	}
	text := buf.String()
	l.Text = &text
	value := apiextensionsv1.JSON{}
	if err := yaml.Unmarshal(buf.Bytes(), &value); err != nil {
		return err
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	message := json.RawMessage(raw)
	l.Value = &message
	return nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
