// Calls one path of an extension as Cluster API's runtime client does: one http.Client on the transport of
// internal/runtime/client, with connections kept and no call repeated. Ends, also on SIGTERM, with one line of JSON.
package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	utilnet "k8s.io/apimachinery/pkg/util/net"
)

type result struct {
	Protocol  string  `json:"protocol"`
	Calls     int     `json:"calls"`
	Failed    int     `json:"failed"`
	Error     string  `json:"error,omitempty"`
	PerSecond float64 `json:"perSecond"`
	P50       float64 `json:"p50"`
	P99       float64 `json:"p99"`
	Max       float64 `json:"max"`
}

func main() {
	url := flag.String("url", "", "what to call")
	file := flag.String("data", "", "file with the body")
	authority := flag.String("ca", "", "file with the authority of the server's certificate")
	callers := flag.Int("callers", 1, "callers in parallel")
	calls := flag.Int("calls", 1<<40, "calls in all")
	duration := flag.Duration("duration", time.Hour, "how long to call")
	http1 := flag.Bool("http1", false, "do not offer HTTP/2")
	expect := flag.String("expect", "", "text that every answer has")
	flag.Parse()
	outcome, err := run(*url, *file, *authority, *callers, *calls, *duration, *http1, *expect)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(outcome); err != nil {
		os.Exit(1)
	}
}

func run(url, file, authority string, callers, calls int, duration time.Duration, http1 bool, expect string) (*result, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pem, err := os.ReadFile(authority)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: "localhost"}}
	if http1 {
		// What SetTransportDefaults looks at.
		os.Setenv("DISABLE_HTTP2", "true")
	}
	client := &http.Client{Transport: utilnet.SetTransportDefaults(transport), Timeout: 30 * time.Second}

	var left atomic.Int64
	left.Store(int64(calls))
	outcome := &result{}
	var times []float64
	var lock sync.Mutex
	var done sync.WaitGroup
	running, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	start := time.Now()
	for range callers {
		done.Go(func() {
			for left.Add(-1) >= 0 && time.Since(start) < duration && running.Err() == nil {
				begin := time.Now()
				protocol, err := call(client, url, body, expect)
				took := float64(time.Since(begin).Microseconds()) / 1000
				lock.Lock()
				times = append(times, took)
				if err != nil {
					outcome.Failed++
					outcome.Error = err.Error()
				} else {
					outcome.Protocol = protocol
				}
				lock.Unlock()
			}
		})
	}
	done.Wait()
	outcome.Calls = len(times)
	outcome.PerSecond = float64(len(times)) / time.Since(start).Seconds()
	slices.Sort(times)
	if len(times) > 0 {
		outcome.P50 = times[(len(times)-1)/2]
		outcome.P99 = times[(len(times)-1)*99/100]
		outcome.Max = times[len(times)-1]
	}
	return outcome, nil
}

func call(client *http.Client, url string, body []byte, expect string) (string, error) {
	response, err := client.Post(url, "", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK || !bytes.Contains(answer, []byte(expect)) {
		return "", fmt.Errorf("status %d: %.200s", response.StatusCode, answer)
	}
	return response.Proto, nil
}
