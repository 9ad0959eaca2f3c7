// test-agent plays an agent: it prints its settings, serves them, and misbehaves when told to. See cluster/README.md.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	var err error
	switch arguments := os.Args[1:]; {
	case len(arguments) == 0:
		err = serve()
	case len(arguments) == 1 && arguments[0] == "env":
		fmt.Print(settings())
	case len(arguments) == 2 && arguments[0] == "get":
		err = get(arguments[1])
	case len(arguments) == 2 && arguments[0] == "cat":
		err = cat(arguments[1])
	default:
		err = fmt.Errorf("usage: test-agent [env | get URL | cat FILE]")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve() error {
	fmt.Print(settings())
	if told("CRASH_WHEN") {
		return fmt.Errorf("crashing, as CRASH_WHEN tells")
	}
	http.HandleFunc("GET /", func(answer http.ResponseWriter, _ *http.Request) { io.WriteString(answer, settings()) })
	http.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("POST /crash", func(http.ResponseWriter, *http.Request) { os.Exit(1) })
	http.HandleFunc("GET /readyz", func(answer http.ResponseWriter, _ *http.Request) {
		if told("NEVER_READY_WHEN") {
			http.Error(answer, "not ready, as NEVER_READY_WHEN tells", http.StatusServiceUnavailable)
		}
	})
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-stop
		os.Exit(0)
	}()
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Printf("serving on port %s", port)
	return http.ListenAndServe(":"+port, nil)
}

// The condition in a variable: always, NAME (is set, and not empty), or NAME=VALUE.
func told(variable string) bool {
	condition := os.Getenv(variable)
	name, value, exact := strings.Cut(condition, "=")
	return condition == "always" || exact && os.Getenv(name) == value || !exact && os.Getenv(name) != ""
}

func settings() string {
	lines := os.Environ()
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

// Tries for ten seconds: a Service answers a moment later than its pods are ready.
func get(url string) error {
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Get(url)
	for end := time.Now().Add(client.Timeout); err != nil && time.Now().Before(end); answer, err = client.Get(url) {
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err = io.Copy(os.Stdout, answer.Body); err == nil && answer.StatusCode >= 400 {
		err = fmt.Errorf("%s", answer.Status)
	}
	return err
}

func cat(file string) error {
	content, err := os.ReadFile(file)
	if err == nil {
		_, err = os.Stdout.Write(content)
	}
	return err
}
